"""缺项: what the form requires and a table does not have: actual values, scores for every indicator, a total.

A table of goals has neither and needs none: only tables that give scores, or call themselves 自评, are asked.

Source: 财预〔2020〕10号 附 项目支出绩效自评表 (实际完成值, 得分, 总分).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.documents.document import Cell
    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.said import Said

AUTHORITY = "caiyu-2020-10#framework"


def findings(said: Said) -> list[Finding]:
    """Return a finding for every part that a filled-in self-evaluation table lacks."""
    result = _annexes(said)
    for table in said.facts.get("tables", ()):
        scored = [i for i in table.indicators if "score" in i.claims]
        if "score" not in table.roles or not scored or len(table.indicators) < 4:
            continue
        if "actual" not in table.roles and "target" in table.roles and "process" not in table.roles:
            result.append(_say(table, "actual", [], _heads(table)))
        blank = [
            i
            for i in table.indicators
            if "score" not in i.claims and not i.texts.get("score") and i.texts.get("target")
        ]
        if blank and "process" not in table.roles and len(blank) * 2 <= len(table.indicators):
            result.append(_say(table, "score", [i.name for i in blank], [i.cells.get("score") for i in blank]))
    return result


def _heads(table: ScoreTable) -> list[Cell | None]:
    """Return the first two heads of a table."""
    row = table.grid.rows[table.indicators[0].row - 1]
    return [row[column] for column in sorted(set(table.roles.values()))[:2]]


def _say(table: ScoreTable, what: str, names: list[str], cells: list[Cell | None]) -> Finding:
    claims = [Claim("missing", what, None, (what,), None, "", cell.place) for cell in cells if cell is not None]
    return found(
        "missing_parts",
        "warning",
        claims,
        what=f"missing_parts.{what}",
        authority=AUTHORITY,
        cause=f"missing{what}{table.grid.number}",
        remedy=f"missing_parts.{what}.remedy",
        table=table.grid.caption or f"表{table.grid.number}",
        names="、".join(names),
    )


_ANNEX = re.compile(r"^附[件表]\s*\d*\s*[:：]\s*[\u4e00-\u9fff]{3,30}$")
_LAST = re.compile(r"^(?:附[件表]\s*\d*\s*[:：]|项目支出绩效|部门单位项目)")


def _annexes(said: Said) -> list[Finding]:
    """Return a note for every annex that has a title and nothing behind it, before the end or another report."""
    material, result = said.facts.get("material"), []
    passages = material.passages if material is not None else ()
    for at, passage in enumerate(passages):
        if not _ANNEX.match(passage.text) or sum(p.text == passage.text for p in passages[:at]):
            continue
        behind = passages[at + 1] if at + 1 < len(passages) else None
        grids = [grid for grid in material.grids if grid.block > passage.block] if material is not None else []
        upto = behind.block if behind is not None else None
        own = [grid for grid in grids if upto is None or grid.block < upto]
        if own or (behind is not None and not _LAST.match(behind.text)):
            continue
        claim = Claim(
            "missing", "annex", None, (passage.text,), None, passage.text, passage.place(0, passage.text[:40])
        )
        result.append(
            found(
                "missing_parts",
                "note",
                (claim,),
                what="missing_parts.annex",
                remedy="missing_parts.annex.remedy",
                title=passage.text,
            )
        )
    return result
