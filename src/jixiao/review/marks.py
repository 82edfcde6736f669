"""计分规则的印证: whether printed marks can come from a target, an actual value and a weight by a usual rule.

>>> from jixiao.figures.figure import figure
>>> from jixiao.figures.target_notation import target
>>> proportion(target("≥41万人"), figure("40.28万人"), figure("5"), 2)
'4.91'
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.figures import exact
from jixiao.figures.figure import Figure, figure
from jixiao.figures.target import Target
from jixiao.figures.units import BARE
from jixiao.review.recognising.slips import slips
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from jixiao.review.recognising.indicators import ScoreTable

_TELLING_PLACES = 2


def far_above(goal: Target, actual: Figure) -> bool:
    """Return whether an actual value exceeds a target of the more-is-better kind by more than 30%."""
    low = goal.low
    if low is None or low.num <= 0 or goal.kind not in ("at_least", "above", "stated"):
        return False
    return actual.num * low.den * 100 > 130 * low.num * actual.den


def bare(figure: Figure) -> Figure:
    """Return points without their unit, so that 5 分 and 5 compare."""
    return Figure(figure.num, figure.den, BARE)


def proportion(goal: Target, actual: Figure, weight: Figure, places: int) -> str | None:
    """Return weight × actual ÷ target as points at some places, None where there is no ratio."""
    low = goal.figure()
    if low is None or low.num <= 0 or actual.num < 0 or low.unit.base != actual.unit.base:
        return None
    units = exact.half_up(weight.num * actual.num * low.den, weight.den * actual.den * low.num, places)
    return exact.spelt(units, places, strip=True)


def gives(goal: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks in proportion print so at the score's own places; a rounded actual value is allowed for."""
    low = goal.figure()
    assert low is not None
    ratio = Span.of(actual).over(Span.value(low))
    if ratio is None:
        return False
    points = ratio.times(Span.value(weight))
    return points.meets(Span.of(Figure(score.num, score.den, places=score.places or 0)))


def capped(limit: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks for staying below a limit are in proportion to how much of it was used up."""
    high = limit.figure()
    if high is None or high.num <= 0 or high.unit.base != actual.unit.base:
        return False
    ratio = Span.of(actual).over(Span.of(high))
    points = ratio.times(Span.value(weight)) if ratio is not None else None
    return points is not None and points.meets(Span.of(Figure(score.num, score.den, places=score.places or 0)))


def follows_proportion(table: ScoreTable) -> bool:
    """Return whether at least two missed targets of a table are marked in proportion, and most of them are."""
    tried = fitting = 0
    for indicator in table.indicators:
        goal, actual = indicator.target, indicator.actual
        score, weight = indicator.claims.get("score"), indicator.claims.get("weight")
        if not isinstance(goal, Target) or not isinstance(actual, Figure) or score is None or weight is None:
            continue
        if (
            goal.kind not in ("at_least", "equal")
            or goal.met(actual) is not False
            or score.figure is None
            or weight.figure is None
        ):
            continue
        if proportion(goal, actual, weight.figure, 2) is None or score.figure.num == 0:
            continue
        tried += 1
        fitting += gives(goal, actual, weight.figure, score.figure)
    return fitting >= 2 and fitting * 3 >= tried * 2


def by_slip(goal: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks below full are in proportion to a target that is one slip of the printed one.

    Only marks of two decimals tell: one decimal fits some slip of almost any target.
    """
    low = goal.figure()
    if low is None or (score.places or 0) < _TELLING_PLACES or goal.kind not in ("at_least", "equal", "stated"):
        return False
    text = low.text(low.places or 0)
    number = text.removesuffix(low.unit.name)
    meant = [figure(f"{other}{low.unit.name}") for other in slips(number)]
    return any(
        actual.num * one.den < one.num * actual.den and gives(replace(goal, low=one), actual, weight, score)
        for one in meant
    )


def stepped(goal: Target, actual: Figure, weight: Figure, score: Figure) -> bool:
    """Return whether marks go by steps: percents of the weight, or marks, for each started point of shortfall."""
    low = goal.figure()
    assert low is not None
    points = exact.ceiling((low.num * actual.den - actual.num * low.den) * 100, low.den * actual.den)
    relative = exact.ceiling((low.num * actual.den - actual.num * low.den) * 100, max(1, low.num * actual.den))
    places = max(score.places or 0, 1)
    awarded = exact.half_up(score.num, score.den, places)
    for steps in (points, relative):
        left = [(weight.num * max(0, 100 - share * steps), weight.den * 100) for share in (5, 10, 2, 1)]
        left.append((max(0, weight.num - steps * weight.den), weight.den))
        if any(exact.half_up(*each, places) == awarded for each in left):
            return True
    return False


def exact_points(weight: Figure) -> str:
    """Return a weight as the text that `proportion` gives for full marks."""
    return exact.spelt(exact.half_up(weight.num, weight.den, 2), 2, strip=True)
