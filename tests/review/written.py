"""写样本: a document in every format that the review reads, as people's files look, not as our own writers lay them."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table
from jixiao.formats import html_write, word_write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMATS = ("docx", "xlsx", "html", "md", "txt", "stacked", "tags", "bare", "laid", "joined", "listed")
GUESSED = ("laid", "joined", "listed")  # plain text whose tables only their order or position tells
ENDINGS = {"stacked": "txt", "tags": "md", "bare": "md", "laid": "txt", "joined": "txt", "listed": "txt"}


def write(document: Document, kind: str, folder: Path, name: str = "报告") -> Path:
    path = folder / f"{name}.{ENDINGS.get(kind, kind)}"
    path.write_bytes(BYTES[kind](document))
    return path


def as_docx(document: Document) -> bytes:
    return word_write.write(document)


def as_html(document: Document) -> bytes:
    return html_write.write(document)


def as_xlsx(document: Document) -> bytes:
    """Every table on a sheet of its own, its title in a merged first row, numbers as text or as numbers."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    for number, table in enumerate(document.tables(), 1):
        sheet = book.create_sheet(f"表{number}")
        sheet["A1"] = table.caption or document.title
        width = len(table.grid[0])
        if width > 1:
            sheet.merge_cells(f"A1:{get_column_letter(width)}1")
        top = 2
        if table.unit:
            sheet["A2"] = f"单位：{table.unit}"
            top = 3
        for row, column, cell in table.cells():
            target = sheet.cell(row + top, column + 1)
            target.value = cell.text
            target.data_type = "s"  # `=100%` is a target here, not a formula
            if cell.rows > 1 or cell.cols > 1:
                sheet.merge_cells(
                    start_row=row + top,
                    start_column=column + 1,
                    end_row=row + top + cell.rows - 1,
                    end_column=column + cell.cols,
                )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_md(document: Document) -> bytes:
    return "\n".join(line for block in document.blocks for line in _md(block)).encode()


def _md(block: object) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * (block.level + 1)} {block.text}", ""]
    if isinstance(block, Paragraph):
        return [block.text, ""]
    if not isinstance(block, Table):
        return []
    rows = ["| " + " | ".join(_line(cell, "<br>") for cell in row) + " |" for row in block.grid]
    rule = "|" + "---|" * len(block.grid[0])
    caption = [block.caption, ""] if block.caption else []
    unit = [f"单位：{block.unit}", ""] if block.unit else []
    return [*caption, *unit, rows[0], rule, *rows[1:], ""]


def _line(cell: Cell | None, joint: str = "") -> str:
    """Return a cell's text in one line."""
    return "" if cell is None else cell.text.replace("\n", joint).replace("|", "／")


def as_txt(document: Document) -> bytes:
    """Cells parted by tabs; what a span covers is left empty."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            lines += [block.text, ""]
        elif isinstance(block, Table):
            lines += [*([block.caption] if block.caption else []), *([f"单位：{block.unit}"] if block.unit else [])]
            lines += ["\t".join(_line(cell) for cell in row) for row in block.grid]
            lines.append("")
    return "\n".join(lines).encode("gb18030")


def as_stacked(document: Document) -> bytes:
    """One cell a line, a tab before it; cells that span to the right are one, what spans down leaves blanks below."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            lines += [block.text, ""]
        elif isinstance(block, Table):
            lines += [
                *([f"\t{block.caption}", ""] if block.caption else []),
                *([f"\t单位：{block.unit}", ""] if block.unit else []),
            ]
            for row, cells in enumerate(block.grid):
                lines += [f"\t{text}" for text in _stacked_row(block, row, cells)] + [""]
            lines.append("")
    return "\n".join(lines).encode()


def _stacked_row(table: Table, row: int, cells: tuple) -> list[str]:
    said = []
    for column, cell in enumerate(cells):
        if cell is not None:
            said.append(_line(cell))
        elif column and _covers(table, row, column):
            said.append("")
    if cells and cells[0] is None:
        said.insert(0, "")
    return said


def _covers(table: Table, row: int, column: int) -> bool:
    """Return whether a position is covered from above and not only from the left."""
    for up in range(1, row + 1):
        above = table.grid[row - up][column]
        if above is not None:
            return above.rows > up
    return False


def as_tags(document: Document) -> bytes:
    """Markdown in which tables stand as HTML, in one line each, as PDF converters leave them."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines += [
                *([block.caption, ""] if block.caption else []),
                *([f"单位：{block.unit}", ""] if block.unit else []),
            ]
            rows = ("".join(_tag(cell) for cell in row if cell is not None) for row in block.grid)
            lines += [f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>", ""]
        else:
            lines += _md(block)
    return "\n".join(lines).encode()


def _tag(cell: Cell) -> str:
    down = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    over = f' colspan="{cell.cols}"' if cell.cols > 1 else ""
    text = re.sub(r"^≥([\d.]+)%$", r"$\\geq \1\\%$", cell.text)
    return f"<td{down}{over}>{escape(text)}</td>"


def as_bare(document: Document) -> bytes:
    """Markdown without bars around its rows."""
    lines = as_md(document).decode().split("\n")
    return "\n".join(line[1:-1].strip() if line.startswith("|") else line for line in lines).encode()


def _texts(document: Document, row_of: Callable[[Table], list[str]]) -> bytes:
    """Text with every paragraph on a line of its own, and tables as `row_of` lays their lines."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            lines += [block.text, ""]
        elif isinstance(block, Table):
            lines += [*([block.caption] if block.caption else []), *([f"单位：{block.unit}"] if block.unit else [])]
            lines += [*row_of(block), ""]
    return "\n".join(lines).encode()


def as_laid(document: Document) -> bytes:
    """Columns parted by blanks, every cell in the middle of its column, a cell that spans in the middle of its first."""
    return _texts(document, _laid)


def _laid(table: Table) -> list[str]:
    texts = [[_line(cell) for cell in row] for row in table.grid]
    widths = [max(len(row[at]) for row in texts) + 3 for at in range(len(texts[0]))]
    return ["".join(text.center(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in texts]


def as_joined(document: Document) -> bytes:
    """Cells parted by one blank; what is empty leaves nothing."""
    return _texts(document, lambda table: [" ".join(filled) for filled in map(_filled, table.grid) if filled])


def as_listed(document: Document) -> bytes:
    """One cell a line and nothing else, an empty cell as an empty line, what is covered not at all."""
    return _texts(document, lambda table: [_line(cell) for row in table.grid for cell in row if cell is not None])


def _filled(row: tuple) -> list[str]:
    return [text.replace(" ", "") for cell in row if (text := _line(cell))]


BYTES = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "html": as_html,
    "md": as_md,
    "txt": as_txt,
    "stacked": as_stacked,
    "tags": as_tags,
    "bare": as_bare,
    "laid": as_laid,
    "joined": as_joined,
    "listed": as_listed,
}
