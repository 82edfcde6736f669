"""人数与金额同数: persons and money in the same digits: one of the two is likely copied from the other.

Source: published self-evaluation tables (预算数 and 参保人数 both 24792).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.figures.units import BARE, unit
from jixiao.review.check import found
from jixiao.review.recognising.mentions import mentions

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Claim, Said

_TELLING = 5  # digits that two figures must share, the zeros at the end left out


def findings(said: Said) -> list[Finding]:
    """Return a note for every number of persons that is also printed as an amount of money."""
    material = said.facts.get("material")
    if material is None:
        return []
    people: dict[str, Claim] = {}
    money: dict[str, Claim] = {}
    for passage in material.passages:
        for m in mentions(passage):
            if m.base in ("人", "元") and (digits := _digits(m.claim.text)):
                (people if m.base == "人" else money).setdefault(digits, m.claim)
    for grid in material.grids:
        wan = grid.unit.base == "元" or any("万元" in grid.text(row, 0) for row in range(len(grid.rows)))
        for row in range(len(grid.rows)) if wan or grid.unit == unit("万元") else ():
            for column in range(grid.width()):
                claim = grid.figure(row, column)
                bare = claim is not None and claim.figure is not None and claim.figure.unit == BARE
                if claim is not None and bare and (digits := _digits(claim.text)) and _of_money(grid.text(row, 0)):
                    money.setdefault(digits, claim)
    return [
        found("number_twice", "note", (money[digits], people[digits]), printed=money[digits].text, number=digits)
        for digits in people.keys() & money.keys()
    ]


def _of_money(label: str) -> bool:
    return bool(re.search(r"预算|执行|资金|金额|支出|收入|基金", label))


def _digits(text: str) -> str:
    """Return the digits of a figure that are enough to tell, else an empty text."""
    digits = re.sub(r"[^\d.]", "", text)
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if len(digits.replace(".", "").strip("0")) >= _TELLING else ""
