"""区间指标赋分: full points inside the range, in proportion to the lower bound below it, by parameter above it.

    low ≤ actual ≤ high   points = full
    actual < low          points = full × actual ÷ low
    actual > high         points = full, full × high ÷ actual, or none, as `above` says

The usual range 95%–105% belongs to the execution of fund budgets and is often printed 105%≤≥95%.

Authority: 财社〔2022〕65号, 社会保险基金预算执行率双向目标 (待核); what lies above the range is the office's choice.

>>> from jixiao.scoring.examples import case
>>> RangeTarget().score(case(target="105%≤≥95%", actual="92.1%", full="5")).points
Decimal('4.85')
>>> RangeTarget(above="proportional").score(case(target="105%≤≥95%", actual="140%", full="5")).points
Decimal('3.75')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from jixiao.findings import Message
from jixiao.scoring.completion import against, goal, in_proportion
from jixiao.scoring.rule import Award, Case, Step, awarded, choice, reached

if TYPE_CHECKING:
    from jixiao.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class RangeTarget:
    """`above` says what a value beyond the upper bound earns: `full`, `proportional` (high ÷ actual) or `none`."""

    authority: ClassVar[str] = "caishe-2022-65#range"

    above: str = field(default="full", metadata={"read": choice("full", "proportional", "none")})

    def score(self, case: Case) -> Award | Message:
        """Return the points for where the value lies; a target that is no range is refused."""
        target = goal(case)
        if isinstance(target, Message):
            return target
        if target.kind != "between" or target.low is None or target.high is None:
            return Message("rule.range_target.no_range", {"target": target})
        if target.low.num <= 0:
            return Message("rule.completion.not_positive", {"bound": target.low})
        return self._placed(case, target.low, target.high)

    def _placed(self, case: Case, low: Figure, high: Figure) -> Award | Message:
        below, beyond = against(case.actual, low, "more"), against(case.actual, high, "less")
        if isinstance(below, Message):
            return below
        assert not isinstance(beyond, Message), "both bounds of a range count the same thing"
        if not below.reached:
            return in_proportion(case, below)
        if beyond.reached:
            return reached(case)
        return in_proportion(case, beyond) if self.above == "proportional" else self._beyond(case, high)

    def _beyond(self, case: Case, high: Figure) -> Award:
        """Return all points or none for a value above the range."""
        said, earns = ("rule.range_target.full", 1) if self.above == "full" else ("rule.range_target.none", 0)
        step = Step(Message(said, {"actual": case.actual, "high": high}))
        return Award(awarded(case.full, earns, 1, case.places), (step,))
