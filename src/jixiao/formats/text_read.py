"""读文本: plain text, as it is taken out of a Word or PDF file, as a document: headings, paragraphs and tables.

Tables are met in three shapes: cells parted by tabs on one line; one cell a line, each begun by a tab, with an empty
line between rows; and columns of two or more blanks. Every block keeps its line.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Block, Document, Heading, Paragraph, Table
from jixiao.findings import Place
from jixiao.formats.opened import opened
from jixiao.formats.text_tables import laid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEADINGS = (
    (1, re.compile(r"[一二三四五六七八九十]+\s*、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d{1,2}\s*[.．、](?!\d)")),
    (4, re.compile(r"[（(]\d{1,2}[）)]")),
    (1, re.compile(r"附\s*[件表录]\s*\d*")),
)
_ENDS = re.compile(r"[。；;！!？?，,：:、]$")
_UNIT = re.compile(r"^[（(]?单位\s*[:：]\s*(?P<unit>[^\s）)]{1,6})[）)]?$")
_CAPTION = re.compile(r"^(?=.{2,60}$)[^。；]*(?:表|情况|明细|汇总|一览)(?:[（(].*[）)])?$|^表\s*\d")
_PIPES = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^[\s|:—-]+$")
_MARKUP = re.compile(r"</?(?:p|ol|ul|li|u|b|i|br|span|div|sup|sub)\b[^>]*>")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_LONGEST_HEADING = 60


class Row(NamedTuple):
    """A row of a table as met: its texts and the line of each."""

    texts: list[str]
    lines: list[int]


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


def legible(text: str) -> str:
    r"""Return the text without letters that cannot be seen, and with the radicals that PDF fonts leave as characters.

    >>> legible("⼀、⾦额\u200b5\x01")
    '一、金额5'
    """
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def read_text(text: str, name: str) -> Document:
    """Return the blocks of a text; form feeds, where it has any, begin its pages."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pages = list(accumulate((line.count("\f") for line in lines), initial=1))[1:] if "\f" in text else []
    blocks = tuple(_Reader([legible(_MARKUP.sub("", line)) for line in lines], name, pages).blocks())
    title = next((block.text for block in blocks if isinstance(block, Heading | Paragraph)), "")
    return Document(blocks, title, name)


