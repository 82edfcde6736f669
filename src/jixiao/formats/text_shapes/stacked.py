r"""逐行单元格: one cell a line, each begun by a tab, with an empty line between rows.

>>> [row.texts for row in found(["\t地区", "\t金额", "", "\t甲县", "\t10", ""], 0).tables[0]]
[['地区', '金额'], ['甲县', '10']]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.shape import CAPTION, Found, Row, alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST_REST = 40


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return the tables that begin here, where most lines that follow hold one tab, at their start."""
    if not _is_cell(lines[at]):
        return None
    ahead = [other for other in lines[at + 1 : at + 12] if other.strip(" \n")]
    if sum(1 for other in ahead if other.startswith("\t")) < max(1, len(ahead) // 2):
        return None
    rows, end = _rows(lines, at)
    return Found(list(_parted(rows)), end)


def _is_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:]


def _rows(lines: Sequence[str], at: int) -> tuple[list[Row], int]:
    """Return the rows and the line after them; a line without a tab goes on with the cell before it."""
    rows, row, after_gap = [], Row([], []), False
    while at < len(lines):
        line = lines[at]
        if _is_cell(line):
            row.texts.append(line.strip())
            row.lines.append(at)
        elif not line.strip():
            if row.texts:
                rows.append(row)
                row = Row([], [])
        elif row.texts and not after_gap and len(line.strip()) < _LONGEST_REST:
            row.texts[-1] += line.strip()
        else:
            break
        after_gap = not line.strip()
        at += 1
    return ([*rows, row] if row.texts else rows), at


def _parted(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the tables that stand one below the other, each begun by a title in a row of its own."""
    kept: list[Row] = []
    for row in rows:
        if not any(text for text in row.texts):
            continue
        title = alone(row)
        if title is not None and CAPTION.match(title[0]) and any(alone(earlier) is None for earlier in kept):
            yield kept
            kept = []
        kept.append(row)
    if kept:
        yield kept
