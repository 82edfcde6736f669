"""缺项: what the form requires and a table does not have: actual values, scores for every indicator, a total.

A table of goals has neither and needs none: only tables that give scores, or call themselves 自评, are asked.

Source: 财预〔2020〕10号 附 项目支出绩效自评表 (实际完成值, 得分, 总分).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.said import Said

AUTHORITY = "caiyu-2020-10#framework"


def findings(said: Said) -> list[Finding]:
    """Return a finding for every part that a filled-in self-evaluation table lacks."""
    result = []
    for table in said.facts.get("tables", ()):
        scored = [i for i in table.indicators if "score" in i.claims]
        if "score" not in table.roles or not scored or len(table.indicators) < 4:
            continue
        if "actual" not in table.roles and "target" in table.roles and "process" not in table.roles:
            result.append(_say(table, "actual", "warning"))
        blank = [
            i
            for i in table.indicators
            if "score" not in i.claims and not i.texts.get("score") and i.texts.get("target")
        ]
        if blank and "process" not in table.roles and len(blank) * 2 <= len(table.indicators):
            names = [i.name for i in blank]
            result.append(_say(table, "score", "warning", names=names, rows=[i.cells.get("score") for i in blank]))
    return result


def _say(
    table: ScoreTable, what: str, severity: str, names: list[str] | None = None, rows: list[object] | None = None
) -> Finding:
    cells = [cell for cell in rows or [] if cell is not None]
    first = table.indicators[0].cells
    places = (
        [getattr(cell, "place", None) for cell in cells]
        or [
            table.grid.rows[table.indicators[0].row - 1][c].place  # type: ignore[union-attr]
            for c in sorted(set(table.roles.values()))[:2]
            if table.grid.rows[table.indicators[0].row - 1][c] is not None
        ]
    )
    places = places or [cell.place for cell in first.values()]
    claims = [Claim("missing", what, None, (what,), None, "", place) for place in places]
    return found(
        "missing_parts",
        severity,
        claims,
        what=f"missing_parts.{what}",
        authority=AUTHORITY,  # type: ignore[arg-type]
        cause=f"missing{what}{table.grid.number}",
        remedy=f"missing_parts.{what}.remedy",
        table=table.grid.caption or f"表{table.grid.number}",
        names="、".join(names or []),
    )
