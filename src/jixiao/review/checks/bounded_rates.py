"""不可能的比率: a rate of those who are satisfied, know, arrive in time or pass is a share, so it does not exceed 100%.

Completion, execution and growth may; 参保率 may, where its base is another population.

Source: arithmetic (a part does not exceed its whole).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.mentions import mentions
from jixiao.review.recognising.naming import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.review.said import Claim, Said

_SHARE = re.compile(
    r"(?:满意度|满意率|知晓率|合格率|准确率|及时率|回收率|有效率|接通率|达标率|优良率|得分率|正确率|好评率|回访率|签约率)$"
)
_HEADS = 3  # rows that a head may stand in


def findings(said: Said) -> list[Finding]:
    """Return a finding for every share above 100%."""
    seen: set[object] = set()
    result = []
    for name, claim in _shares(said):
        figure = claim.figure
        if figure is None or figure.unit.name != "%" or figure.num <= figure.den or claim.place in seen:
            continue
        seen.add(claim.place)
        result.append(found("bounded_rates", "error", (claim,), printed=claim.text, name=name, rate=claim.text))
    return result


def _shares(said: Said) -> Iterator[tuple[str, Claim]]:
    """Yield the figures that the text, or an indicator or a column of a table, calls such a share."""
    material = said.facts.get("material")
    if material is None:
        return
    for passage in material.passages:
        yield from ((m.label, m.claim) for m in mentions(passage) if m.percent() and _SHARE.search(m.label))
    for table in said.facts.get("tables", ()):
        yield from (
            (row.name, row.claims["actual"])
            for row in table.indicators
            if "actual" in row.claims and _SHARE.search(plain(row.name))
        )
    for grid in material.grids:
        for column in range(grid.width()):
            head = next(
                (row for row in range(min(_HEADS, len(grid.rows))) if _SHARE.search(grid.text(row, column))), None
            )
            for row in range(head + 1, len(grid.rows)) if head is not None else ():
                claim = grid.figure(row, column)
                if claim is not None:
                    yield grid.text(head or 0, column), claim
