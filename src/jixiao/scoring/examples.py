"""算例: a case written in the texts a table would print, for doctests, spec cases and the printed reference.

>>> case(target="≥70%", actual="69.21%", full="6").actual.places
2
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.figures.actual import Checked
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.figure import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.scoring.rule import Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.figures.target import Direction


def case(
    *,
    target: str | None = None,
    actual: str = "",
    full: str = "10",
    places: int = 2,
    met: Sequence[int] | None = None,
    direction: Direction = "more",
    last_year: str | None = None,
) -> Case:
    """Return the case that these texts spell; `met` are the met elements of a checklist."""
    goal = read_target(target) if target is not None else None
    value = Checked(tuple(met), actual) if met is not None else read_actual(actual, goal)
    last = figure(last_year) if last_year is not None else None
    return Case(Decimal(full), places, goal, value, direction, last)
