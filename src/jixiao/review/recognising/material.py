"""材料: a document laid ready for recognition: tables with their figures, and running text without line breaks.

Tables that a page break parted (the same head again, or the same width without a head) are joined. Blanks inside
Chinese text are dropped. Paragraphs that a page break parted are joined, and every letter keeps its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jixiao.documents.document import ASIDE, LOOSE, Cell, Heading, Paragraph, Table
from jixiao.figures.figure import Figure
from jixiao.figures.notation import clean, figure, is_placeholder
from jixiao.figures.units import BARE, Unit, unit
from jixiao.findings import Place
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.documents.document import Document

_GAPS = re.compile(r"(?<=[^\sA-Za-z])\s+|\s+(?=[^\sA-Za-z])")
_ENDS = re.compile(r"[。；;！!？?：:]$")
_STARTS = re.compile(
    r"[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s*[.．、](?!\d)|第[一二三四五六七八九十]+|[①-⑩]|-\s|[“\"《]|附[件表录]|表\s*\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s?年")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_RUNNING = 24
_UNIT = re.compile(r"单位\s*[:：]\s*(?P<unit>[亿万千百十]?[元人户家次]+次?)")
_LATEX = ((r"\geq", "≥"), (r"\leq", "≤"), (r"\%", "%"), (r"\times", "×"), ("$", ""))


def tidy(text: str) -> str:
    r"""Return running text without blanks inside Chinese and without LaTeX remnants; brackets stay as they are.

    >>> tidy("中央资金 42433 万元、自治 州资金"), tidy("$\\geq 85\\%$"), tidy("4 × 100% = 4      100%")
    ('中央资金42433万元、自治州资金', '≥85%', '4×100%=4 100%')
    """
    for written, meant in _LATEX:
        text = text.replace(written, meant)
    return _GAPS.sub(_gap, text.replace("\n", "")).strip()


def _gap(match: re.Match[str]) -> str:
    """Return what is left of blanks: one between two figures in columns of their own or before a year, else nothing."""
    start, end = match.span()
    before, after = match.string[start - 1 : start], match.string[end : end + 1]
    if before.isdigit() and _YEAR.match(match.string, end):
        return " "
    return " " if len(match[0]) > 2 and (before.isdigit() or before == "%") and after.isdigit() else ""


@dataclass(eq=False)
class Grid:
    """A table whose cells are read once: `rows` repeats spanning cells; `unit` is what its amounts are in."""

    rows: list[list[Cell | None]]
    number: int
    block: int
    caption: str = ""
    unit: Unit = BARE
    above: str = ""
    cut: tuple[bool, bool] = (False, False)  # whether rows above and below it may not have been read
    _claims: dict[tuple[int, str], Claim | None] = field(default_factory=dict)
    _texts: dict[int, str] = field(default_factory=dict)
    _width: tuple[int, int] = (0, 0)  # how many rows there were when it was counted, and what it was

    def text(self, row: int, column: int) -> str:
        """Return the cleaned text of a position."""
        line = self.rows[row]
        cell = line[column] if 0 <= column < len(line) else None
        if cell is None:
            return ""
        found = self._texts.get(id(cell))
        if found is None:
            found = self._texts[id(cell)] = clean(cell.text).replace("\n", "")
        return found

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell at a position."""
        return self.rows[row][column] if 0 <= column < len(self.rows[row]) else None

    def width(self) -> int:
        """Return the number of columns."""
        if self._width[0] != len(self.rows):
            self._width = (len(self.rows), max((len(row) for row in self.rows), default=0))
        return self._width[1]

    def figure(self, row: int, column: int, kind: str = "amount", expected: Unit = BARE) -> Claim | None:
        """Return the claim of a cell that is one figure, the same claim each time; None for words and blanks."""
        cell = self.cell(row, column)
        if cell is None:
            return None
        key = (id(cell), kind if kind in ("target", "actual") else "")
        if key not in self._claims:
            self._claims[key] = _claim(cell, kind, expected, f"T{self.number}/{row}/{column}")
        return self._claims[key]

    def claims(self) -> set[int]:
        """Return the ids of the claims that were read in it."""
        return {id(claim) for claim in self._claims.values() if claim is not None}


_BESIDE = 3  # blocks
_ONE_NUMBER = re.compile(r"[≥≤=<>]*[-+]?[\d,]+(?:\.\d+)?%?(?:万元|亿元|元/人|元|万人次|万人|人次|人|分|个月)?")


def is_number(text: str) -> bool:
    """Return whether a cell's text is one printed number, with its sign and unit."""
    return _ONE_NUMBER.fullmatch(text.strip()) is not None


def _claim(cell: Cell, kind: str, expected: Unit, subject: str) -> Claim | None:
    text = clean(cell.text).replace("\n", "")
    if not text or is_placeholder(text) or len(text) > 40:
        return None
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    read = figure(text, expected=expected)
    if not isinstance(read, Figure) or (read.unit.name == "年" and 1900 <= read.num <= 2100):
        return None
    place = replace(cell.place, quote=cell.text.strip()[:60]) if cell.place else Place(quote=cell.text.strip()[:60])
    return Claim(kind, subject, None, (read.num, read.den, read.unit.base), replace(read, spelt=text), text, place)


@dataclass(eq=False)
class Passage:
    """A stretch of running text; `starts` and `places` say where each piece of it came from."""

    text: str
    block: int
    starts: list[int]
    places: list[Place]
    heading: tuple[str, ...] = ()

    def place(self, at: int, quote: str | None = None) -> Place:
        """Return the place of a letter, quoting what stands around it."""
        found = self.places[max(0, bisect_right(self.starts, at) - 1)]
        return replace(found, quote=quote if quote is not None else self.text[max(0, at - 15) : at + 30])


