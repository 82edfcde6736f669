"""行里的词: the words of a line with where each begins and ends, and which of them are figures or known heads.

A unit that stands a blank behind its number belongs to it (41 万人).

>>> words("参保人数   ≥41 万人  5")
[Word(start=0, end=4, text='参保人数'), Word(start=7, end=13, text='≥41 万人'), Word(start=15, end=16, text='5')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.units import unit
from jixiao.formats.text_tables import is_number
from jixiao.review.recognising.heads import head_text, heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARKS = ("weight", "score", "score_rate", "completion", "deviation")
LEVELS = ("level1", "level2", "level3")
_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPEN = re.compile(r"[≥≤=<>]*[-+]?[\d,.]*\d")
_MINUS = str.maketrans("−–﹣", "---")
_DASH = re.compile(r"[-—–/]{1,3}")


class Word(NamedTuple):
    """A word and the columns of letters that it takes."""

    start: int
    end: int
    text: str


def words(line: str) -> list[Word]:
    """Return the words of a line, a number with its unit as one."""
    found: list[Word] = []
    for match in _WORD.finditer(line):
        word = Word(match.start(), match.end(), match[0])
        if found and word.start - found[-1].end == 1 and _belong(found[-1].text, word.text):
            word = Word(found[-1].start, word.end, f"{found[-1].text} {word.text}")
            found.pop()
        found.append(word)
    return found


def _belong(before: str, after: str) -> bool:
    return _OPEN.fullmatch(before) is not None and unit(after.rstrip("，。；")) is not None


def is_figure(text: str) -> bool:
    """Return whether a word is a number as a cell of a table holds it.

    >>> is_figure("1,560.00"), is_figure("≥95%"), is_figure("−0.14%"), is_figure("第3批")
    (True, True, True, False)
    """
    return is_number(text.replace(" ", "").translate(_MINUS))


def is_year(text: str) -> bool:
    """Return whether a word may be a year, as heads are."""
    return _YEAR.fullmatch(text) is not None


def is_blank(text: str) -> bool:
    """Return whether a word only says that a cell is empty."""
    return _DASH.fullmatch(text) is not None


def role(text: str) -> str | None:
    """Return what stands below a head of indicator tables, where it is known."""
    return heads().get(head_text(text))


def is_scored(heads: Iterable[str]) -> bool:
    """Return whether heads are those of indicators with their marks: such a table is whole only with its total."""
    roles = {role(head) for head in heads}
    return bool(roles & set(LEVELS) and roles & set(MARKS))


def segments(line: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of a line in groups that at least two blanks part."""
    group: list[Word] = []
    for word in line:
        if group and word.start - group[-1].end > 1:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def joined(group: Sequence[Word]) -> Word:
    """Return words as one, without the blanks between them."""
    return Word(group[0].start, group[-1].end, "".join(word.text for word in group))
