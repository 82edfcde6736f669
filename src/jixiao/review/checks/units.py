"""单位: a standard per person is written 元/人, not 人/元; persons are not paid in and money is not counted in heads.

Source: notations of published tables (300/人 without 元, 元/人*月).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said

_REVERSED = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>人/(?:万)?元|人/年/元|月/元)")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every unit that is upside down."""
    material, result = said.facts.get("material"), []
    if material is None:
        return []
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
