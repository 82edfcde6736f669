"""读网页: somebody's HTML as a document: headings, paragraphs, and tables with their spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WIDEST = 1000


def read(path: Path) -> Document:
    """Return the headings, paragraphs and tables of a page in their order."""
    raw = opened(path)
    try:
        parser = lxml_html.HTMLParser(encoding=_encoding(raw), huge_tree=False)
        root = lxml_html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError):
        raise CannotParse(
            Message("html.unreadable"), remedy=Message("open.empty.remedy"), place=Place(str(path))
        ) from None
    blocks = tuple(_blocks(root, str(path)))
    return Document(blocks, root.findtext(".//title") or "", str(path))


def _encoding(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _blocks(root: lxml_html.HtmlElement, name: str) -> Iterator[Block]:
    tables = 0
    for node in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "table"):
        if node.tag == "table":
            tables += 1
            if not any(True for _ in node.iterancestors("table")):
                yield _table(node, name, tables)
        elif not any(True for _ in node.iterancestors("table")):
            text = _text(node)
            if text:
                place = Place(name, line=node.sourceline, quote=text[:40])
                level = int(node.tag[1]) - 1 if node.tag != "p" else 0
                yield (Paragraph(text, place=place) if node.tag == "p" else Heading(text, level, place))


def _table(node: lxml_html.HtmlElement, name: str, number: int) -> Table:
    rows = []
    heading = node.find("caption")
    caption = _text(heading) if heading is not None else None
    part = caption.partition("\n")[0] if caption else f"table {number}"
    for at, line in enumerate(node.iter("tr"), 1):
        cells = []
        for column, cell in enumerate(line.iterchildren("td", "th"), 1):
            text = _text(cell)
            place = Place(name, part, row=at, column=column, quote=text[:40])
            cells.append(
                Cell(
                    text,
                    _span(cell, "rowspan"),
                    _span(cell, "colspan"),
                    place=place,
                    head=cell.tag == "th",
                )
            )
        rows.append(cells)
    return Table.of(rows, caption=caption, name=part)


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(1, int(text)), _WIDEST) if text.isdecimal() else 1


def _text(node: lxml_html.HtmlElement) -> str:
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return "\n".join(" ".join(line.split()) for line in node.text_content().split("\n")).strip()
