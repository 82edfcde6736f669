"""读 Excel: every sheet of a workbook as a table of printed texts, with the sheet and cell of each.

A number is its cached value to 15 digits, printed by its own number format; a formula saved without its value is
not read and says so. Macros are never run.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from jixiao.documents.document import Cell, Document, Table
from jixiao.errors import CannotOpen
from jixiao.figures import exact
from jixiao.figures.unread import Unread
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PLACES = re.compile(r"^#?,?#*0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_MOST_CELLS = 2_000_000


def read(path: Path) -> Document:
    """Return the sheets of a workbook as tables, trimmed of empty rows and columns."""
    raw = checked_archive(path)
    try:
        book = load_workbook(BytesIO(raw), data_only=True)
        formulas = load_workbook(BytesIO(raw)) if b"<f" in _sheets(raw) else None
    except (KeyError, ValueError, TypeError, OSError) as problem:
        said = Message("excel.unreadable", {"why": type(problem).__name__})
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=Place(str(path))) from None
    tables = [_table(sheet, formulas[sheet.title] if formulas else None, path) for sheet in book.worksheets]
    return Document(tuple(table for table in tables if table.grid), name=str(path))


def _sheets(raw: bytes) -> bytes:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))


def _table(sheet: Any, formulas: Any, path: Path) -> Table:
    areas = sheet.merged_cells.ranges
    spans = {(area.min_row, area.min_col): (area.size["rows"], area.size["columns"]) for area in areas}
    covered = {(row, column) for area in areas for row, column in _inside(area)}
    covered -= set(spans)
    rows, columns = _extent(sheet)
    if rows * columns > _MOST_CELLS:
        said = Message("excel.too_many", {"cells": rows * columns, "most": _MOST_CELLS})
        raise CannotOpen(said, remedy=Message("open.too_large.remedy"), place=Place(str(path), part=sheet.title))
    grid = []
    for number in range(1, rows + 1):
        line: list[Cell | None] = []
        for column in range(1, columns + 1):
            if (number, column) in covered:
                line.append(None)
                continue
            span = spans.get((number, column), (1, 1))
            formula = formulas.cell(number, column).value if formulas is not None else None
            line.append(
                _cell(
                    sheet.cell(number, column),
                    formula,
                    span,
                    Place(str(path), sheet.title, row=number, column=get_column_letter(column)),
                )
            )
        grid.append(tuple(line))
    return Table(tuple(grid), name=sheet.title)


def _inside(area: Any) -> Iterator[tuple[int, int]]:
    """Yield the row and column of every cell of a merged area."""
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            yield row, column


def _extent(sheet: Any) -> tuple[int, int]:
    """Return the last row and column that hold anything, merged areas included."""
    filled = [(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    merged = [(area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    corners = filled + (merged if filled else [])
    return max((row for row, _ in corners), default=0), max((column for _, column in corners), default=0)


def _cell(cell: Any, formula: Any, span: tuple[int, int], place: Place) -> Cell:
    if cell.value is None and isinstance(formula, str) and formula.startswith("="):
        hole = Unread(formula, Message("figures.no_cached_value", {"spelt": formula}))
        return Cell("", *span, value=hole, place=place)
    return Cell(printed(cell.value, cell.number_format), *span, place=place)


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
