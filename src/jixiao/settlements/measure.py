"""统计量: a figure taken from records, as data: the parts above and below the line, each additive or distinct.

Every file under `measures/` holds one kind of measure; its variants are named `file.variant`, so that the variant is
part of the name. Additive parts (sums, counts) roll up; distinct parts (persons, institutions, places) are counted at
every grouping that is printed. Engines give the parts, Python divides them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.settlements.conditions import Condition

How = Literal["sum", "count", "distinct"]
_FOLDER = "settlements/measures"


class Part(NamedTuple):
    """What is counted: the sum of an amount in 分, the number of rows, or the different values of a column."""

    how: How
    column: str | None = None
    where: tuple[Condition, ...] = ()

    @property
    def additive(self) -> bool:
        """Return whether the part of a whole is the sum of its pieces' parts."""
        return self.how != "distinct"

    def columns(self) -> tuple[str, ...]:
        """Return the columns that are read."""
        looked_at = [name for condition in self.where for name in condition.columns()]
        return tuple(dict.fromkeys([self.column, *looked_at] if self.column else looked_at))

    def __str__(self) -> str:
        """Return the name of the part: `sum(hifp_pay; med_type∈inpatient)`."""
        return f"{self.how}({'; '.join([self.column or '*', *map(str, self.where)])})"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: Σ `above`, or Σ `above` ÷ Σ `below`; `unit` is what the result counts (% for a share).

    Zero below: not computable. `authority` is a clause of a norm (`norms/`).
    """

    above: tuple[Part, ...]
    below: tuple[Part, ...] = ()
    unit: str = "元"
    table: str = "settlements"
    authority: str = "measure-conventions"

    def parts(self) -> tuple[Part, ...]:
        """Return all parts, each once."""
        return tuple(dict.fromkeys((*self.above, *self.below)))


def total(column: str, *where: Condition) -> Part:
    """Return the sum of an amount over the rows that meet all conditions; a null adds nothing."""
    return Part("sum", column, where)


def rows(*where: Condition) -> Part:
    """Return the number of rows that meet all conditions."""
    return Part("count", None, where)


def distinct(column: str, *where: Condition) -> Part:
    """Return how many different values a column has in the rows that meet all conditions; a null is none."""
    return Part("distinct", column, where)


ROWS = rows()


@cache
def measures() -> Mapping[str, Measure]:
    """Return all measures by name, file by file."""
    found: dict[str, Measure] = {}
    for name in library.names(_FOLDER, ".py"):
        variants = import_module(f"jixiao.settlements.measures.{name}").MEASURES
        found |= {f"{name}.{variant}": measure for variant, measure in variants.items()}
    return found


def of_table(table: str) -> dict[str, Measure]:
    """Return the measures that are computed from a table."""
    return {name: measure for name, measure in measures().items() if measure.table == table}


@cache
def parts_of(table: str) -> tuple[Part, ...]:
    """Return the parts of all measures of a table, each once, in a fixed order."""
    return tuple(dict.fromkeys(part for measure in of_table(table).values() for part in measure.parts()))
