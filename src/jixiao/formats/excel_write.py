"""写 Excel: tables to a workbook, one sheet each, ready to print on A4; the same tables give the same bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from jixiao.figures.figure import Figure
from jixiao.formats.spacing import MM_PER_CHARACTER, lines
from jixiao.formats.zipped import reproducible
from jixiao.forms.recognise import KEY_HEAD, mark_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.documents.document import Cell, Table
    from jixiao.forms.live import Formula

_LINE = 13.5
_LOWEST = 18.0
_POINTS_PER_MM = 72 / 25.4
_TALLEST = 409.0
_MM_PER_HALF = 1.62  # half of a full-width character at 9 points, and a little
_PADDING_MM = 2.5
_PAGE = {False: 740.0, True: 490.0}  # points between the margins of A4, upright and turned
_TALL = 0.4  # of a page: a merged cell taller than this may meet the end of one, so its text stands at its top
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same book has the same bytes)


def write(tables: Iterable[Table], live: Mapping[tuple[int, int], Formula] | None = None) -> bytes:
    """Return a workbook. Text is written as text (nothing a cell holds becomes a formula), scores as numbers.

    `live` are the formulas of cells by row and column: those cells compute what they print, and keep its value.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _FIXED})
    styles = _Styles(book)
    for table in tables:
        _sheet(book, table, styles, live or {})
    book.close()
    return reproducible(out.getvalue())


class _Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.made: dict[tuple[Any, ...], Any] = {}

    def of(
        self, *, align: str = "center", hint: str = "@", title: bool = False, unit: bool = False, **marks: bool
    ) -> Any:
        """Return the format of a cell; `marks` are `head` (bold on grey) and `top` (text at the top)."""
        key = (align, hint, title, unit, *sorted(name for name, given in marks.items() if given))
        if key not in self.made:
            shape: dict[str, Any] = {
                "font_name": "宋体",
                "font_size": 9,
                "valign": "top" if marks.get("top") else "vcenter",
                "text_wrap": True,
                "num_format": hint,
            }
            shape |= {"indent": 1} if align != "center" and not unit else {}
            shape |= {"align": align} if not title else {"align": "center", "font_size": 14, "bold": True}
            shape |= {} if title or unit else {"border": 1}
            shape |= {"text_wrap": False} if unit else {}
            shape |= {"bold": True, "bg_color": "#F2F2F2"} if marks.get("head") else {}
            self.made[key] = self.book.add_format(shape)
        return self.made[key]


def _sheet(
    book: xlsxwriter.Workbook, table: Table, styles: _Styles, live: Mapping[tuple[int, int], Formula]
) -> None:  # fmt: skip
    columns = len(table.grid[0]) if table.grid else 1
    sheet = book.add_worksheet(sheet_name(table.name or table.caption or ""))
    widths = list(table.widths) or [24.0] * columns
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width / MM_PER_CHARACTER)
    top = _above(sheet, table, columns, styles)
    heights = _heights(table, widths)
    tall = _TALL * _PAGE[table.landscape] if sum(heights) > _PAGE[table.landscape] else _TALLEST * len(heights)
    for row, column, cell in table.cells():
        broken = cell.rows > 1 and sum(heights[row : row + cell.rows]) > tall
        _cell(sheet, (top + row, column), cell, styles, top=broken)
        if (formula := live.get((row, column))) is not None and isinstance(cell.value, Figure):
            said = "".join(
                part if isinstance(part, str) else xl_rowcol_to_cell(top + part[0], part[1]) for part in formula
            )
            style = styles.of(head=cell.head, align=cell.align, hint=cell.hint or "General", top=broken)
            sheet.write_formula(top + row, column, f"={said}", style, _float(cell.value, cell.hint or ""))
    for row, height in enumerate(heights):
        sheet.set_row(top + row, height)
    _keys(sheet, table, top, columns)
    _page(sheet, table, top)


