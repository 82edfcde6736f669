"""计数: what an engine counts in the answers; everything that is printed is divided and rounded from here.

>>> Count(shown=3, answered=2, chosen=(2, 0)).missing
1
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.findings import Message
    from jixiao.surveys.moments import Moments


@dataclass(frozen=True, slots=True)
class Count:
    """One question over the valid answers: to how many it was shown, how many answered, how often each option.

    `chosen` follows `Question.choices()`; for a multiple choice it counts selections. `stray` were answered
    although the question was not shown to them.
    """

    shown: int
    answered: int
    chosen: tuple[int, ...] = ()
    stray: int = 0

    @property
    def missing(self) -> int:
        """Return how many saw the question and left it blank."""
        return self.shown - (self.answered - self.stray)

    @property
    def selections(self) -> int:
        """Return how many times any option was chosen."""
        return sum(self.chosen)

    def plus(self, other: Count) -> Count:
        """Return the counts of both groups together."""
        chosen = tuple(map(int.__add__, self.chosen, other.chosen))
        return Count(self.shown + other.shown, self.answered + other.answered, chosen, self.stray + other.stray)


class Totals(NamedTuple):
    """Person by person, the points of the satisfaction items added up: persons who answered all, Σt, Σt²."""

    n: int
    points: int
    squares: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The counts of one stratum, or of everything where there are no strata."""

    returned: int
    valid: int
    counts: Mapping[str, Count]
    moments: Moments | None = None
    totals: Totals | None = None

    def plus(self, other: Slice) -> Slice:
        """Return the counts of both slices together."""
        moments = self.moments.plus(other.moments) if self.moments and other.moments else None
        totals = Totals(*map(int.__add__, self.totals, other.totals)) if self.totals and other.totals else None
        counts = {code: count.plus(other.counts[code]) for code, count in self.counts.items()}
        return Slice(self.returned + other.returned, self.valid + other.valid, counts, moments, totals)


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything counted. returned = unreadable + Σ excluded + valid.

    `excluded` holds, by the first rule broken, the answers left out; `broken` how many answers break each rule.
    `slices` has the one key "" where the questionnaire names no strata.
    """

    returned: int
    unreadable: int
    excluded: Mapping[str, int]
    broken: Mapping[str, int]
    slices: Mapping[str, Slice]
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> Slice:
        """Return the slices added up."""
        return reduce(Slice.plus, self.slices.values())

    @property
    def valid(self) -> int:
        """Return how many answers are valid."""
        return sum(part.valid for part in self.slices.values())


def merged(tallies: Mapping[str, Tally], *, by_name: bool = False) -> Tally:
    """Return several files' tallies as one; `by_name` makes each file one stratum of its name."""
    slices: dict[str, Slice] = {}
    for name, tally in tallies.items():
        for part, one in ({name: tally.all} if by_name else tally.slices).items():
            slices[part] = slices[part].plus(one) if part in slices else one
    every = list(tallies.values())
    return Tally(
        sum(tally.returned for tally in every),
        sum(tally.unreadable for tally in every),
        _summed([tally.excluded for tally in every]),
        _summed([tally.broken for tally in every]),
        slices,
        _summed([tally.skipped for tally in every]),
    )


def _summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    names = dict.fromkeys(name for count in counts for name in count)
    return {name: sum(count.get(name, 0) for count in counts) for name in names}


class Bad(NamedTuple):
    """A cell that could not be read: its row (as the file numbers them), question or column, text, reason, file."""

    row: int
    column: str
    spelt: str
    why: Message
    file: str = ""


class Counted(NamedTuple):
    """A tally with the rows that could not be read; `bad_cells` counts them all, `bad` lists the first of them.

    `blank` rows hold nothing and are no answers.
    """

    tally: Tally
    bad: tuple[Bad, ...] = ()
    bad_cells: int = 0
    blank: int = 0
