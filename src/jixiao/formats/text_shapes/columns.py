"""版面分列: columns that only their position on the page parts, as a PDF laid out as text has them.

A row is a line with figures in the columns that hold marks or amounts, and the lines around it over which its other
cells run. A figure that could stand in either of two columns, or a cell that reads as two, makes the whole no table.

>>> lines = ["地区     预算数   执行数", "甲县       10      9", "乙县       20     18", "合计       30     27"]
>>> [row.texts for row in found(lines, 0).tables[0]][-1]
['合计', '30', '27']
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes import column_cells, column_heads, places
from jixiao.formats.text_shapes.places import Line
from jixiao.formats.text_shapes.shape import CAPTION, PAGE, TOTAL, UNIT, Found, Row, goes_on
from jixiao.formats.text_shapes.words import MARKS, is_scored, role, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.formats.text_shapes.places import Column

_GAP = re.compile(r"\S {2,}\S")
_MOST_BLANK = 2  # empty lines between the lines of one table
_LEAST_ROWS, _LEAST_COLUMNS = 2, 3
_LONGEST_CELL, _LONGEST_PIECE = 40, 8


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return the table that begins with its head at this line, also where it goes on over pages without its head."""
    if not _begins(lines, at):
        return None
    region = _region(lines, at)
    body = next((n for n, line in enumerate(region) if line.figures() > 1), len(region))
    if not 0 < body < len(region):
        return None
    main, columns = column_heads.columns(region[:body], region[body:])
    if main is None or len(columns) < _LEAST_COLUMNS:
        return None
    upper = column_heads.named(columns, region[: body + 1], main)
    region = places.settled(region, columns)
    keys = _keys(region[main + 1 :], columns)
    rows = _rows(region[main + 1 :], keys)
    if not rows:
        return None
    cut = lines[at].endswith("\f")
    cells = column_cells.Cells(_upto(region, rows), rows, columns, keys, region[main].at)
    cells.fill(groups=not cut)
    parts: list[Found] = []
    part = cells.found()
    while part is not None:
        parts.append(part)
        part = None if _is_closed(part) else _further(lines, part.end, columns, keys, max(rows, key=Line.figures))
    body_rows = [row for part in parts for row in part.tables[0]]
    if len(body_rows) < _LEAST_ROWS:
        return None
    heads = [[column.head for column in columns]]
    if upper and not any(row.spans for row in body_rows):
        spanning = [word.text for word in upper]
        heads = [spanning, ["" if head in spanning else head for head in heads[0]]]
    rows_of_head = [Row(texts, [region[main].at] * len(texts)) for texts in heads]
    end = parts[-1].end
    loose = tuple(piece for part in parts for piece in part.loose)
    below = not _is_closed(parts[-1]) and (is_scored([column.head for column in columns]) or goes_on(lines, end))
    return Found([[*rows_of_head, *body_rows]], end, loose, (cut, below))


def _is_closed(part: Found) -> bool:
    """Return whether rows end with a total."""
    return any(TOTAL.fullmatch(text) for text in part.tables[0][-1].texts)


def _further(lines: Sequence[str], at: int, columns: Sequence[Column], keys: set[int], row: Line) -> Found | None:
    """Return the rows with which a table goes on at the top of the next page, in its columns and without its head.

    Pages are laid out one by one, so that the columns may stand elsewhere; `row` is a row with most figures.
    """
    at = next((n for n in range(at, len(lines)) if lines[n].strip() and not PAGE.search(lines[n].strip())), len(lines))
    if at == len(lines) or not lines[at].endswith("\f"):
        return None
    region = _region(lines, at)
    there = places.moved(columns, row, region)
    region = places.settled(region, there) if there else []
    rows = _rows(region, keys)
    if not there or not rows:
        return None
    cells = column_cells.Cells(_upto(region, rows), rows, there, keys, None)
    cells.fill(groups=False)
    return cells.found()


def _upto(region: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """Return the lines of a region up to its last row and what hangs on to that without an empty line."""
    return [line for line in region if line.at <= rows[-1].at or line.block == rows[-1].block]


def _begins(lines: Sequence[str], at: int) -> bool:
    """Return whether a line has columns, or is a piece of a head whose next line has some."""
    if _GAP.search(lines[at]):
        return True
    text = lines[at].strip()
    piece = (
        lines[at].startswith(" ") and 0 < len(text) <= _LONGEST_PIECE and not (CAPTION.match(text) or UNIT.match(text))
    )
    return piece and at + 1 < len(lines) and _GAP.search(lines[at + 1]) is not None


def _region(lines: Sequence[str], at: int) -> list[Line]:
    """Return the lines that may belong to a table: up to a sentence, a caption, other heads, a new page, a wide gap."""
    region: list[Line] = []
    blank, block, begun = 0, 0, False
    for number in range(at, len(lines)):
        text = lines[number].strip()
        if (region and lines[number].endswith("\f")) or blank > _MOST_BLANK:
            break
        if not text:
            blank += 1
            continue
        block += blank > 0
        line = Line(number, block, words(lines[number]), [])
        heads = sum(1 for word in line.words if role(word.text)) > 2
        if _ends(text, lines[number], apart=blank > 0) or (heads and begun):
            break
        begun, blank = begun or heads or line.figures() > 1, 0
        region.append(line)
    return region


def _ends(text: str, line: str, *, apart: bool) -> bool:
    """Return whether a line stands below a table: the number of a page, a caption, a sentence."""
    if PAGE.search(text):
        return True
    if _GAP.search(line.rstrip()):
        return False
    titled = apart and (CAPTION.match(text) or UNIT.match(text))
    return bool(titled) or len(text) > _LONGEST_CELL or text.endswith("。")


def _keys(body: Sequence[Line], columns: Sequence[Column]) -> set[int]:
    """Return the columns whose figures make a row: those of marks, else those that most lines with figures fill."""
    marks = {at for at, column in enumerate(columns) if role(column.head) in MARKS}
    if sum(1 for line in body if line.holding(marks)) >= _LEAST_ROWS:
        return marks
    rows = [line for line in body if line.figures() > 1]
    return {at for at in range(len(columns)) if sum(1 for line in rows if line.holding({at})) * 10 >= len(rows) * 6}


def _rows(body: Sequence[Line], keys: set[int]) -> list[Line]:
    """Return the lines of rows: those with figures in the key columns, and of a row that is torn the middle one.

    Where cells are too narrow for their figures, these stand above and below those of the others. [] where a row is
    torn in another way, or a line among the rows has too few of them.
    """
    lines = [line for line in body if line.holding(keys)]
    full = [len(line.filled(keys)) * 2 >= len(keys) for line in lines]
    thin = full.index(False) if False in full else len(full)
    if any(full[thin:]):
        return []
    held = [line.filled(keys) for line in lines[:thin]]
    middle = {n for n in range(1, len(held) - 1) if held[n - 1] >= held[n + 1] and not held[n] & held[n - 1]}
    rows = [line for n, line in enumerate(lines[:thin]) if n in middle or not {n - 1, n + 1} & middle]
    return [] if any(not one.filled(keys) & other.filled(keys) for one, other in pairwise(rows)) else rows
