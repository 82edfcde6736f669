"""指标值: what is to be reached, by kind, and whether an actual value reaches it.

Kinds: `at_least` ≥, `at_most` ≤, `above` >, `below` <, `equal` =, `between`, `stated` (a number without a sign: the
indicator's direction decides), `by_date`, `every` (每月25日前), `level` (a word), `not_below_last`, `above_last`,
`scale` (优良中低差: a scale printed where a target should be).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from jixiao.figures.actual import Checked, Level
from jixiao.figures.dates import When
from jixiao.figures.figure import Figure, compared

if TYPE_CHECKING:
    from jixiao.figures.actual import Value

Kind = Literal[
    "at_least", "at_most", "above", "below", "equal", "between", "stated",
    "by_date", "every", "level", "not_below_last", "above_last", "scale",
]  # fmt: skip
Direction = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Target:
    """A target: `low` and `high` bound the figure (one of them for one-sided kinds, both alike for `equal`)."""

    kind: Kind
    low: Figure | None = None
    high: Figure | None = None
    when: When | None = None
    word: str | None = None
    spelt: str | None = None

    def figure(self) -> Figure | None:
        """Return the one number of a one-sided, equal or stated target; the lower bound of a range."""
        return self.low if self.low is not None else self.high

    def in_year(self, year: int | None) -> Target:
        """Return the target with the year that a deadline leaves unsaid (12月底前 of the evaluated year)."""
        if self.kind != "by_date" or self.when is None or self.when.year is not None or year is None:
            return self
        return replace(self, when=replace(self.when, year=year))

    def met(self, actual: Value, *, direction: Direction = "more", last_year: Figure | None = None) -> bool | None:
        """Return whether the actual value reaches the target, or None where that cannot be said.

        It cannot be said across units (人 against 人次), without last year's value where that is the measure, or of
        a verdict standing in the place of a value.
        """
        if isinstance(actual, When):
            late = actual.after(self.when) if self.when else None
            return None if late is None else not late
        if isinstance(actual, Figure):
            return self._met_by(actual, direction, last_year)
        if self.kind == "level" and isinstance(actual, Level | Checked):
            return actual.word == self.word
        return None

    def _met_by(self, actual: Figure, direction: Direction, last_year: Figure | None) -> bool | None:
        kind, low, high = self.kind, self.low, self.high
        if kind == "stated":
            kind, low, high = ("at_least", low, None) if direction == "more" else ("at_most", None, low)
        if kind in ("not_below_last", "above_last"):
            kind, low, high = ("at_least" if kind == "not_below_last" else "above"), last_year, None
        above = compared(actual, low) if low is not None else 1
        under = compared(actual, high) if high is not None else -1
        if above is None or under is None or (low is None and high is None):
            return None
        if kind == "above":
            return above > 0
        if kind == "below":
            return under < 0
        return (
            above >= 0 >= under
            if low is not None and high is not None
            else above >= 0
            if low is not None
            else under <= 0
        )

    def __str__(self) -> str:
        """Return the target as it was spelt, else in the official signs."""
        if self.spelt is not None:
            return self.spelt
        signs = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<", "equal": "="}
        if self.kind == "between":
            return f"{self.low}~{self.high}"
        if self.figure() is not None:
            return f"{signs.get(self.kind, '')}{self.figure()}"
        return self.word or (f"{self.when}前" if self.when else "")