class _Reader:
    """Goes through the lines once; `at` is the line that comes next."""

    def __init__(self, lines: list[str], name: str, pages: list[int]) -> None:
        self.lines, self.name, self.pages = lines, name, pages
        self.at, self.tables = 0, 0
        self.caption: str | None = None
        self.unit: str | None = None

    def blocks(self) -> Iterator[Block]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.at += 1
            elif _PIPES.match(line):
                yield from self._table(list(self._piped()))
            elif self._stacked_here():
                for rows in self._parted(list(self._stacked())):
                    yield from self._table(rows)
            elif "\t" in line.strip("\n").rstrip() and len([cell for cell in line.split("\t") if cell.strip()]) > 1:
                yield from self._table(list(self._tabbed()))
            elif len(self._columns(line)) > 2 and self._spaced_here():
                yield from self._table(list(self._spaced()))
            else:
                yield self._words(line)
                self.at += 1

    def _place(self, at: int, text: str) -> Place:
        return Place(self.name, page=self._page(at), line=at + 1, quote=text[:60])

    def _page(self, at: int) -> int | None:
        return self.pages[at] if self.pages else None

    def _words(self, line: str) -> Block:
        text = line.strip().lstrip("#").strip() if line.lstrip().startswith("#") else line.strip()
        place = self._place(self.at, text)
        unit = _UNIT.match(text)
        self.unit = unit["unit"] if unit else None
        self.caption = text if _CAPTION.match(text) else self.caption if unit else None
        level = heading_level(text)
        if line.lstrip().startswith("#") and level is None:
            level = min(len(line.lstrip()) - len(line.lstrip().lstrip("#")) - 1, 4)
        return Paragraph(text, place=place) if level is None else Heading(text, level, place)

    def _table(self, rows: list[Row]) -> Iterator[Block]:
        """Yield a table with the captions that stand in it as rows of their own before it."""
        caption, unit = self.caption, self.unit
        while rows and (alone := _alone(rows[0])) is not None:
            text, line = alone
            found = _UNIT.match(text)
            unit = found["unit"] if found else unit
            caption = text if caption is None and not found else caption
            yield Paragraph(text, place=self._place(line, text))
            rows = rows[1:]
        self.caption, self.unit = None, None
        if not rows:
            return
        self.tables += 1
        part = f"表{self.tables}"

        def place(row: int, column: int) -> Place:
            found = rows[row]
            text = found.texts[column]
            line = found.lines[column]
            return Place(self.name, part, self._page(line), line + 1, row + 1, column + 1, text[:60])

        yield laid([row.texts for row in rows], place, caption, part, unit)

    def _tabbed(self) -> Iterator[Row]:
        """Yield lines with tabs; one empty line may stand between, when what follows has as many cells."""
        width = 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if "\t" not in line:
                after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
                if not line.strip() and width and abs(after.count("\t") + 1 - width) <= 1 and after.startswith("\t"):
                    self.at += 1
                    continue
                return
            texts = [cell.strip() for cell in line.split("\t")]
            width = max(width, len(texts))
            if not all(_RULE.match(text) or not text for text in texts):
                yield Row(texts, [self.at] * len(texts))
            self.at += 1

    def _piped(self) -> Iterator[Row]:
        while self.at < len(self.lines) and _PIPES.match(self.lines[self.at]):
            line = self.lines[self.at].strip()
            if not _RULE.match(line):
                texts = [cell.strip().replace("<br>", "") for cell in line[1:-1].split("|")]
                yield Row(texts, [self.at] * len(texts))
            self.at += 1

    def _stacked_here(self) -> bool:
        """Return whether one cell a line begins here: this line and the next each hold one tab, at their start."""
        line = self.lines[self.at]
        if not line.startswith("\t") or "\t" in line[1:]:
            return False
        ahead = [other for other in self.lines[self.at + 1 : self.at + 12] if other.strip(" \n")]
        return sum(1 for other in ahead if other.startswith("\t")) >= max(1, len(ahead) // 2)

    def _stacked(self) -> Iterator[Row]:
        row, empty = Row([], []), 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("\t") and "\t" not in line[1:]:
                row.texts.append(line.strip())
                row.lines.append(self.at)
                empty = 0
            elif not line.strip():
                empty += 1
                if row.texts:
                    yield row
                    row = Row([], [])
            elif row.texts and not empty and len(line.strip()) < 40:
                row.texts[-1] += line.strip()
            else:
                break
            self.at += 1
        if row.texts:
            yield row

    def _parted(self, rows: list[Row]) -> Iterator[list[Row]]:
        """Yield the tables that stand one below the other, each begun by a title in a row of its own."""
        found: list[Row] = []
        for row in rows:
            if not any(text for text in row.texts):
                continue
            alone = _alone(row)
            if alone is not None and _CAPTION.match(alone[0]) and any(_alone(earlier) is None for earlier in found):
                yield found
                found = []
            found.append(row)
        if found:
            yield found

    def _columns(self, line: str) -> list[str]:
        return re.split(r"\s{2,}", line.strip())

    def _spaced_here(self) -> bool:
        """Return whether at least three lines in a row have the same three or more columns of text."""
        ahead = self.lines[self.at : self.at + 3]
        counts = {len(self._columns(line)) for line in ahead if line.strip()}
        return len(ahead) == 3 and len(counts) == 1 and min(counts) > 2

    def _spaced(self) -> Iterator[Row]:
        while self.at < len(self.lines) and len(self._columns(self.lines[self.at])) > 2:
            texts = self._columns(self.lines[self.at])
            yield Row(texts, [self.at] * len(texts))
            self.at += 1


def _alone(row: Row) -> tuple[str, int] | None:
    """Return the text and line of a row that holds one cell only, as titles and units of tables do."""
    filled = [(text, line) for text, line in zip(row.texts, row.lines, strict=True) if text]
    return filled[0] if len(filled) == 1 and len(row.texts) == 1 else None


def heading_level(text: str) -> int | None:
    """Return the level that a line's number gives it, or None for running text.

    >>> heading_level("（二）项目过程情况"), heading_level("1.按时足额安排资金。"), heading_level("2023年10月")
    (2, None, None)
    """
    if len(text) > _LONGEST_HEADING or _ENDS.search(text.rstrip("：:")) or "。" in text:
        return None
    return next((level for level, form in _HEADINGS if form.match(text)), None)


__all__ = ["Table", "decoded", "heading_level", "legible", "read", "read_text"]
