"""执行率的两处说法: what a text says of the budget completed, beside the indicator of that name and flow.

    a slip of the hand apart        error
    less than a point apart         note: another base is meant, which should be said

Rates that lie farther apart are of something else and are not held against each other.

Source: R37 of the rule catalogue; 财社〔2022〕65号 (收支预算执行率).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import span
from jixiao.review.check import found
from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.slips import slipped
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import Indicator
    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Claim, Said

_SAID = re.compile(r"完成(?:年度|全年|当年|年初|本年)*(?:收入|支出)?预算数?的?$")
_NAMED = re.compile(r"(?P<flow>收入|支出).{0,2}预算执行率$")
_FLOW = re.compile(r"收入|支出|待遇|发放")
_NEAR = Span((-1, 100), (1, 100))


def findings(said: Said) -> list[Finding]:
    """Return a finding for every rate of the budget completed that an indicator gives a little otherwise."""
    material = said.facts.get("material")
    rows = [
        (match["flow"], row)
        for table in said.facts.get("tables", ())
        for row in table.indicators
        if (match := _NAMED.search(re.sub(r"[（(].*?[）)]$", "", row.name))) and "actual" in row.claims
    ]
    passages = material.passages if material is not None and rows else ()
    return [finding for passage in passages for finding in _of(passage, rows)]


def _of(passage: Passage, rows: list[tuple[str, Indicator]]) -> Iterator[Finding]:
    for m in mentions(passage):
        if (
            not m.percent()
            or (m.figure.places or 0) < 1
            or not _SAID.search(passage.text[max(0, m.start - 14) : m.start])
        ):
            continue
        flow = _flow(passage, m.start)
        own = [row.claims["actual"] for name, row in rows if name == flow]
        if any(span(claim).meets(span(m.claim)) for claim in own):
            continue
        near = [claim for claim in own if span(claim).plus(_NEAR).meets(span(m.claim))]
        slips = [claim for claim in near if slipped(m.claim.text, claim.text)]
        for claim in (slips or near)[:1]:
            yield _say(m.claim, claim, flow, slip=bool(slips))


def _flow(passage: Passage, at: int) -> str:
    """Return which flow of money the words before a rate are about; benefits paid are 支出."""
    said = _FLOW.findall(passage.text[max(0, at - 120) : at])
    return "收入" if said and said[-1] == "收入" else "支出"


def _say(one: Claim, other: Claim, flow: str, *, slip: bool) -> Finding:
    return found(
        "execution_said",
        "error" if slip else "note",
        (one, other),
        printed=one.text,
        expected=other.text if slip else None,
        flow=flow,
        one=one.text,
        other=other.text,
    )
