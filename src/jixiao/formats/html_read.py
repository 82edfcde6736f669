"""读网页: somebody's HTML as a document: headings, paragraphs, and tables with their spans.

Whatever stands on lines of its own is a paragraph, whether it is marked so or not. A table that only lays a page out
(it holds another table, or has one column) is gone through like the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import html_table
from jixiao.formats.opened import not_endless, opened
from jixiao.formats.text_read import heading_level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CAPTION = re.compile(r"^(?=.{2,60}$)[^。；]*(?:表|情况|明细|汇总|一览)(?:[（(].*[）)])?$|^表\s*\d.{0,60}$")
_UNIT = re.compile(r"^[（(]?(?:金额)?单位\s*[:：]\s*(?P<unit>[^\s）)]{1,6})[）)]?$")


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
    return Document(tuple(_Reader(str(path)).blocks(root)), root.findtext(".//title") or "", str(path))


def _encoding(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


class _Reader:
    """Goes through the page once; a table is announced by the short lines just before it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.named: Counter[str] = Counter()
        self.before: list[str] = []

    def blocks(self, root: lxml_html.HtmlElement) -> Iterator[Block]:
        for node, text in _pieces(root):
            if node.tag == "table":
                yield self._table(node)
                self.before = []
            elif text:
                yield self._words(node, text)
                self.before = [*self.before[-1:], text]

    def _words(self, node: lxml_html.HtmlElement, text: str) -> Block:
        place = Place(self.name, line=node.sourceline, quote=text[:40])
        level = int(node.tag[1]) - 1 if node.tag in _HEADINGS else heading_level(text)
        return Paragraph(text, place=place) if level is None else Heading(text, level, place)

    def _table(self, node: lxml_html.HtmlElement) -> Table:
        heading = node.find("caption")
        unit = next((match["unit"] for text in self.before if (match := _UNIT.match(text))), None)
        titles = [text for text in self.before if _CAPTION.match(text) and not _UNIT.match(text)]
        caption = html_table.text_of(heading) if heading is not None else titles[-1] if titles else None
        part = caption.partition("\n")[0] if caption else f"表{sum(self.named.values()) + 1}"
        self.named[part] += 1
        where = Place(self.name, part if self.named[part] == 1 else f"{part}（{self.named[part]}）")
        rows = [
            [_placed(cell, where, at, column) for column, cell in enumerate(row, 1)]
            for at, row in enumerate(html_table.rows(node), 1)
        ]
        not_endless(rows, where)
        return Table.of(rows, caption=caption, unit=unit, name=where.part)


def _placed(cell: Cell, where: Place, row: int, column: int) -> Cell:
    return replace(cell, place=Place(where.file, where.part, row=row, column=column, quote=cell.text[:40]))


def _pieces(node: lxml_html.HtmlElement) -> Iterator[tuple[lxml_html.HtmlElement, str]]:
    """Yield the tables of a page and the stretches of text between what stands on lines of its own."""
    said = [node.text or ""]
    for child in node:
        if not isinstance(child.tag, str) or child.tag in html_table.UNSEEN:
            said.append(child.tail or "")
            continue
        if child.tag == "table" and not _lays_out(child):
            yield from ((node, text) for text in html_table.lines_of("".join(said)))
            yield child, ""
            said = []
        elif child.tag in html_table.OWN_LINES or _holds_lines(child):
            yield from ((node, text) for text in html_table.lines_of("".join(said)))
            yield from _pieces(child)
            said = []
        else:
            said.append(html_table.inner(child))
        said.append(child.tail or "")
    yield from ((node, text) for text in html_table.lines_of("".join(said)))


def _lays_out(table: lxml_html.HtmlElement) -> bool:
    """Return whether a table only lays out: it holds another table, or never has two cells beside each other."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return all(sum(1 for _ in line.iterchildren("td", "th")) < 2 for line in table.iter("tr"))


def _holds_lines(node: lxml_html.HtmlElement) -> bool:
    return any(inner.tag in html_table.OWN_LINES for inner in node.iterdescendants())
