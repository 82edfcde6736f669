"""排名与等级列: ranks beside the scores that they order, and grades beside the totals that earn them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.review.recognising.bands import SYNONYMS
from jixiao.review.recognising.lines import TOTAL
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.lines import Block, Line
    from jixiao.review.recognising.material import Grid

_RANK = re.compile(r"排名|名次|位次|^排序$")
_GRADE = re.compile(r"等级|评级|等次|级别")
_TOTAL = re.compile(r"总分|总得分|综合得分|评价得分|最终得分|自评得分|^得分$")
_RANKED = re.compile(rf"{_TOTAL.pattern}|率$|进度$|得分")
_GRADES = {*SYNONYMS, *SYNONYMS.values(), "合格", "不合格"}
_LEAST = 4


def recognise(block: Block, grid: Grid) -> Iterator[Relation]:
    """Yield the figures of a column in the order of their ranks, and each grade with its total."""
    first = min((row.index for row in block.rows), default=0)
    for at in range(grid.width()):
        name = next((text for row in range(first - 1, -1, -1) if (text := grid.text(row, at))), "")
        rows = [row for row in block.rows if not TOTAL.search(row.label)]
        if _RANK.search(name):
            yield from _ordered(block, rows, at, grid)
        elif _GRADE.search(name):
            yield from _graded(block, rows, at, grid)


def _ordered(block: Block, rows: list[Line], at: int, grid: Grid) -> Iterator[Relation]:
    ranked = [(int(text), row) for row in rows if (text := grid.text(row.index, at)).isdecimal()]
    if len(ranked) < _LEAST:
        return
    ranked.sort(key=lambda pair: pair[0])
    columns = sorted(block.columns, key=lambda column: (not _TOTAL.search(column.label), abs(column.index - at)))
    along = [
        (column, tuple(claim for _, row in ranked if (claim := row.claims[block.columns.index(column)]) is not None))
        for column in columns
    ]
    along = [(column, claims) for column, claims in along if len(claims) == len(ranked)]
    if any(_kept(list(claims), down=down) for _, claims in along for down in (True, False)):
        return  # the ranks are those of a column that keeps them
    for column, claims in along:
        if _RANKED.search(column.label) and (way := _way(list(claims))) is not None:
            beside = tuple(claim for _, row in ranked if (claim := grid.figure(row.index, at, "rank")) is not None)
            yield Relation("order", claims, column.label, {"down": way, "beside": beside})
            return


def _way(claims: list[Claim]) -> bool | None:
    """Return whether figures fall along their ranks, all but one of them; None where they go neither way."""
    for down in (True, False):
        if any(_kept(claims[:n] + claims[n + 1 :], down=down) for n in range(len(claims))):
            return down
    return None


def _kept(claims: list[Claim], *, down: bool) -> bool:
    figures = [claim.figure for claim in claims if claim.figure is not None]
    wrong = -1 if down else 1
    return all(compared(one, other) != wrong for one, other in pairwise(figures)) and len(set(map(str, figures))) > 1


def _graded(block: Block, rows: list[Line], at: int, grid: Grid) -> Iterator[Relation]:
    totals = [column for column in block.columns if _TOTAL.search(column.label)]
    for row in rows if totals else []:
        total, cell = row.claims[block.columns.index(totals[-1])], grid.cell(row.index, at)
        word = grid.text(row.index, at)
        if total is not None and cell is not None and word in _GRADES:
            claim = Claim("grade", row.label, None, (word,), None, word, cell.place)
            yield Relation("grade", (claim, total), row.label)
