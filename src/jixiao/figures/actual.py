"""实际完成值: the kinds of thing that stand where an actual value should.

A figure, a date, a level word or a checklist are values. A verdict (达成预期指标) and the target copied
down (≥95%) are not: they are known as such, and nothing is scored from them as if it had been measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from jixiao.figures.dates import When
from jixiao.figures.figure import Figure
from jixiao.figures.unread import Unread


@dataclass(frozen=True, slots=True)
class Level:
    """A qualitative level, such as 成效明显; `spelt` is the text it came from."""

    word: str
    spelt: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Return the text it came from, else the word."""
        return self.word if self.spelt is None else self.spelt


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement in place of a value: `met` is True, False, or None for in part or unsaid."""

    word: str
    met: bool | None
    spelt: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Return the text it came from, else the word."""
        return self.word if self.spelt is None else self.spelt


@dataclass(frozen=True, slots=True)
class Echo:
    """The target's own text, sign and all, repeated in place of a measurement."""

    spelt: str

    def __str__(self) -> str:
        """Return the text as it stands."""
        return self.spelt


@dataclass(frozen=True, slots=True)
class Checked:
    """The value of a checklist: which elements are met (numbered from 1), and the word printed for it."""

    met: tuple[int, ...]
    word: str

    def __str__(self) -> str:
        """Return the word."""
        return self.word


Value: TypeAlias = Figure | When | Level | Verdict | Echo | Checked | Unread
