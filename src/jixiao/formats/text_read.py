"""读文本: plain text, as it is taken out of a Word or PDF file, as a document: headings, paragraphs and tables.

The shapes that tables take are in `text_shapes`. Every block keeps its line, and its page where form feeds tell it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from jixiao.documents.document import ASIDE, LOOSE, Block, Cell, Document, Heading, Paragraph, Table
from jixiao.findings import Place
from jixiao.formats.legible import legible
from jixiao.formats.opened import not_endless, opened
from jixiao.formats.text_shapes import columns, pipes, run_together, stacked, tabs, tags
from jixiao.formats.text_shapes.shape import CAPTION, UNIT, Row, alone, is_loose
from jixiao.formats.text_shapes.words import is_figure, words
from jixiao.formats.text_tables import laid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHAPES = (tags, pipes, stacked, tabs, columns, run_together)
_HEADINGS = (
    (1, re.compile(r"[一二三四五六七八九十]+\s*、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
    (1, re.compile(r"附\s*[件表录]\s*\d*")),
)
_SAYS = re.compile(r"\d.*[，,]|[，,].*\d")  # a sentence with figures, cut off at the end of its line
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ENDS = re.compile(r"[。；;！!？?，,：:、]$")
_MARKUP = re.compile(r"</?(?:p|ol|ul|li|u|b|i|br|span|div|sup|sub|html|body)\b[^>]*>")
_LONGEST_HEADING = 60
_RUNNING = 20


def read(path: Path) -> Document:
    """Return a text file as a document; `CannotOpen` where it cannot be."""
    return read_text(decoded(opened(path)), str(path))


def decoded(raw: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 by its mark, else GB 18030.

    >>> decoded("绩效".encode("gbk"))
    '绩效'
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def read_text(text: str, name: str) -> Document:
    """Return the blocks of a text; form feeds, where it has any, begin its pages."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pages = list(accumulate((line.count("\f") for line in lines), initial=1))[1:] if "\f" in text else []
    pieces = [(piece, at) for at, line in enumerate(lines) for piece in tags.parted(_MARKUP.sub("", line))]
    reader = _Reader(
        [legible(piece) + "\f" * ("\f" in piece) for piece, _ in pieces], name, [at for _, at in pieces], pages
    )
    blocks = tuple(reader.blocks())
    title = next((block.text for block in blocks if isinstance(block, Heading | Paragraph)), "")
    return Document(blocks, title, name)


class _Reader:
    """Goes through the lines once; `numbers` are those they have in the file."""

    def __init__(self, lines: list[str], name: str, numbers: list[int], pages: list[int]) -> None:
        self.lines, self.name, self.numbers, self.pages = lines, name, numbers, pages
        self.tables = 0
        self.caption: str | None = None
        self.unit: str | None = None

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self.lines):
            found = next((found for shape in _SHAPES if (found := shape.found(self.lines, at))), None)
            if found is not None:
                for rows in found.tables:
                    yield from (_cut(block, found.cut) for block in self._table(rows))
                for line, text in found.loose:
                    yield Paragraph(text, ASIDE, self._place(line, text))
            elif self.lines[at].strip():
                yield self._words(at)
            at = found.end if found is not None else at + 1

    def _place(self, at: int, text: str) -> Place:
        return Place(self.name, page=self._page(at), line=self.numbers[at] + 1, quote=text[:60])

    def _page(self, at: int) -> int | None:
        return self.pages[self.numbers[at]] if self.pages else None

    def _words(self, at: int) -> Block:
        line = self.lines[at].strip()
        text = line.lstrip("#").strip()
        place = self._place(at, text)
        unit = UNIT.match(text)
        self.unit = unit["unit"] if unit else None
        self.caption = text if CAPTION.match(text) else self.caption if unit else None
        if is_loose(line) and not self._in_sentence(at):
            return Paragraph(text, LOOSE, place)
        level = heading_level(text)
        if line.startswith("#") and level is None:
            level = min(len(line) - len(line.lstrip("#")) - 1, 4)
        return Paragraph(text, place=place) if level is None else Heading(text, level, place)

    def _in_sentence(self, at: int) -> bool:
        """Return whether a line goes on with a sentence of the line before it."""
        before = self.lines[at - 1].strip() if at else ""
        if len(before) <= _RUNNING or is_loose(before):
            return False
        return "，" in before or not is_figure(words(before)[-1].text)  # as a row ends, and a sentence hardly ever

    def _table(self, rows: list[Row]) -> Iterator[Block]:
        """Yield a table with the captions that stand in it as rows of their own before it."""
        caption, unit = self.caption, self.unit
        while rows and (title := alone(rows[0])) is not None:
            text, line = title
            found = UNIT.match(text)
            unit = found["unit"] if found else unit
            caption = text if caption is None and not found else caption
            yield Paragraph(text, place=self._place(line, text))
            rows = rows[1:]
        self.caption, self.unit = None, None
        if rows:
            self.tables += 1
            yield self._laid(rows, caption, unit)

    def _laid(self, rows: list[Row], caption: str | None, unit: str | None) -> Table:
        part = f"表{self.tables}"

        def place(row: int, column: int) -> Place:
            text, at = rows[row].texts[column], rows[row].lines[column]
            return Place(self.name, part, self._page(at), self.numbers[at] + 1, row + 1, column + 1, text[:60])

        if not any(row.spans for row in rows):
            return laid([row.texts for row in rows], place, caption, part, unit)
        cells = [
            [
                Cell(text, *span, place=place(at, column))
                for column, (text, span) in enumerate(
                    zip(row.texts, row.spans or [(1, 1)] * len(row.texts), strict=True)
                )
            ]
            for at, row in enumerate(rows)
        ]
        not_endless(cells, Place(self.name, part))
        return Table.of(cells, caption=caption, name=part, unit=unit)


def _cut(block: Block, cut: tuple[bool, bool]) -> Block:
    return replace(block, cut_above=cut[0], cut_below=cut[1]) if isinstance(block, Table) and any(cut) else block


def heading_level(text: str) -> int | None:
    """Return the level that a line's number gives it, or None for running text.

    >>> heading_level("（二）项目过程情况"), heading_level("1.按时足额安排资金。"), heading_level("2023年10月")
    (2, None, None)
    """
    if len(text) > _LONGEST_HEADING or _ENDS.search(text.rstrip("：:")) or "。" in text:
        return None
    level, rest = next(
        ((level, text[match.end() :]) for level, form in _HEADINGS if (match := form.match(text))), (None, "")
    )
    return None if _SAYS.search(_BRACKETS.sub("", rest)) else level
