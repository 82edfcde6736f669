"""每降低（不足）1%扣除5%的权重分，扣完为止: every started step short of the target costs a share of the points.

    points = full × max(0, 1 − loss × ⌈shortfall ÷ step⌉)

For a rate the step counts percentage points; for anything else (人, 个月) it is a share of the target.

Authority: the scoring standard of a third-party evaluation (附件1), which counts 69.21% against 70% as one step.

>>> from jixiao.scoring.examples import case
>>> SteppedPenalty().score(case(target="≥70%", actual="69.21%", full="6")).points
Decimal('5.70')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jixiao.figures import exact
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.target import Target
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.rule import Award, Case, Step, awarded

_ONE = Figure(1, 100)
_FIVE = Figure(5, 100)


@dataclass(frozen=True, slots=True)
class SteppedPenalty:
    """`step` is the width of a step and `loss` the share of the full points each started step costs."""

    authority: ClassVar[str] = "bazhou-2024-report#stepped"

    step: Figure = _ONE
    loss: Figure = _FIVE

    def score(self, case: Case) -> Award | Message:
        """Return the points left; a target without a number, or in another unit, is refused."""
        target, actual = case.target, case.actual
        bound = target.figure() if isinstance(target, Target) else None
        if bound is None:
            return Message("rule.no_target", {})
        if not isinstance(actual, Figure):
            return Message("rule.no_number", {"spelt": actual})
        if actual.unit.base != bound.unit.base:
            return Message("rule.units_differ", {"actual": actual, "target": target})
        num = bound.num * actual.den - actual.num * bound.den
        if target.kind in ("at_most", "below") or case.direction == "less":  # type: ignore[union-attr]
            num = -num
        if num <= 0:
            reached = Step(Message("rule.reached", {"actual": actual, "target": target}))
            return Award(awarded(case.full, 1, 1, case.places), (reached,))
        return self._short(case, num, actual.den * bound.den, bound)

    def _short(self, case: Case, num: int, den: int, bound: Figure) -> Award | Message:
        """Return the award for a shortfall of num/den base units."""
        relative = bound.unit.base != ""
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


def _percent(share: Figure) -> Figure:
    return exactly(share.num, share.den, PERCENT)
