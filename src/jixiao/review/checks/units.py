"""单位: a standard per person is written 元/人, not 人/元; a number is not given in percent, nor a rate in heads.

Source: notations of published tables (300/人 without 元, 元/人*月).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.naming import plain
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import Indicator
    from jixiao.review.said import Said

_REVERSED = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>人/(?:万)?元|人/年/元|月/元)")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every unit that is upside down."""
    material, result = said.facts.get("material"), []
    if material is None:
        return []
    for table in said.facts.get("tables", ()):
        result += [finding for row in table.indicators if (finding := _misnamed(row)) is not None]
    for grid in material.grids:
        seen: set[int] = set()
        for row in grid.rows:
            for cell in row:
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                match = _REVERSED.fullmatch(re.sub(r"\s", "", cell.text))
                if match is not None:
                    claim = Claim("unit", match["unit"], None, (match["unit"],), None, cell.text, cell.place)
                    right = "/".join(reversed(match["unit"].split("/")))
                    result.append(
                        found(
                            "units",
                            "error",
                            (claim,),
                            printed=cell.text.strip(),
                            expected=f"{match['number']}{right}",
                            unit=match["unit"],
                            right=right,
                        )
                    )
    return result


_NUMBERS = re.compile(r"(?:基数|人数|人次|金额|户数|家数|数量)$")
_RATES = re.compile(r"(?:率|比例|占比)$")


def _misnamed(row: Indicator) -> Finding | None:
    """Return a note where an indicator called a number is given in percent, or one called a rate in heads."""
    claim = row.claims.get("target")
    if claim is None or claim.figure is None:
        return None
    name, figure = plain(row.name), claim.figure
    percent = figure.unit.name == "%"
    if not (percent and _NUMBERS.search(name)) and not (figure.unit.base in ("人", "元") and _RATES.search(name)):
        return None
    return found(
        "units",
        "note",
        (claim,),
        what="units.misnamed",
        printed=claim.text,
        given=claim.text,
        name=row.name,
        unit=figure.unit.name,
    )
