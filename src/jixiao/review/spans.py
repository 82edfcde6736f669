"""区间: all values that could print as a figure does, and what sums, differences and ratios of such values can be.

Both ends count: a value on the edge is never held against anybody.

>>> str(Span.of(figure("84.85%")).times(Span.exactly(10)))
'[8.4845, 8.4855]'
>>> Span.of(figure("33.7")).over(Span.of(figure("40")).sharp()).meets(Span.of(figure("84.25%")))
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures import exact
from jixiao.figures.figure import Figure, figure

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[int, int]
__all__ = ["Span", "figure"]


class Span(NamedTuple):
    """All values from `low` to `high`, each a pair of integers in the base unit."""

    low: Pair
    high: Pair

    @classmethod
    def of(cls, printed: Figure) -> Span:
        """Return the values that print as a figure does."""
        interval = printed.interval()
        return cls(interval.low, interval.high)

    @classmethod
    def exactly(cls, num: int, den: int = 1) -> Span:
        """Return one value."""
        return cls(exact.reduced(num, den), exact.reduced(num, den))

    @classmethod
    def value(cls, printed: Figure) -> Span:
        """Return the value itself, for what is set and not rounded: scores and weights."""
        return cls((printed.num, printed.den), (printed.num, printed.den))

    def sharp(self) -> Span:
        """Return the middle alone."""
        middle = _plus(self.low, self.high)
        return Span.exactly(middle[0], middle[1] * 2)

    def plus(self, other: Span) -> Span:
        """Return the span of sums."""
        return Span(_plus(self.low, other.low), _plus(self.high, other.high))

    def minus(self, other: Span) -> Span:
        """Return the span of differences."""
        return Span(_plus(self.low, _negative(other.high)), _plus(self.high, _negative(other.low)))

    def times(self, other: Span) -> Span:
        """Return the span of products."""
        return _around(_times(a, b) for a in self for b in other)

    def over(self, other: Span) -> Span | None:
        """Return the span of quotients, None where the divisor could be zero."""
        if other.low[0] <= 0 <= other.high[0]:
            return None
        return _around(_times(a, (b[1], b[0]) if b[0] > 0 else (-b[1], -b[0])) for a in self for b in other)

    def meets(self, other: Span) -> bool:
        """Return whether one value lies in both."""
        return not _below(self.high, other.low) and not _below(other.high, self.low)

    def below(self, other: Span) -> bool:
        """Return whether every value here is below every value there."""
        return _below(self.high, other.low)

    def middle(self) -> Pair:
        """Return the value in the middle."""
        return self.sharp().low

    def __str__(self) -> str:
        """Return the span with its ends as decimals where they are finite."""
        return f"[{_text(self.low)}, {_text(self.high)}]"


def _around(values: Iterable[Pair]) -> Span:
    ordered = sorted(values, key=_Key)
    return Span(ordered[0], ordered[-1])


class _Key:
    """Orders pairs of integers without dividing."""

    __slots__ = ("pair",)

    def __init__(self, pair: Pair) -> None:
        self.pair = pair

    def __lt__(self, other: _Key) -> bool:
        return _below(self.pair, other.pair)


def _below(left: Pair, right: Pair) -> bool:
    return left[0] * right[1] < right[0] * left[1]


def _plus(left: Pair, right: Pair) -> Pair:
    return exact.reduced(left[0] * right[1] + right[0] * left[1], left[1] * right[1])


def _times(left: Pair, right: Pair) -> Pair:
    return exact.reduced(left[0] * right[0], left[1] * right[1])


def _negative(pair: Pair) -> Pair:
    return -pair[0], pair[1]


def _text(pair: Pair) -> str:
    found = exact.exactly(*pair)
    return exact.spelt(*found) if found else f"{pair[0]}/{pair[1]}"
