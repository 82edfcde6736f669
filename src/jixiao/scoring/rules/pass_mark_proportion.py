"""完成比例赋分（设及格线）: nothing below a pass mark, and from there in proportion up to full points.

    rate   = completion of the target, at most 100%
    points = 0 below the pass mark, else full × (rate − pass mark) ÷ (1 − pass mark)

At the pass mark itself the formula gives 0, too.

Authority: 财预〔2021〕101号, 按照完成比例赋分: 60%以下不得分 (待核).

>>> from jixiao.scoring.examples import case
>>> PassMarkProportion().score(case(target="≥100人", actual="80人", full="10")).points
Decimal('5.00')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from jixiao.figures import exact
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import completion, measured
from jixiao.scoring.rule import Award, Case, Step, awarded, reached, share

_SIXTY = exactly(6, 10, PERCENT)


def pass_mark(text: Any) -> Figure | Message:
    """Read the `pass_mark` parameter: a share below 100%, for nothing would be left above it."""
    read = share(text)
    return Message("rule.pass_mark_proportion.whole") if isinstance(read, Figure) and read.num == read.den else read


@dataclass(frozen=True, slots=True)
class PassMarkProportion:
    """`pass_mark` is the completion below which nothing is earned."""

    authority: ClassVar[str] = "caiyu-2021-101#pass-mark"

    pass_mark: Figure = field(default=_SIXTY, metadata={"read": pass_mark})

    def score(self, case: Case) -> Award | Message:
        """Return the points for a completion; what cannot be measured is refused."""
        found = measured(case)
        if isinstance(found, Message):
            return found
        if found.reached:
            return reached(case)
        rate, mark = completion(found), self.pass_mark
        missed = Step(Message("rule.not_reached", {"actual": case.actual, "target": case.target}))
        over = rate.num * mark.den - mark.num * rate.den
        named = {"rate": rate, "mark": mark}
        if over < 0:
            below = Step(Message("rule.pass_mark_proportion.below", named), rate)
            return Award(exact.awarded(0, case.places), (missed, below))
        earned = exactly(over, rate.den * (mark.den - mark.num), PERCENT)
        points = awarded(case.full, earned.num, earned.den, case.places)
        return Award(
            points,
            (
                missed,
                Step(Message("rule.pass_mark_proportion.above", {**named, "share": earned}), earned),
                Step(Message("rule.points", {"full": case.full, "share": earned, "points": points})),
            ),
        )
