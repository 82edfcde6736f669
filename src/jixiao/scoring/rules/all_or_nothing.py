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
from jixiao.findings import Message
from jixiao.scoring.completion import met
from jixiao.scoring.rule import Award, Case, Step, reached


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """Full points or none. It takes no parameters and any kind of target: number, date or word."""

    authority: ClassVar[str] = "caiyu-2021-101#direct"

    def score(self, case: Case) -> Award | Message:
        """Return full points or zero; a case whose target cannot be decided is refused with the reason."""
        kept = met(case)
        if isinstance(kept, Message):
            return kept
        if kept:
            return reached(case)
        steps = (
            Step(Message("rule.not_reached", {"actual": case.actual, "target": case.target})),
            Step(Message("rule.all_or_nothing.none", {})),
        )
        return Award(exact.awarded(0, case.places), steps)