@dataclass(eq=False)
class Material:
    """A document ready for recognition; headings are passages too."""

    grids: list[Grid]
    passages: list[Passage]
    headings: list[tuple[int, Heading]]
    title: str
    name: str
    blocks: int
    loose: list[Passage] = field(default_factory=list)  # pieces of tables: their figures are read and not understood


def material(document: Document) -> Material:
    """Return a document's tables joined and its text without line breaks."""
    grids: list[Grid] = []
    passages: list[Passage] = []
    headings: list[tuple[int, Heading]] = []
    loose: list[Passage] = []
    missed = -1  # the last block that is a piece of a table
    path: list[tuple[int, str]] = []
    for at, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            text = tidy(block.text)
            path = [*((level, above) for level, above in path if level < block.level), (block.level, text)]
            headings.append((at, block))
            passages.append(_passage(text, at, block.place, path))
        elif isinstance(block, Paragraph):
            text = tidy(block.text)
            if block.kind in (LOOSE, ASIDE):
                loose.append(_passage(text, at, block.place, path))
                missed = at if block.kind == LOOSE else missed
            elif text:
                _append(passages, _passage(text, at, block.place, path))
        elif isinstance(block, Table):
            above = passages[-1].text if passages and at - passages[-1].block <= 2 else ""
            parted = any(_parts(p) for p in passages if grids and p.block > grids[-1].block)
            _join(grids, block, at, above, missed, parted=parted)
    _cells_as_text(grids, passages)
    return Material(grids, passages, headings, _title(document), document.name or "", len(document.blocks), loose)


def _title(document: Document) -> str:
    """Return the first lines of a document, which say what it is about."""
    lines = [tidy(block.text) for block in document.blocks[:8] if isinstance(block, Heading | Paragraph)]
    return "".join(line for line in lines if len(line) < 60)[:200] or tidy(document.title)


def _passage(text: str, at: int, place: Place | None, path: list[tuple[int, str]]) -> Passage:
    return Passage(text, at, [0], [place or Place()], tuple(above for _, above in path))


def _append(passages: list[Passage], new: Passage) -> None:
    """Add a passage, or the rest of the one before where a page break parted a sentence."""
    last = passages[-1] if passages else None
    broken = (
        last is not None
        and last.text
        and not _ENDS.search(last.text)
        and not _STARTS.match(new.text)
        and new.block - last.block <= 2
        and len(last.text) > 18
        and last.heading == new.heading
        and not (last.heading and last.text == last.heading[-1])
    )
    if not broken or last is None:
        passages.append(new)
        return
    last.starts.append(len(last.text))
    last.places += new.places
    last.text += new.text
    last.block = new.block


def _parts(passage: Passage) -> bool:
    """Return whether a text between two tables parts them: a heading, a title or a sentence, no head of the page."""
    text = passage.text
    if re.match(r"[（(]?(接上表|续)", text):
        return False
    titled = bool(passage.heading) and text == passage.heading[-1]
    return titled or len(_CHINESE.findall(text)) > _RUNNING or bool(re.search(r"附[件表录]|^表|表$|。$", text))


def _join(grids: list[Grid], block: Table, at: int, above: str, missed: int, *, parted: bool) -> None:
    """Add a table, or its rows to the one before, where a page break parted them and nothing is said between.

    `missed` is the last block that is a piece of a table: rows between the two parts, or above the table, are unread.
    """
    rows = block.filled()
    if not rows:
        return
    last = grids[-1] if grids else None
    if last is not None and not parted and not block.caption:
        head = [_text(cell) for cell in rows[0]]
        again = len({id(cell) for cell in rows[0] if _text(cell)}) > 2 and any(
            head == [_text(cell) for cell in row] for row in last.rows[:4]
        )
        if again or _goes_on(last, rows):
            last.rows += rows[1:] if again else rows
            last.block, last.cut = at, (last.cut[0] or missed > last.block, block.cut_below)
            return
    unit_of = _unit(block, above, rows)
    cut = (block.cut_above or 0 <= missed >= at - _BESIDE, block.cut_below)
    grids.append(Grid(rows, len(grids) + 1, at, tidy(block.caption or ""), unit_of, above, cut))


def _goes_on(last: Grid, rows: list[list[Cell | None]]) -> bool:
    """Return whether rows without a head go on with the table at the foot of the page before."""
    pages = [cell.place.page for cell in (last.rows[-1][0], rows[0][0]) if cell is not None and cell.place is not None]
    if len(pages) < 2 or None in pages or pages[1] != (pages[0] or 0) + 1 or len(rows[0]) != last.width():
        return False
    return any(is_number(_text(cell)) for cell in rows[0])


def _text(cell: Cell | None) -> str:
    return clean(cell.text).replace("\n", "") if cell is not None else ""


def _unit(block: Table, above: str, rows: list[list[Cell | None]]) -> Unit:
    texts = [f"单位：{block.unit}" if block.unit else "", above[-40:], block.caption or ""]
    texts += [_text(cell) for row in rows[:3] for cell in row]
    for text in texts:
        match = _UNIT.search(text)
        if match and (found := unit(match["unit"])) is not None:
            return found
    return BARE


def _cells_as_text(grids: list[Grid], passages: list[Passage]) -> None:
    """Add long cells as passages: sentences in tables are checked like any other."""
    for grid in grids:
        seen: set[int] = set()
        for row in grid.rows:
            for cell in row:
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                text = tidy(cell.text)
                if len(text) > 30:
                    passages.append(Passage(text, grid.block, [0], [cell.place or Place()], (f"T{grid.number}",)))
