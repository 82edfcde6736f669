"""写 Excel: tables to a workbook, one sheet each, ready to print on A4; the same tables give the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from jixiao.figures.figure import Figure
from jixiao.formats.spacing import MM_PER_CHARACTER, lines
from jixiao.formats.zipped import reproducible
from jixiao.forms.recognise import KEY_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Cell, Table

_LINE = 14.0
_TALLEST = 400.0
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same book has the same bytes)


def write(tables: Iterable[Table]) -> bytes:
    """Return a workbook. Text is written as text (nothing a cell holds becomes a formula), scores as numbers."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _FIXED})
    styles = _Styles(book)
    for table in tables:
        _sheet(book, table, styles)
    book.close()
    return reproducible(out.getvalue())


class _Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[Any, ...], Any] = {}

    def of(self, *, head: bool = False, align: str = "center", hint: str = "@", title: bool = False) -> Any:
        key = (head, align, hint, title)
        if key not in self.made:
            shape: dict[str, Any] = {
                "font_name": "宋体",
                "font_size": 9,
                "valign": "vcenter",
                "text_wrap": True,
                "num_format": hint,
            }
            shape |= {"align": align} if not title else {"align": "center", "font_size": 14, "bold": True}
            shape |= {} if title else {"border": 1}
            shape |= {"bold": True, "bg_color": "#F2F2F2"} if head else {}
            self.made[key] = self.book.add_format(shape)
        return self.made[key]


def _sheet(book: xlsxwriter.Workbook, table: Table, styles: _Styles) -> None:
    columns = len(table.grid[0]) if table.grid else 1
    sheet = book.add_worksheet(sheet_name(table.name or table.caption or ""))
    top = 0
    if table.caption:
        _span(sheet, (0, 0, 1, columns), table.caption, styles.of(title=True, hint="General"))
        sheet.set_row(0, 26)
        top = 1
    if table.unit:
        sheet.write_string(top, columns - 1, f"单位：{table.unit}")
        top += 1
    widths = [mm / MM_PER_CHARACTER for mm in table.widths] or [12.0] * columns
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for row, column, cell in table.cells():
        _cell(sheet, (top + row, column), cell, styles)
    for row, height in enumerate(_heights(table, widths)):
        sheet.set_row(top + row, height)
    _keys(sheet, table, top, columns)
    _page(sheet, table, top)


def _cell(sheet: Any, at: tuple[int, int], cell: Cell, styles: _Styles) -> None:
    style = styles.of(head=cell.head, align=cell.align, hint=cell.hint or "@")
    if cell.hint is not None and isinstance(cell.value, Figure):
        number = (
            cell.value.num / cell.value.den
        )  # a spreadsheet keeps binary floats; its printed text is what is read back
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_range(at[0], at[1], at[0] + cell.rows - 1, at[1] + cell.cols - 1, number, style)
        else:
            sheet.write_number(at[0], at[1], number, style)
    else:
        _span(sheet, (*at, cell.rows, cell.cols), cell.text, style)


def _span(sheet: Any, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    row, column, rows, cols = area
    if rows > 1 or cols > 1:
        sheet.merge_range(row, column, row + rows - 1, column + cols - 1, "", style)
    sheet.write_string(row, column, text, style)


def _heights(table: Table, widths: list[float]) -> list[float]:
    """Return a height for every row: what its own cells need, then what merged cells still lack, on their last row."""
    heights = [_LINE] * len(table.grid)
    spanning = []
    for row, column, cell in table.cells():
        needed = lines(cell.text, sum(widths[column : column + cell.cols]) - 1) * _LINE + 4
        if cell.rows == 1:
            heights[row] = max(heights[row], needed)
        else:
            spanning.append((row, cell.rows, needed))
    for row, rows, needed in spanning:
        lacking = needed - sum(heights[row : row + rows])
        if lacking > 0:
            heights[row + rows - 1] += lacking
    return [min(height, _TALLEST) for height in heights]


def _keys(sheet: Any, table: Table, top: int, columns: int) -> None:
    """Write the hidden column that read-back knows a row by."""
    if not any(table.keys):
        return
    sheet.write_string(top + max(0, table.head_rows - 1), columns, KEY_HEAD)
    for row, key in enumerate(table.keys):
        if key:
            sheet.write_string(top + row, columns, key)
    sheet.set_column(columns, columns, None, None, {"hidden": True})


def _page(sheet: Any, table: Table, top: int) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    if table.landscape:
        sheet.set_landscape()
    if table.head_rows:
        sheet.repeat_rows(top, top + table.head_rows - 1)
        sheet.freeze_panes(top + table.head_rows, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def sheet_name(text: str) -> str:
    """Return a name that Excel takes: without its forbidden characters, at most 31 long.

    >>> sheet_name("表3-1/得分[汇总]")
    '表3-1得分汇总'
    """
    return re.sub(r"[\[\]:*?/\\']", "", text)[:31] or "表"
