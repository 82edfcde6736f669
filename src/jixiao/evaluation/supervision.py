"""监督检查统计: the cases of supervision counted by kind, this year beside last year, from the register alone.

A case counts for the year of its date; one without a date counts for the evaluated year. Amounts are those of the
evaluated year, None where no case states one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.dates import day
from jixiao.figures.figure import Figure, exactly, ratio, total
from jixiao.figures.units import PERCENT, unit
from jixiao.figures.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.model import Evaluation
    from jixiao.evaluation.procedure import Case

SUMS = ("amount", "repaid", "penalty")
_NOT = ("否", "无", "未移送")


class Count(NamedTuple):
    """A kind of case (None: all of them): how many this year and last, how many were transferred, and the sums."""

    kind: str | None
    this_year: Figure
    last_year: Figure
    transferred: Figure
    amount: Figure | None
    repaid: Figure | None
    penalty: Figure | None

    def growth(self) -> Figure | None:
        """Return by how much there are more cases than last year, None where last year had none."""
        more = exactly(self.this_year.num - self.last_year.num)
        return ratio(more, self.last_year, PERCENT)


def counts(evaluation: Evaluation) -> list[Count]:
    """Return a count for every kind of case in the order in which the register has them, then one of all."""
    cases = evaluation.procedure.cases
    kinds = dict.fromkeys(case.kind for case in cases)
    each = [_count(kind, [case for case in cases if case.kind == kind], evaluation.year) for kind in kinds]
    return [*each, _count(None, cases, evaluation.year)] if each else []


def year_of(case: Case, year: int) -> int:
    """Return the year that a case counts for."""
    when = day(case.date) if case.date else None
    return when.year if when is not None and when.year is not None else year


def _count(kind: str | None, cases: Iterable[Case], year: int) -> Count:
    of = {which: [case for case in cases if year_of(case, year) == which] for which in (year, year - 1)}
    now = of[year]
    moved = sum(bool(case.transferred) and case.transferred not in _NOT for case in now)
    return Count(kind, _cases(len(now)), _cases(len(of[year - 1])), _cases(moved), *(_sum(now, name) for name in SUMS))


def _cases(number: int) -> Figure:
    counted = unit("件")
    return exactly(number, 1, counted) if counted is not None else exactly(number)


def _sum(cases: list[Case], name: str) -> Figure | None:
    """Return the sum of the amounts that cases state; None where none does, or where one could not be read."""
    stated = [getattr(case, name) for case in cases if getattr(case, name) is not None]
    figures = [one for one in stated if isinstance(one, Figure)]
    if not figures or any(isinstance(one, Unread) for one in stated):
        return None
    alike = all(one.unit.base == figures[0].unit.base for one in figures)
    return total(figures) if alike and len(figures) == len(stated) else None
