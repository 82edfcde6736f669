"""读 Word: anybody's .docx as a document: headings, paragraphs and tables in their order, each with its place.

Text that a tracked change deletes is gone, text that it inserts is there. A table inside a cell follows the table it
stands in. Paragraphs outside tables and tables are counted from 1.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jixiao.documents.document import Block

_WRAPPERS = tuple(qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml", "w:moveTo"))
GONE = tuple(qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr"))
SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_NUMBERED = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
)
_LONGEST_HEADING, _LONGEST_CAPTION = 40, 80
_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：]\s*(?P<unit>[^\s）)]+)[）)]?")


class Level(NamedTuple):
    """What a style says: its outline level (0 is the first, None for body text) and the style it is based on."""

    outline: int | None
    based_on: str | None


def read(path: Path) -> Document:
    """Return the headings, paragraphs and tables of a Word file; `CannotOpen` where it is none."""
    raw = checked_archive(path)
    try:
        docx = open_docx(BytesIO(raw))
    except (PackageNotFoundError, KeyError, ValueError, LxmlError):
        raise CannotOpen(
            Message("open.not_office"), remedy=Message("open.not_office.remedy"), place=Place(str(path))
        ) from None
    blocks = list(_blocks(docx.element.body, levels_of(docx), str(path)))
    title = docx.core_properties.title or next((block.text for block in blocks if isinstance(block, Heading)), "")
    return Document(tuple(blocks), title, str(path))


def levels_of(docx: Any) -> dict[str, Level]:
    """Return the outline level of every paragraph style by its id."""
    levels = {}
    for style in docx.styles.element.iterchildren(qn("w:style")):
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        based = style.find(qn("w:basedOn"))
        level = None if outline is None else int(outline.get(qn("w:val")))
        levels[style.get(qn("w:styleId"))] = Level(level, None if based is None else based.get(qn("w:val")))
    return levels


def _blocks(body: Any, levels: dict[str, Level], name: str) -> Iterator[Block]:
    paragraphs = tables = 0
    before: list[Paragraph] = []
    for node in children(body):
        if node.tag == qn("w:p"):
            paragraphs += 1
            text = _text(node).strip()
            if text:
                place = Place(name, line=paragraphs, quote=text[:40])
                level = heading_level(node, text, levels)
                block = Paragraph(text, place=place) if level is None else Heading(text, level, place)
                before = [*before, block] if isinstance(block, Paragraph) else []
                yield block
        elif node.tag == qn("w:tbl"):
            for element in (node, *node.iterdescendants(qn("w:tbl"))):
                tables += 1
                yield _table(element, name, tables, before[-2:] if element is node else [])
            before = []


def children(node: Any) -> Iterator[Any]:
    """Yield what stands in a body, a cell or a row, looking through wrappers that only mark it."""
    for child in node.iterchildren():
        if child.tag in _WRAPPERS:
            yield from children(child)
        else:
            yield child


def _text(node: Any) -> str:
    """Return the text of a paragraph as it stands after all changes."""
    said = []
    for child in node.iterchildren():
        if child.tag == qn("w:t"):
            said.append(child.text or "")
        elif child.tag in SIGNS:
            said.append(SIGNS[child.tag])
        elif child.tag not in GONE and isinstance(child.tag, str):
            said.append(_text(child))
    return "".join(said)


def heading_level(node: Any, text: str, levels: dict[str, Level]) -> int | None:
    """Return 1 for a chapter, 2 for a section and so on: by outline or style, else by how a short line is numbered."""
    at = outline_of(node, levels)
    if at is not None:
        return at + 1 if at < 9 else None
    short = len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；", ";", "：", ":"))
    return next((level for level, form in _NUMBERED if short and form.match(text)), None)


def outline_of(node: Any, levels: dict[str, Level]) -> int | None:
    """Return the outline level of a paragraph, from 0, by itself or its style; 9 is body text, None says nothing."""
    outline = node.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return int(outline.get(qn("w:val"))) if outline is not None else _styled(style, levels)


def _styled(style: Any, levels: dict[str, Level]) -> int | None:
    name, seen = None if style is None else style.get(qn("w:val")), set()
    while name in levels and name not in seen:
        seen.add(name)
        if levels[name].outline is not None:
            return levels[name].outline
        name = levels[name].based_on
    return None


def _table(node: Any, name: str, number: int, before: list[Paragraph]) -> Table:
    """Return a table; the short paragraph before it is its caption, one that says 单位： gives its unit."""
    unit = next((match["unit"] for paragraph in before if (match := _UNIT.fullmatch(paragraph.text.strip()))), None)
    titles = [paragraph.text for paragraph in before if not _UNIT.fullmatch(paragraph.text.strip())]
    caption = titles[-1] if titles and len(titles[-1]) <= _LONGEST_CAPTION and not titles[-1].endswith("。") else None
    part = caption.partition("\n")[0] if caption else f"table {number}"
    rows: list[list[Cell]] = []
    open_above: dict[int, tuple[int, int]] = {}
    heads = 0
    for at, line in enumerate((child for child in children(node) if child.tag == qn("w:tr")), 1):
        heads += heads == at - 1 and line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        rows.append(_row(line, Place(name, part, row=at), rows, open_above))
    return Table.of(rows, head_rows=heads, caption=caption, unit=unit, name=part)


def _row(line: Any, place: Place, rows: list[list[Cell]], open_above: dict[int, tuple[int, int]]) -> list[Cell]:
    """Return the cells that begin in a row; one that goes on from above makes the cell above it longer.

    `open_above` gives, by grid column, the row and position of the cell that may go on.
    """
    cells: list[Cell] = []
    skipped = line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    column = 0 if skipped is None else int(skipped.get(qn("w:val")))
    if column:
        cells.append(Cell("", cols=column))
    for element in (child for child in children(line) if child.tag == qn("w:tc")):
        span = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        cols = 1 if span is None else int(span.get(qn("w:val")))
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        above = open_above.get(column) if goes_on else None
        if above is not None and rows[above[0]][above[1]].cols == cols:
            row, at = above
            rows[row][at] = _longer(rows[row][at], len(rows) - row + 1)
        else:
            text = _cell_text(element)
            where = Place(place.file, place.part, row=place.row, column=column + 1, quote=text[:40])
            open_above[column] = (len(rows), len(cells))
            cells.append(Cell(text, cols=cols, place=where))
        column += cols
    return cells


def _longer(cell: Cell, rows: int) -> Cell:
    return Cell(cell.text, rows, cell.cols, place=cell.place)


def _cell_text(element: Any) -> str:
    paragraphs = [_text(child) for child in children(element) if child.tag == qn("w:p")]
    return "\n".join(paragraphs).strip()
