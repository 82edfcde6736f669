"""达到目标值得满分，反之不得分 (直接赋分): full points when the target is reached, none otherwise.

    points = full if the actual value reaches the target, else 0

Authority: 财预〔2021〕101号 names it 直接赋分 (待核).

>>> from jixiao.scoring.examples import case
>>> AllOrNothing().score(case(target="=0人", actual="106人", full="6")).points
Decimal('0.00')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jixiao.figures import exact
from jixiao.figures.target import Target
from jixiao.findings import Message
from jixiao.scoring.rule import Award, Case, Step, awarded


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """Full points or none. It takes no parameters and any kind of target: number, date or word."""

    authority: ClassVar[str] = "caiyu-2021-101#direct"

    def score(self, case: Case) -> Award | Message:
        """Return full points or zero; a case whose target cannot be decided is refused with the reason."""
        target, actual = case.target, case.actual
        if not isinstance(target, Target):
            return Message("rule.no_target", {})
        met = target.met(actual, direction=case.direction, last_year=case.last_year)
        if met is None:
            return Message("rule.undecided", {"actual": actual, "target": target})
        if met:
            return Award(
                awarded(case.full, 1, 1, case.places),
                (Step(Message("rule.reached", {"actual": actual, "target": target})),),
            )
        steps = (
            Step(Message("rule.not_reached", {"actual": actual, "target": target})),
            Step(Message("rule.all_or_nothing.none", {})),
        )
        return Award(exact.awarded(0, case.places), steps)
