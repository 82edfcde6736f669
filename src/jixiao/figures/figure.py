"""数值: a printed number, its exact value in the base unit, and how it was spelt.

>>> insured = figure("81.35万人")
>>> insured.num, insured.den, insured.unit.base, insured.places
(813500, 1, '人', 2)
>>> str(figure("1835863人").interval()), str(insured.interval())
('[3671725/2, 3671727/2)', '[813450, 813550)')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures import exact
from jixiao.figures.units import BARE, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


class Interval(NamedTuple):
    """All exact values between two ends, in the base unit; an end that is not closed is left out."""

    low: tuple[int, int]
    high: tuple[int, int]
    low_closed: bool = True
    high_closed: bool = True

    def meets(self, other: Interval) -> bool:
        """Return whether one value lies in both."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Interval) -> bool:
        gap = self.high[0] * other.low[1] - other.low[0] * self.high[1]
        return gap > 0 or (gap == 0 and self.high_closed and other.low_closed)

    def plus(self, other: Interval) -> Interval:
        """Return the interval of the sums of two values, one from each."""
        return Interval(
            _sum(self.low, other.low),
            _sum(self.high, other.high),
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __str__(self) -> str:
        """Return the interval in the usual brackets."""
        ends = ["/".join(map(str, end)) if end[1] != 1 else str(end[0]) for end in (self.low, self.high)]
        return f"{'[' if self.low_closed else '('}{ends[0]}, {ends[1]}{']' if self.high_closed else ')'}"


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact number (`num`/`den`, lowest terms, in the base unit) as it is or would be printed.

    `unit` is the printed unit, `places` how many decimals stand in it (None: not printed yet, the value is exact),
    `spelt` the text it came from (None: computed).
    """

    num: int
    den: int = 1
    unit: Unit = BARE
    places: int | None = None
    spelt: str | None = None

    def interval(self) -> Interval:
        """Return all values that print so; a figure that was never printed is its own value."""
        if self.places is None:
            return Interval((self.num, self.den), (self.num, self.den))
        half = exact.reduced(self.unit.num, self.unit.den * 2 * exact.POWERS[self.places])
        low, high = (
            _sum((self.num, self.den), (-half[0], half[1])),
            _sum((self.num, self.den), half),
        )
        return Interval(low, high, self.num > 0, self.num < 0)

    def cut_off(self) -> Interval:
        """Return all values, from zero up, whose further decimals were simply dropped to print so."""
        step = exact.reduced(self.unit.num, self.unit.den * exact.POWERS[self.places or 0])
        return Interval((self.num, self.den), _sum((self.num, self.den), step), high_closed=False)

    def text(self, places: int | None = None, *, thousands: bool = False, strip: bool = False) -> str:
        """Return the number in its unit, rounded half up to `places` (its own, or all it has up to four)."""
        if places is None:
            places, strip = (self.places, strip) if self.places is not None else (self._own_places(), True)
        units = exact.half_up(self.num * self.unit.den, self.den * self.unit.num, places)
        return f"{exact.spelt(units, places, thousands=thousands, strip=strip)}{self.unit.name}"

    def _own_places(self) -> int:
        found = exact.exactly(*exact.reduced(self.num * self.unit.den, self.den * self.unit.num))
        return 4 if found is None else found[1]

    def published(self, places: int, *, strip: bool = True) -> Figure:
        """Return the figure as a reader gets it: rounded to `places` of its unit."""
        units = exact.half_up(self.num * self.unit.den, self.den * self.unit.num, places)
        text = exact.spelt(units, places, strip=strip)
        shown = len(text.partition(".")[2])
        num, den = exact.reduced(units * self.unit.num, exact.POWERS[places] * self.unit.den)
        return Figure(num, den, self.unit, shown, f"{text}{self.unit.name}")

    def in_unit(self, unit: Unit) -> Figure:
        """Return the same value to be printed in another unit of the same base."""
        assert unit.base == self.unit.base, f"{self.unit.base} is not {unit.base}"
        return Figure(self.num, self.den, unit)

    def same_as(self, other: Figure) -> bool:
        """Return whether both are the same value of the same base, however printed."""
        return self.num == other.num and self.den == other.den and self.unit.base == other.unit.base

    def __str__(self) -> str:
        """Return the text it came from, or its number and unit."""
        return self.spelt if self.spelt is not None else self.text()


def figure(text: str) -> Figure:
    """Return the figure that a plain text spells; `ValueError` when it spells none (readers use `notation.figure`)."""
    from jixiao.figures import notation  # noqa: PLC0415  (notation reads into this module's values)

    read = notation.figure(text)
    if not isinstance(read, Figure):
        raise ValueError(str(read.why.text("zh")))
    return read


def exactly(num: int, den: int = 1, unit: Unit = BARE) -> Figure:
    """Return a computed figure of num/den base units."""
    return Figure(*exact.reduced(num, den), unit)


def ratio(part: Figure, whole: Figure, unit: Unit = BARE) -> Figure | None:
    """Return part ÷ whole exactly, to be printed in `unit`, or None when the whole is zero."""
    if whole.num == 0:
        return None
    return exactly(part.num * whole.den, part.den * whole.num, unit)


def total(figures: Iterable[Figure]) -> Figure:
    """Return the exact sum of figures of one base, in the unit of the first; an empty sum is a bare zero."""
    parts = list(figures)
    if not parts:
        return Figure(0)
    num, den = 0, 1
    for part in parts:
        assert part.unit.base == parts[0].unit.base, f"{part.unit.base} is not {parts[0].unit.base}"
        num, den = num * part.den + part.num * den, den * part.den
    return exactly(num, den, parts[0].unit)


def compared(left: Figure, right: Figure) -> int | None:
    """Return -1, 0 or 1 as left is below, at or above right; None when they count different things."""
    if left.unit.base != right.unit.base:
        return None
    gap = left.num * right.den - right.num * left.den
    return (gap > 0) - (gap < 0)


def _sum(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return exact.reduced(left[0] * right[1] + right[0] * left[1], left[1] * right[1])
