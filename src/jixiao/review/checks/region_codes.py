"""区划代码: a pooling area is written with the code that was in force in the evaluated year.

Source: GB/T 2260 (吐鲁番地区 652100 became 吐鲁番市 650400 in 2015).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.regions import pooling_area
from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said

_CODE = re.compile(r"[（(](?P<code>\d{6})[）)]")


def findings(said: Said) -> list[Finding]:
    """Return a note for every code in brackets that another year's code has replaced."""
    material, about = said.facts.get("material"), said.facts.get("subject")
    if material is None or about is None or about.year is None:
        return []
    result = []
    for grid in material.grids:
        for row in grid.rows:
            for cell in {id(cell): cell for cell in row if cell is not None}.values():
                for match in _CODE.finditer(cell.text):
                    area = pooling_area(match["code"], about.year)
                    if area is None or not area.outdated:
                        continue
                    claim = Claim("code", area.name, None, (match["code"],), None, match["code"], cell.place)
                    result.append(
                        found(
                            "region_codes",
                            "note",
                            (claim,),
                            printed=match["code"],
                            expected=area.code,
                            code=match["code"],
                            name=area.name,
                            right=area.code,
                            year=about.year,
                        )
                    )
    return result
