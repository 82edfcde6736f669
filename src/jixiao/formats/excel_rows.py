"""读 Excel 登记表: the first sheet of a workbook as heads and rows of text, for registers of ordinary size."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> tuple[list[str], list[list[str | None]]]:
    """Return heads and rows. A number cell of 16 digits or more is given as 6.50102E+17: Excel has lost some."""
    from openpyxl import load_workbook  # noqa: PLC0415  (loaded when an Excel register is read)

    raw = checked_archive(path)
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
        lines = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except (KeyError, ValueError, TypeError, OSError) as problem:
        said = Message("excel.unreadable", {"why": type(problem).__name__})
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=Place(str(path))) from None
    filled = [line for line in lines if any(line)]
    if not filled:
        raise CannotOpen(Message("open.empty"), remedy=Message("open.empty.remedy"), place=Place(str(path)))
    width = next((at for at, head in enumerate(filled[0]) if head is None), len(filled[0]))
    heads = [head or "" for head in filled[0][:width]]
    return heads, [[*line[:width], *[None] * (width - len(line))] for line in filled[1:]]


def _text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        if abs(cell) >= 10**15:
            return f"{cell:.5E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return str(cell)