def _above(sheet: Any, table: Table, columns: int, styles: _Styles) -> int:
    """Write the caption and the unit above the table; return how many rows they take."""
    top = 0
    if table.caption:
        _span(sheet, (0, 0, 1, columns), table.caption, styles.of(title=True, hint="General"))
        sheet.set_row(0, 10 + 20 * len(table.caption.split("\n")))
        top = 1
    if table.unit:
        sheet.write_string(top, columns - 1, f"单位：{table.unit}", styles.of(unit=True, align="right"))
        top += 1
    return top


def _cell(sheet: Any, at: tuple[int, int], cell: Cell, styles: _Styles, *, top: bool) -> None:
    style = styles.of(head=cell.head, align=cell.align, hint=cell.hint or "@", top=top)
    if cell.hint is not None and isinstance(cell.value, Figure):
        number = _float(cell.value, cell.hint)
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_range(at[0], at[1], at[0] + cell.rows - 1, at[1] + cell.cols - 1, number, style)
        else:
            sheet.write_number(at[0], at[1], number, style)
    else:
        _span(sheet, (*at, cell.rows, cell.cols), cell.text, style)


def _float(figure: Figure, hint: str) -> float:
    """Return the number as its unit prints it (a percentage as its share), as the binary float a spreadsheet keeps.

    What is read back is its printed text, so nothing is lost by that.
    """
    if hint.endswith("%"):
        return figure.num / figure.den
    return figure.num * figure.unit.den / (figure.den * figure.unit.num)


def _span(sheet: Any, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    row, column, rows, cols = area
    if rows > 1 or cols > 1:
        sheet.merge_range(row, column, row + rows - 1, column + cols - 1, "", style)
    sheet.write_string(row, column, text, style)


def _heights(table: Table, widths: list[float]) -> list[float]:
    """Return a height in points for every row: what its own cells need, then its share of what merged cells lack."""
    heights = [max(_LOWEST, mm * _POINTS_PER_MM) for mm in table.heights] or [_LOWEST] * len(table.grid)
    spanning = []
    for row, column, cell in table.cells():
        usable = (sum(widths[column : column + cell.cols]) - _PADDING_MM) / _MM_PER_HALF
        needed = lines(cell.text, usable) * _LINE + 5
        if cell.rows == 1:
            heights[row] = max(heights[row], needed)
        else:
            spanning.append((row, cell.rows, needed))
    for row, rows, needed in spanning:
        lacking = max(0.0, needed - sum(heights[row : row + rows]))
        for at in range(row, row + rows):
            heights[at] += lacking / rows
    return [min(height, _TALLEST) for height in heights]


def _head_at(table: Table) -> int:
    """Return the row of heads that the rows with keys stand under."""
    first = next((at for at, key in enumerate(table.keys) if key), table.head_rows)
    return max(0, first - 1)


def _keys(sheet: Any, table: Table, top: int, columns: int) -> None:
    """Write the hidden column that read-back knows a row by."""
    if not any(table.keys):
        return
    if table.form and top:
        sheet.write_string(0, columns, mark_text(table.form))
    sheet.write_string(top + _head_at(table), columns, KEY_HEAD)
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
    sheet.center_horizontally()
    if table.head_rows:
        sheet.repeat_rows(top, top + table.head_rows - 1)
        sheet.freeze_panes(top + table.head_rows, 0)
    elif any(table.keys):
        sheet.repeat_rows(top + _head_at(table))
    sheet.set_footer(f"&L{table.footer}&R第 &P 页，共 &N 页" if table.footer else "&C第 &P 页，共 &N 页")


def sheet_name(text: str) -> str:
    """Return a name that Excel takes: without its forbidden characters, at most 31 long.

    >>> sheet_name("表3-1/得分[汇总]")
    '表3-1得分汇总'
    """
    return re.sub(r"[\[\]:*?/\\']", "", text)[:31] or "表"
