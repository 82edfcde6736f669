"""表格形状: what a shape of tables gives: rows of texts with the line of each, and where the table ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from jixiao.formats.text_shapes.words import is_blank, is_figure, is_year, role, segments, words

if TYPE_CHECKING:
    from collections.abc import Sequence

CAPTION = re.compile(r"^(?=.{2,60}$)[^。；]*(?:表|情况|明细|汇总|一览)(?:[（(].*[）)])?$|^表\s*\d")
UNIT = re.compile(r"^[（(]?(?:金额)?单位\s*[:：]\s*(?P<unit>[^\s）)]{1,6})[）)]?$")
PAGE = re.compile(r"(?:^|\s)(?:[—–-]\s*[\dIVXivx]+\s*[—–-]|第\s*\d+\s*页.*|[-—–]?\s*\d+\s*/\s*\d+)$|^\d{1,3}$")
TOTAL = re.compile(r"(?:合|总|小)\s*[计分]|总得分|综合得分|得分合计")
_MOST_GROUPS, _LINES_AHEAD, _HEADS = 2, 3, 2
_STOPS = re.compile(r"[，。；：！？]")
RULE = re.compile(r"^[\s|:+=—-]+$")


class Row(NamedTuple):
    """A row of a table as met: its texts and the line of each; how far each spans (down, right) where that is known."""

    texts: list[str]
    lines: list[int]
    spans: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """The tables that stand from a line on, one below the other, and the line after them.

    `loose` are pieces of cells of which it could not be told which: their line and text. `cut` says whether rows may
    stand above and below that were not read.
    """

    tables: list[list[Row]]
    end: int
    loose: tuple[tuple[int, str], ...] = ()
    cut: tuple[bool, bool] = (False, False)


def alone(row: Row) -> tuple[str, int] | None:
    """Return the text and line of a row that holds one cell only, as titles and units of tables do."""
    filled = [(text, line) for text, line in zip(row.texts, row.lines, strict=True) if text]
    return filled[0] if len(filled) == 1 and len(row.texts) == 1 else None


def is_loose(line: str) -> bool:
    """Return whether a line is a piece of a table rather than text: columns far apart, or hardly more than figures.

    >>> is_loose("参保率     95%     96.2%"), is_loose("10 92.50% 9.25"), is_loose("5"), is_loose("参保率 为 95%。")
    (True, True, True, False)
    """
    text = line.strip()
    if PAGE.search(text) and not is_figure(text):
        return False
    found = words(text)
    figures = [(is_figure(word.text) and not is_year(word.text)) or is_blank(word.text) for word in found]
    beside = any(one and other for one, other in pairwise(figures))
    if any(figures) and "。" not in text and (beside or len(list(segments(found))) > _MOST_GROUPS):
        return True
    return any(figures) and sum(figures) * 2 >= len(found) and not _STOPS.search(text)


def goes_on(lines: Sequence[str], at: int) -> bool:
    """Return whether more of a table may follow: pieces with figures, or any on top of the next page."""
    following = [line for line in lines[at:] if line.strip() and not PAGE.search(line.strip())][:_LINES_AHEAD]
    if following and not following[0].endswith("\f") and sum(1 for w in words(following[0]) if role(w.text)) > _HEADS:
        return False  # another table begins
    pieces = [line for line in following if is_loose(line)]
    over = bool(following) and following[0].endswith("\f") and following[0] in pieces
    return over or any(is_figure(word.text) and not is_year(word.text) for line in pieces for word in words(line))
