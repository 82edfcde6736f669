"""条件: what a row must say to enter a part of a measure, as values that become expressions or SQL.

A comparison with a null is not met, on every engine: nothing unknown is ever counted.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.settlements.codes import Codes


class Among(NamedTuple):
    """The code in a column belongs to a group of its code set."""

    column: str
    group: str

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are looked at."""
        return (self.column,)

    def expression(self, codes: Codes) -> nw.Expr:
        """Return the condition over a row."""
        return among(self.column, codes.group(self.column, self.group))

    def __str__(self) -> str:
        """Return the condition as a part's name shows it."""
        return f"{self.column}∈{self.group}"


class Positive(NamedTuple):
    """The amount in a column is above zero."""

    column: str

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are looked at."""
        return (self.column,)

    def expression(self, codes: Codes) -> nw.Expr:
        """Return the condition over a row."""
        return nw.col(self.column) > 0

    def __str__(self) -> str:
        """Return the condition as a part's name shows it."""
        return f"{self.column}>0"


class Elsewhere(NamedTuple):
    """Two columns name regions of different prefectures (the first four digits differ)."""

    column: str
    home: str

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are looked at."""
        return (self.column, self.home)

    def expression(self, codes: Codes) -> nw.Expr:
        """Return the condition over a row."""
        return nw.col(self.column) // 100 != nw.col(self.home) // 100

    def __str__(self) -> str:
        """Return the condition as a part's name shows it."""
        return f"{self.column}≠{self.home}"


class ByDay(NamedTuple):
    """A date lies no later than that day of the month in another column."""

    column: str
    month: str
    day: int

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are looked at."""
        return (self.column, self.month)

    def expression(self, codes: Codes) -> nw.Expr:
        """Return the condition over a row; days and months are numbers here (month × 100 + day)."""
        return nw.col(self.column) <= nw.col(self.month) * 100 + self.day

    def __str__(self) -> str:
        """Return the condition as a part's name shows it."""
        return f"{self.column}≤{self.month}/{self.day}"


class Equal(NamedTuple):
    """Two amounts are the same."""

    column: str
    other: str

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are looked at."""
        return (self.column, self.other)

    def expression(self, codes: Codes) -> nw.Expr:
        """Return the condition over a row."""
        return nw.col(self.column) == nw.col(self.other)

    def __str__(self) -> str:
        """Return the condition as a part's name shows it."""
        return f"{self.column}={self.other}"


Condition: TypeAlias = Among | Positive | Elsewhere | ByDay | Equal


def among(column: str, codes: Sequence[str]) -> nw.Expr:
    """Return whether a column holds one of some codes; compared one by one, which is quicker than looking them up."""
    return reduce(or_, [nw.col(column) == code for code in codes] or [nw.lit(False)])


def all_met(conditions: Sequence[Condition], codes: Codes) -> nw.Expr:
    """Return whether a row meets all conditions: never null, so that no engine counts a null as a value."""
    met = (condition.expression(codes).fill_null(False) for condition in conditions)
    return reduce(and_, met, nw.lit(True))
