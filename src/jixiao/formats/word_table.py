"""Word 表格: one table as the XML of WordprocessingML, written at once (cell by cell access is quadratic)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from jixiao.formats.word_text import held

if TYPE_CHECKING:
    from jixiao.documents.document import Cell, Table

_TWIPS_PER_MM = 1440 / 25.4
_LOWEST = 397  # 7 mm in twips
_TOGETHER = 3  # rows of a merged cell that a page does not part
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'


class _Look(NamedTuple):
    """How a row is written: the size of its letters, whether it stays with the next, whether values are marked."""

    size: float
    keep: bool
    tagged: bool


def table_xml(table: Table, usable_mm: float, size: float = 9, *, tagged: bool = False) -> str:
    """Return the `w:tbl` element as text: widths scaled to the usable width, head rows repeated, no row split.

    Where it is `tagged`, the printed values stand in content controls.
    """
    columns = len(table.grid[0])
    widths = table.widths or (1.0,) * columns
    scale = usable_mm * _TWIPS_PER_MM / sum(widths)
    twips = [round(width * scale) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    kept = _kept(table)
    rows = "".join(_row(table, at, twips, _Look(size, at in kept, tagged)) for at in range(len(table.grid)))
    shape = f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
    shape += f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    shape += '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="34" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    shape += '<w:bottom w:w="34" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    return f"<w:tbl>{shape}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _kept(table: Table) -> set[int]:
    """Return the rows that stay on one page with the next.

    The heads with the first row below them, those inside a small merged cell, the last but one, and those above a row
    that is kept high to be signed or stamped.
    """
    kept = {*range(table.head_rows + bool(table.head_rows)), len(table.grid) - 2}
    kept |= {at - 1 for at, height in enumerate(table.heights) if height}
    for row, _, cell in table.cells():
        if 1 < cell.rows <= _TOGETHER:
            kept |= set(range(row, row + cell.rows - 1))
    return kept


def _row(table: Table, at: int, twips: list[int], look: _Look) -> str:
    cells, column = [], 0
    while column < len(table.grid[at]):
        cell, down = _standing(table, at, column)
        cols = cell.cols if cell is not None else 1
        cells.append(_cell(cell, down, sum(twips[column : column + cols]), look))
        column += cols
    head = "<w:tblHeader/>" if at < table.head_rows else ""
    lowest = max(_LOWEST, round(table.heights[at] * _TWIPS_PER_MM) if table.heights else 0)
    height = f'<w:trHeight w:val="{lowest}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _standing(table: Table, at: int, column: int) -> tuple[Cell | None, bool]:
    """Return the cell that stands at or spans down to a position, and whether it only comes down from above."""
    cell = table.grid[at][column]
    if cell is not None:
        return cell, False
    for above in range(at - 1, -1, -1):
        over = table.grid[above][column]
        if over is not None:
            return over, True
    return None, False


def _cell(cell: Cell | None, down: bool, width: int, look: _Look) -> str:
    span = f'<w:gridSpan w:val="{cell.cols}"/>' if cell is not None and cell.cols > 1 else ""
    merge = "" if cell is None or cell.rows == 1 else "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if cell is not None and cell.head else ""
    shape = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
    texts = [""] if cell is None or down else cell.text.split("\n")
    return f"<w:tc>{shape}{''.join(_paragraph(text, cell, look) for text in texts)}</w:tc>"


def _paragraph(text: str, cell: Cell | None, look: _Look) -> str:
    align = cell.align if cell is not None else "center"
    bold = "<w:b/>" if cell is not None and cell.head else ""
    font = f'<w:rPr>{_FONT}{bold}<w:sz w:val="{round(look.size * 2)}"/></w:rPr>'
    run = f'<w:r>{font}<w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r>' if text else ""
    if look.tagged and cell is not None and cell.text == text:
        run = held(run, cell.bind, text)
    shape = (
        f'{"<w:keepNext/>" if look.keep else ""}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    )
    return f'<w:p><w:pPr>{shape}<w:jc w:val="{align}"/>{font}</w:pPr>{run}</w:p>'


def _printable(text: str) -> str:
    """Return a text without the control characters that XML forbids."""
    return "".join(character for character in text if character >= " " or character == "\t")
