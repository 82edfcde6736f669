"""读 Word: anybody's .docx as a document: headings, paragraphs and tables in their order, each with its place.

Text that a tracked change deletes is gone, text that it inserts is there. A table inside a cell follows the table it
stands in. Paragraphs outside tables and tables are counted from 1; pages as Word recorded them when it last laid the
file out, where it did.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.oxml.ns import qn

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table
from jixiao.findings import Place
from jixiao.formats import text_read
from jixiao.formats.legible import legible
from jixiao.formats.opened import not_endless
from jixiao.formats.word_open import word_file
from jixiao.formats.word_pages import Pages

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
_LONGEST_HEADING = 40
_CAPTION = re.compile(r"(?=.*[\u4e00-\u9fff])(?s:.{0,79})[^。：:；;，,]")  # a short line in Chinese, and ended
_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：]\s*(?P<unit>[^\s）)]+)[）)]?")


class Level(NamedTuple):
    """What a style says: its outline level (0 is the first, None for body text) and the style it is based on."""

    outline: int | None
    based_on: str | None


def read(path: Path) -> Document:
    """Return the headings, paragraphs and tables of a Word file; `CannotOpen` where it is none."""
    docx = word_file(path)
    blocks = [block for block, _ in located(docx, str(path))]
    title = docx.core_properties.title or next((block.text for block in blocks if isinstance(block, Heading)), "")
    return Document(tuple(blocks), title, str(path))


def levels_of(docx: Any) -> dict[str, Level]:
    """Return the outline level of every paragraph style by its id."""
    levels = {}
    for style in docx.styles.element.iterchildren(qn("w:style")):
        outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        based = style.find(qn("w:basedOn"))
        level = None if outline is None else _number(outline, 9)
        levels[style.get(qn("w:styleId"))] = Level(level, None if based is None else based.get(qn("w:val")))
    return levels


def located(docx: Any, name: str) -> Iterator[tuple[Block, Any]]:
    """Yield each heading, paragraph and table with the element that it stands in."""
    levels, pages, named = levels_of(docx), Pages(docx.element.body), Counter[str]()
    paragraphs = tables = 0
    before: list[Paragraph] = []
    for node in children(docx.element.body):
        if node.tag == qn("w:p"):
            paragraphs += 1
            page, text = pages.enter(node), legible(_text(node)).strip()
            if text:
                place = Place(name, page=page, line=paragraphs, quote=text[:40])
                level = heading_level(node, text, levels)
                if level is None and outline_of(node, levels) is None:  # nothing but the number says that it is one
                    level = text_read.heading_level(text)
                block = Paragraph(text, place=place) if level is None else Heading(text, level, place)
                before = [*before, block] if isinstance(block, Paragraph) else []
                yield block, node
        elif node.tag == qn("w:tbl"):
            for element in (node, *node.iterdescendants(qn("w:tbl"))):
                tables += 1
                caption, unit = _announced(before[-2:] if element is node else [])
                part = caption.partition("\n")[0] if caption else f"表{tables}"
                named[part] += 1
                where = Place(name, part if named[part] == 1 else f"{part}（{named[part]}）")
                yield _table(element, where, caption, unit, pages if element is node else None), element
            before = []


def _announced(before: list[Paragraph]) -> tuple[str | None, str | None]:
    """Return a table's caption and unit: the short paragraph before it, and the one that says 单位：."""
    unit = next((match["unit"] for paragraph in before if (match := _UNIT.fullmatch(paragraph.text.strip()))), None)
    titles = [paragraph.text for paragraph in before if not _UNIT.fullmatch(paragraph.text.strip())]
    return titles[-1] if titles and _CAPTION.fullmatch(titles[-1]) else None, unit


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
    return _number(outline, 9) if outline is not None else _styled(style, levels)


def _styled(style: Any, levels: dict[str, Level]) -> int | None:
    name, seen = None if style is None else style.get(qn("w:val")), set()
    while name in levels and name not in seen:
        seen.add(name)
        if levels[name].outline is not None:
            return levels[name].outline
        name = levels[name].based_on
    return None


def _table(node: Any, where: Place, caption: str | None, unit: str | None, pages: Pages | None) -> Table:
    rows: list[list[Cell]] = []
    open_above: dict[int, tuple[int, int]] = {}
    heads = 0
    for at, line in enumerate((child for child in children(node) if child.tag == qn("w:tr")), 1):
        heads += heads == at - 1 and line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        page = pages.enter(line) if pages is not None else None
        rows.append(_row(line, replace(where, page=page, row=at), rows, open_above))
    not_endless(rows, where)
    return Table.of(rows, head_rows=heads, caption=caption, unit=unit, name=where.part)


def _row(line: Any, place: Place, rows: list[list[Cell]], open_above: dict[int, tuple[int, int]]) -> list[Cell]:
    """Return the cells that begin in a row; one that goes on from above makes the cell above it longer.

    `open_above` gives, by grid column, the row and position of the cell that may go on.
    """
    cells: list[Cell] = []
    for at, (column, element) in enumerate(placed(line)):
        if at == 0 and column > 1:
            cells.append(Cell("", cols=column - 1))
        cols = _number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        above = open_above.get(column) if goes_on else None
        if above is not None and rows[above[0]][above[1]].cols == cols:
            row, position = above
            rows[row][position] = replace(rows[row][position], rows=len(rows) - row + 1)
        else:
            text = _cell_text(element)
            open_above[column] = (len(rows), len(cells))
            cells.append(Cell(text, cols=cols, place=replace(place, column=column, quote=text[:40])))
    return cells


def placed(line: Any) -> Iterator[tuple[int, Any]]:
    """Yield the cells that stand in a row with the column of the grid at which each begins, from 1."""
    column = 1 + _number(line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for element in (child for child in children(line) if child.tag == qn("w:tc")):
        yield column, element
        column += _number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)


def _number(node: Any, absent: int) -> int:
    """Return the number that an element says; a damaged one counts as absent."""
    said = "" if node is None else node.get(qn("w:val"), "")
    return int(said) if said.isdecimal() else absent


def _cell_text(element: Any) -> str:
    paragraphs = [_text(child) for child in children(element) if child.tag == qn("w:p")]
    return legible("\n".join(paragraphs)).strip()
