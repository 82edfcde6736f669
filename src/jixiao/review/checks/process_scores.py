"""评分过程: the marks that the words of an indicator arrive at are the marks in its score column.

Source: R20 of the rule catalogue; a derivation that ends in another score than the table contradicts the table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.figures import exact
from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.documents.document import Cell
    from jixiao.findings import Finding
    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.said import Said

_ENDS = re.compile(
    r"(?:综上|根据评[分价]标准|按评[分价]标准|依据评[分价]标准|根据评分细则|因此|故|该指标|本指标)[^。；]*?(?<![扣总满])得(?:分为?)?(?P<score>\d+(?:\.\d+)?)分"
)


def findings(said: Said) -> list[Finding]:
    """Return a finding for every row whose words give other marks than its score."""
    result = []
    for table in said.facts.get("tables", ()):
        if "process" in table.roles and "score" in table.roles:
            result += _of(table)
    return result


def _of(table: ScoreTable) -> list[Finding]:
    """Go down the rows: a score, then the next words that award marks, which may stand some lines below it."""
    result: list[Finding] = []
    waiting: Claim | None = None
    text, grid = "", table.grid
    names = {indicator.row: indicator.name for indicator in table.indicators}
    first = min(names, default=0)
    seen: set[int] = set()
    for row in range(first, len(grid.rows)):
        score = grid.figure(row, table.roles["score"], "score")
        if score is not None and id(score) not in seen and _is_points(score) and not _garbled(table, row):
            seen.add(id(score))
            waiting = score
            name = names[max((at for at in names if at <= row), default=first)]
        cell = grid.cell(row, table.roles["process"])
        if cell is None or id(cell) in seen:
            continue
        seen.add(id(cell))
        text = (text + grid.text(row, table.roles["process"]))[-400:]
        match = _ENDS.search(text)
        if match is None:
            continue
        if waiting is not None and _differs(match["score"], waiting):
            result.append(_finding(waiting, match["score"], name, cell))
        waiting, text = None, ""
    return result


def _garbled(table: ScoreTable, row: int) -> bool:
    """Return whether a row's rate is no rate: its cells were damaged when the text was taken out."""
    at = table.roles.get("score_rate")
    rate = table.grid.figure(row, at, "score_rate") if at is not None else None
    if rate is None or rate.figure is None or rate.figure.unit.name == "%":
        return False
    return rate.figure.num > 100 * rate.figure.den


def _is_points(score: Claim) -> bool:
    """Return whether a figure can be an indicator's marks and not a garbled total."""
    return score.figure is not None and 0 <= score.figure.num <= 100 * score.figure.den


def _differs(words: str, score: Claim) -> bool:
    read = exact.decimal(words)
    if read is None or score.figure is None:
        return False
    return read[0] * score.figure.den != score.figure.num * exact.POWERS[read[1]]


def _finding(score: Claim, words: str, name: str, cell: Cell) -> Finding:
    place = replace(cell.place, quote=f"得{words}分") if cell.place else None
    claim = Claim("score", name, None, (words,), None, f"得{words}分", place)
    return found(
        "process_scores",
        "error",
        (score, claim),
        printed=f"得{words}分",
        about=name,
        words=words,
        score=score.text,
        cause=f"process{place!r}",
    )
