"""读 Excel: every sheet of a workbook as a table of printed texts, with the sheet and cell of each.

A number is its cached value to 15 digits, printed by its own number format; a formula saved without its value is
not read and says so. Macros are never run.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lxml.etree import LxmlError
from openpyxl.utils import get_column_letter

from jixiao.documents.document import Cell, Document, Table
from jixiao.errors import CannotOpen
from jixiao.figures import exact
from jixiao.figures.unread import Unread
from jixiao.findings import Message, Place
from jixiao.formats.excel_parts import Raw, Sheet, sheets
from jixiao.formats.opened import MOST_CELLS, checked_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLACES = re.compile(r"^#?,?#*0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_EMPTY = Raw(None)
_PICTURE, _PICTURES = "[图片]", ("=DISPIMG(", "=_xlfn.DISPIMG(")  # what WPS writes for a picture inside a cell


def read(path: Path) -> Document:
    """Return the sheets of a workbook as tables, trimmed of empty rows and columns."""
    raw = checked_archive(path)
    try:
        tables = [_table(sheet, path) for sheet in sheets(raw)]
    except (KeyError, ValueError, TypeError, IndexError, LxmlError) as problem:
        said = Message("excel.unreadable", {"why": type(problem).__name__})
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=Place(str(path))) from None
    return Document(tuple(table for table in tables if table.grid), name=str(path))


def _table(sheet: Sheet, path: Path) -> Table:
    rows, columns = _extent(sheet)
    if rows * columns > MOST_CELLS:
        said = Message("excel.too_many", {"cells": rows * columns, "most": MOST_CELLS})
        raise CannotOpen(said, remedy=Message("open.too_large.remedy"), place=Place(str(path), part=sheet.name))
    spans = {(top, left): (bottom - top + 1, right - left + 1) for left, top, right, bottom in sheet.areas}
    covered = {at for area in sheet.areas for at in _inside(area)} - set(spans)
    letters = [get_column_letter(column) for column in range(1, columns + 1)]
    grid = []
    for row in range(1, rows + 1):
        line: list[Cell | None] = []
        for column, letter in enumerate(letters, 1):
            if (row, column) in covered:
                line.append(None)
                continue
            place = Place(str(path), sheet.name, row=row, column=letter)
            span, raw = spans.get((row, column), (1, 1)), sheet.cells.get((row, column), _EMPTY)
            pasted = any(row <= at < row + span[0] and column <= to < column + span[1] for at, to in sheet.pictures)
            line.append(_cell(raw, span, place, pasted=pasted))
        grid.append(tuple(line))
    return Table(tuple(grid), name=sheet.name)


def _inside(area: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    """Yield the row and column of every cell of a merged area."""
    left, top, right, bottom = area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def _extent(sheet: Sheet) -> tuple[int, int]:
    """Return the last row and column that hold anything, merged areas included."""
    filled = [at for at, raw in sheet.cells.items() if raw.value is not None or raw.formula is not None]
    merged = [(bottom, right) for _, _, right, bottom in sheet.areas]
    corners = filled + (merged if filled else [])
    return max((row for row, _ in corners), default=0), max((column for _, column in corners), default=0)


def _cell(raw: Raw, span: tuple[int, int], place: Place, *, pasted: bool) -> Cell:
    if (pasted and raw.value in (None, "")) or str(raw.value or raw.formula).startswith(_PICTURES):
        return Cell("", *span, value=Unread(_PICTURE, Message("excel.picture")), place=place)
    if raw.formula is not None:
        hole = Unread(raw.formula, Message("figures.no_cached_value", {"spelt": raw.formula}))
        return Cell("", *span, value=hole, place=place)
    return Cell(printed(raw.value, raw.number_format), *span, place=place)


def printed(value: Any, number_format: str) -> str:
    """Return a cell's value as it shows on screen.

    >>> printed(0.8425, "0.00%"), printed(5.7, "0.0"), printed(1234.5, "General"), printed(33.7, "@")
    ('84.25%', '5.7', '1234.5', '33.7')
    """
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    shortest = _fixed(f"{value:.15g}")
    match = _PLACES.match(number_format)
    read = exact.decimal(shortest)
    if match is None or read is None:
        return shortest
    places = len(match["decimals"] or "")
    percent = match["percent"] or ""
    units = exact.half_up(read[0] * (100 if percent else 1), exact.POWERS[read[1]], places)
    return exact.spelt(units, places, thousands="," in number_format) + percent


def _fixed(text: str) -> str:
    """Return a number that Python spells with an exponent in plain digits."""
    if "e" not in text:
        return text
    mantissa, _, power = text.partition("e")
    read = exact.decimal(mantissa)
    if read is None or abs(int(power)) > 300:
        return text
    digits, places = read
    shift = int(power) - places
    return (
        exact.spelt(digits * exact.POWERS[shift], 0)
        if 0 <= shift < len(exact.POWERS)
        else exact.spelt(digits, -shift)
        if shift < 0
        else text
    )
