"""预算执行率得分: the execution rate is rounded first, then multiplied by the points and rounded again.

    rate = executed ÷ budget, rounded half up to 0.01%
    points = full × min(rate, 100%)

The double rounding is what the printed tables do: 84.85% of 10 points is 8.49, though the amounts give 8.48.

Authority: 财预〔2020〕10号, 预算执行率得分.

>>> from jixiao.scoring.examples import case
>>> ExecutionRate().score(case(target="100%", actual="84.85%", full="10")).points
Decimal('8.49')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jixiao.figures.figure import exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import rate
from jixiao.scoring.rule import Award, Case, Step, awarded


@dataclass(frozen=True, slots=True)
class ExecutionRate:
    """It takes no parameters; the actual value is the rate, and the funds say which budget it divides by."""

    authority: ClassVar[str] = "caiyu-2020-10#execution"

    def score(self, case: Case) -> Award | Message:
        """Return the points for a rate; a value that is no rate is refused."""
        found = rate(case.actual)
        if found is None:
            return Message("rule.execution_rate.no_rate", {"spelt": case.actual})
        rounded = found.published(2)
        capped = rounded if rounded.num <= rounded.den else exactly(1, 1, PERCENT)
        points = awarded(case.full, capped.num, capped.den, case.places)
        return Award(
            points,
            (
                Step(Message("rule.execution_rate.rounded", {"rate": rounded}), rounded),
                Step(Message("rule.points", {"full": case.full, "share": capped, "points": points})),
            ),
        )
