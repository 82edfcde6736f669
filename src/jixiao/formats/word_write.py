"""写 Word: a document as .docx on the page of GB/T 9704-2012; the same document gives the same bytes.

The XML is written directly: a library's template would bring its own styles, theme and grid, and LibreOffice would
take Japanese faces from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Chart, Contents, Heading, PageBreak, Paragraph, Picture, Run, Table
from jixiao.formats import charts, word_text
from jixiao.formats.word_package import package
from jixiao.formats.word_page import Page, section_xml
from jixiao.formats.word_styles import KINDS
from jixiao.formats.word_table import table_xml
from jixiao.reports import taken_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.documents.document import Block, Document


_SIZE, _LARGE, _FEW = 9, 10.5, 6  # 小五 in tables, 五号 in those of few columns
_TALLEST = 100  # millimetres: two photographs with their captions stand on a page
_GAP = word_text.paragraph("Gap", "")


def write(document: Document, pages: Mapping[int, str] | None = None, *, tagged: bool = False) -> bytes:
    """Return the document as .docx; `pages` are the page numbers of its headings, by position, for the contents.

    Where it is `tagged`, every printed value stands in a content control that says its path, to be known again in an
    edited file.
    """
    writing = _Writing(document, pages or {}, tagged=tagged)
    for at, block in enumerate(document.blocks):
        writing.add(at, block)
    custom = taken_back.written(document.blocks) if tagged else ""
    return package(writing.body(), document.title, writing.pictures, _footer(document), custom)


def _footer(document: Document) -> str | None:
    """Return what stands on every page: the document's own footer, or that of the form that it consists of."""
    (first, *others) = document.blocks or (None,)
    alone = first.footer if isinstance(first, Table) and not others else None
    return document.footer or alone


class _Writing:
    """A document being written: what stands so far, and the section it stands in."""

    def __init__(self, document: Document, pages: Mapping[int, str], *, tagged: bool) -> None:
        self.document, self.pages, self.tagged = document, pages, tagged
        self.marks = {at: f"_Toc{number:04}" for number, (at, _) in enumerate(document.listed(), 1)}
        self.lines: list[str] = []
        self.pictures: list[bytes] = []
        self.page = Page(narrow=all(isinstance(block, Table) for block in document.blocks))
        self.turned = False  # by a wide table on a page that is otherwise upright
        self.new_page = False

    def body(self) -> str:
        """Return the text with its last section."""
        if not self.lines or self.lines[-1] == _GAP:
            self.lines[-1:] = [word_text.paragraph("End", "")]  # so low that it begins no page behind a full one
        return "".join(self.lines) + section_xml(self.page)

    def add(self, at: int, block: Block) -> None:
        """Write one block."""
        if isinstance(block, PageBreak):
            self._break(block)
            return
        self._turn(isinstance(block, Table) and block.landscape)
        if isinstance(block, Heading):
            cover = self.page.format == "none"
            self._put(word_text.heading(block, self.marks.get(at), cover=cover, new_page=self.new_page))
        elif isinstance(block, Paragraph):
            style = KINDS.get(block.kind, "BodyText")
            if block.kind == "signature" and self.lines:
                self.lines[-1] = self.lines[-1].replace("/>", "/><w:keepNext/>", 1)  # no page holds signatures alone
            inside = word_text.runs(block.runs or (Run(block.text),), tagged=self.tagged)
            self._put(word_text.paragraph(style, inside, new_page=self.new_page))
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Contents):
            listed = [(self.marks[at], heading, self.pages.get(at)) for at, heading in self.document.listed()]
            self.lines += word_text.contents(listed, block.levels)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._chart(block)

    def _put(self, line: str) -> None:
        self.lines.append(line)
        self.new_page = False

    def _break(self, block: PageBreak) -> None:
        form = self.page.format if block.numbers == "continue" else block.numbers
        page = Page(block.landscape, block.numbers, form, block.narrow)
        if not self.lines:
            self.page = page
        elif page.numbers == "continue" and page.margins() == self.page.margins():
            self.new_page = True
        else:
            self._section(page)
        self.turned = False

    def _turn(self, landscape: bool) -> None:
        """Turn the page for a wide table on upright pages, and back after it."""
        if landscape and not self.page.landscape:
            self._section(Page(True, "continue", self.page.format))
            self.turned = True
        elif self.turned and not landscape:
            self._section(Page(False, "continue", self.page.format))
            self.turned = False

    def _section(self, page: Page) -> None:
        """Close the section in its last paragraph, and begin another."""
        if self.lines:
            if not self.lines[-1].startswith("<w:p>"):
                self.lines.append(_GAP)
            self.lines[-1] = self.lines[-1].replace("</w:pPr>", f"{section_xml(self.page)}</w:pPr>", 1)
        self.page, self.new_page = page, False

    def _table(self, block: Table) -> None:
        if block.caption:
            self._put(word_text.paragraph("Caption", word_text.text(block.caption), new_page=self.new_page))
        if block.unit:
            self._put(word_text.paragraph("Unit", word_text.text(f"单位：{block.unit}"), new_page=self.new_page))
        if self.new_page:
            self._put(word_text.paragraph("Gap", "", new_page=True))
        size = _SIZE if len(block.grid[0]) > _FEW else _LARGE
        self.lines += [
            table_xml(block, self.page.usable(), size, tagged=self.tagged),
            _GAP,
        ]

    def _chart(self, block: Chart) -> None:
        png = charts.png(block)
        if png is None:
            self._put(word_text.paragraph("FigureCaption", word_text.text(block.caption), new_page=self.new_page))
            self._put(word_text.paragraph("BodyText", word_text.text(block.says)))
            return
        width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
        self._picture(Picture(png, width, height, block.caption, block.says), charts.SCALE)

    def _picture(self, block: Picture, scale: float = 1) -> None:
        size = (block.width, block.height)
        within = (self.page.usable(), _TALLEST)
        drawn = word_text.picture(len(self.pictures), size, scale, block.says, within)
        self.pictures.append(block.raw)
        self._put(word_text.paragraph("Figure", drawn, new_page=self.new_page))
        self._put(word_text.paragraph("FigureCaption", word_text.text(block.caption)))
