"""每降低（不足）1%扣除5%的权重分，扣完为止: every started step short of the target costs a share of the points.

    points = full × max(0, 1 − loss × ⌈shortfall ÷ step⌉)

For a rate the step counts percentage points; for anything else (人, 个月, a bare 37) it is a share of the target.
A target with ≤ is missed above it, one with = on either side.

Authority: the scoring standard of a third-party evaluation (附件1), which counts 69.21% against 70% as one step.

>>> from jixiao.scoring.examples import case
>>> SteppedPenalty().score(case(target="≥70%", actual="69.21%", full="6")).points
Decimal('5.70')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from jixiao.figures import exact
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import Measured, measured
from jixiao.scoring.rule import Award, Case, Step, awarded, positive_share, reached

_ONE = Figure(1, 100)
_FIVE = Figure(5, 100)


@dataclass(frozen=True, slots=True)
class SteppedPenalty:
    """`step` is the width of a step and `loss` the share of the full points each started step costs."""

    authority: ClassVar[str] = "third-party-standard-2025#stepped"

    step: Figure = field(default=_ONE, metadata={"read": positive_share})
    loss: Figure = _FIVE

    def score(self, case: Case) -> Award | Message:
        """Return the points left; a target without a number, or in another unit, is refused."""
        found = measured(case, zero=True)
        if isinstance(found, Message):
            return found
        return reached(case) if found.reached else self._short(case, found)

    def _short(self, case: Case, found: Measured) -> Award | Message:
        """Return the award for a target that was missed, on whichever side of it."""
        actual, bound = found.actual, found.bound
        num, den = abs(bound.num * actual.den - actual.num * bound.den), actual.den * bound.den
        relative = not _is_rate(bound)
        if relative:
            if bound.num == 0:
                return Message("rule.stepped_penalty.zero_target", {"target": case.target})
            num, den = num * bound.den, den * abs(bound.num)
        steps = exact.ceiling(num * self.step.den, den * self.step.num)
        left = max(0, self.loss.den - steps * self.loss.num)
        points = awarded(case.full, left, self.loss.den, case.places)
        short = exactly(num, den, PERCENT if relative else bound.unit)
        said = "rule.stepped_penalty.relative" if relative else "rule.stepped_penalty.points"
        return Award(
            points,
            (
                Step(Message("rule.not_reached", {"actual": case.actual, "target": case.target})),
                Step(Message(said, {"short": short, "step": _percent(self.step), "steps": steps}), short),
                Step(Message("rule.stepped_penalty.loss", {"loss": _percent(self.loss), "steps": steps})),
                Step(
                    Message(
                        "rule.points",
                        {"full": case.full, "share": _percent(Figure(left, self.loss.den)), "points": points},
                    )
                ),
            ),
        )


def _is_rate(bound: Figure) -> bool:
    """Return whether a target is a rate: printed with % or ‰, or a bare number of at most 1; a bare 37 is a count."""
    return bound.unit.base == "" and (bound.unit.den > 1 or 0 < bound.num <= bound.den)


def _percent(share: Figure) -> Figure:
    return exactly(share.num, share.den, PERCENT)
