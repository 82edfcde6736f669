"""正文里的比率与失分: rates and lost points that the text gives for an indicator, over the figures of its row.

得分率    score ÷ weight
完成率    actual ÷ target, for targets of the more-is-better kind
失 … 分   weight − score
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.target import Target
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.said import Claim

DERIVED = {
    "score_rate": ("score_rate", ("score", "weight")),
    "completion": ("completion", ("actual", "target")),
    "lost": ("balance", ("weight", "score")),
}


def derived(kind: str, claim: Claim, rows: list[Indicator], name: str, tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield what the text derives for an indicator over its rows, the nearest first; 执行率 may be the funds' own."""
    relation, needed = DERIVED[kind]
    sets = [
        tuple(row.claims[one] for one in needed)
        for row in rows
        if all(one in row.claims for one in needed) and (kind != "completion" or measured(row))
    ]
    if name.endswith("执行率"):
        funds = [table.execution for table in tables if table.execution]
        if sets or not any(table.among_loose for table in tables):
            sets += [tuple(own[one] for one in needed) for own in funds if all(one in own for one in needed)]
        if funds and kind == "completion":
            return
    if sets:
        facts = {"signs": (1, -1), "exact": True} if kind == "lost" else {}
        yield Relation(relation, (claim, *sets[0]), name, {**facts, "instead": tuple(sets[1:])})


def measured(row: Indicator) -> bool:
    """Return whether a row's completion is its actual value over its target, both of one unit."""
    actual, target = (row.claims[kind].figure if kind in row.claims else None for kind in ("actual", "target"))
    return (
        isinstance(row.target, Target)
        and row.target.kind in ("at_least", "equal", "stated")
        and actual is not None
        and target is not None
        and actual.unit.base == target.unit.base
        and target.num > 0
    )
