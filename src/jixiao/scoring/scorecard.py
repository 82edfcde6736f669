"""得分表: the scores of a system, its sections, its total and its grade; sums are sums of awarded scores only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.findings import Finding
    from jixiao.scoring.rule import Step

How = Literal["computed", "overridden", "typed"]


class Score(NamedTuple):
    """The points awarded to one indicator or group, and how they came about.

    `computed` is what the rule gave (None where it gave none), `reason` why a typed score stands in its place.
    """

    code: str
    awarded: Decimal
    full: Decimal
    how: How = "computed"
    computed: Decimal | None = None
    reason: str | None = None
    steps: Sequence[Step] = ()

    def rate(self) -> Figure | None:
        """Return awarded ÷ full as a percentage, or None for a weight of zero."""
        return share_of(self.awarded, self.full)


@dataclass(frozen=True, slots=True)
class Section:
    """A first-level indicator with the sum of its scores; `awarded` is None while one of them is missing."""

    code: str
    name: str
    full: Decimal
    awarded: Decimal | None

    def weight(self) -> Decimal | None:
        """Return the points that it is scored out of, or None where none of its indicators has a weight."""
        return self.full or None

    def rate(self) -> Figure | None:
        """Return awarded ÷ full as a percentage, or None while it is not scored."""
        return None if self.awarded is None else share_of(self.awarded, self.full)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of scoring: scores by code, sums of every group, sections, total and grade.

    `total` and `grade` are None while a score is missing or a blocking finding stands; `findings` says
    what stood in the way, and `cap` why a rule pack lowered the total below the sum of the sections.
    """

    role: str
    places: int
    scores: dict[str, Score]
    sums: dict[str, Decimal | None]
    sections: tuple[Section, ...]
    full: Decimal
    total: Decimal | None
    grade: str | None
    cap: Sequence[Step] = ()
    findings: tuple[Finding, ...] = ()

    def rate(self) -> Figure | None:
        """Return total ÷ full as a percentage, or None without a total."""
        return None if self.total is None else share_of(self.total, self.full)


def share_of(part: Decimal, whole: Decimal) -> Figure | None:
    """Return part ÷ whole exactly, as a percentage, or None when the whole is zero.

    >>> str(share_of(Decimal("33.7"), Decimal(40)))
    '84.25%'
    """
    top, bottom = part.as_integer_ratio()
    over, under = whole.as_integer_ratio()
    return exactly(top * under, bottom * over, PERCENT) if over else None
