"""文本表格: rows of cells that lost their spans in plain text, laid out again as full rectangles.

Plain text keeps no merged cells: one head over three columns stands as one cell, and so does 合计 over two. A row that
is too short is stretched only where its neighbours say how; where they do not, it keeps its cells from the left.

>>> rows = [["地区", "资金", "合计"], ["", "第一批", "第二批", ""], ["甲", "1", "2", "3"]]
>>> [[cell and cell.text for cell in row] for row in laid(rows).grid]
[['地区', '资金', None, '合计'], ['', '第一批', '第二批', ''], ['甲', '1', '2', '3']]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jixiao.findings import Place

_NUMBER = re.compile(r"[≥≤=<>]*[-+]?[\d,]+(?:\.\d+)?%?(?:万元|亿元|元|万人次|万人|人次|人|分|个月)?")
_TOTAL = re.compile(r"(全[区省市州县国]|合\s*计|总\s*计|总\s*分|小\s*计|.*合计)")


def laid(
    rows: Sequence[Sequence[str]],
    place: Callable[[int, int], Place] | None = None,
    caption: str | None = None,
    name: str | None = None,
    unit: str | None = None,
) -> Table:
    """Return rows of texts as a table; `place` gives the place of a cell by its row and column in `rows`."""
    width = _width(rows)
    grid = []
    for at, row in enumerate(rows):
        spans = _spans(rows, at, width)
        line: list[Cell | None] = []
        for column, (text, span) in enumerate(zip(row, spans, strict=True)):
            where = place(at, column) if place else None
            line.append(Cell(text, cols=span, place=where))
            line += [None] * (span - 1)
        line += [Cell("") for _ in range(width - len(line))]
        grid.append(tuple(line))
    return Table(tuple(grid), caption=caption, name=name or caption, unit=unit)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return the width of the widest row that more than one cell fills."""
    return max((len(row) for row in rows), default=0)


def is_number(text: str) -> bool:
    """Return whether a cell's text is one printed number, with or without its unit."""
    return _NUMBER.fullmatch(text.strip()) is not None


def _spans(rows: Sequence[Sequence[str]], at: int, width: int) -> list[int]:
    """Return how many columns each cell of a row takes."""
    row = rows[at]
    short = width - len(row)
    plain = [1] * len(row)
    if short <= 0 or not row:
        return plain
    below = rows[at + 1] if at + 1 < len(rows) else ()
    if len(below) == width and not any(is_number(text) for text in row):
        spread = _over(row, below)
        if spread is not None:
            return spread
    first = next((column for column, text in enumerate(row) if text.strip()), 0)
    if _TOTAL.fullmatch(row[first].strip()) and len(row) > first + 1:
        return [1 + short if column == first else 1 for column in range(len(row))]
    return plain


def _over(row: Sequence[str], below: Sequence[str]) -> list[int] | None:
    """Return the spans of heads over a second row of heads: a blank below continues the head, the rest are shared out.

    Sub-heads that begin again mark where the next head begins (预算金额 执行数 执行率 | 预算金额 执行数 执行率).
    """
    if any(is_number(text) for text in below):
        return None
    blanks = sum(1 for text in below if not text.strip())
    heads = len(row) - blanks
    runs: list[int] = []
    for column, text in enumerate(below):
        if text.strip():
            if column == 0 or not below[column - 1].strip():
                runs.append(0)
            runs[-1] += 1
    if heads <= 0 or not runs:
        return None
    groups: list[int] = []
    filled = [text for text in below if text.strip()]
    if len(runs) == heads:
        groups = runs
    elif len(runs) == 1 and len(filled) % heads == 0:
        groups = [len(filled) // heads] * heads
    else:
        return None
    spans, group, column = [], iter(groups), 0
    while column < len(below):
        span = 1 if not below[column].strip() else next(group)
        spans.append(span)
        column += span
    return spans if len(spans) == len(row) else None
