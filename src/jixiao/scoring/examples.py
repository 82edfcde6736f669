"""算例: a case written in the texts a table would print, for doctests, spec cases and the printed reference.

>>> case(target="≥70%", actual="69.21%", full="6").actual.places
2
"""

from __future__ import annotations

from decimal import Decimal

from jixiao.figures.actual import Checked
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import target as read_target
from jixiao.scoring.rule import Case


def case(*, target: str | None = None, actual: str = "", full: str = "10", places: int = 2, met: tuple[int, ...] | None = None,
         direction: str = "more", last_year: str | None = None) -> Case:  # fmt: skip
    """Return the case that these texts spell; `met` are the met elements of a checklist."""
    goal = read_target(target) if target is not None else None
    value = Checked(met, actual) if met is not None else read_actual(actual, goal)
    last = figure(last_year) if last_year is not None else None
    assert direction in ("more", "less")
    return Case(
        Decimal(full),
        places,
        goal,
        value,
        "less" if direction == "less" else "more",
        last if isinstance(last, Figure) else None,
    )
