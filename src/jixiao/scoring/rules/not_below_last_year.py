"""不低于上年赋分: full points when last year's value is kept, else in proportion to it.

    points = full when actual ≥ last year, else full × actual ÷ last year

It takes the target 不低于上年 (or 与上年持平) and needs last year's value. 逐年提高 asks for more: use all_or_nothing.

Authority: 财预〔2020〕10号, 绩效评价标准: 历史标准; the proportion is that of its 定量指标赋分 (待核).

>>> from jixiao.scoring.examples import case
>>> NotBelowLastYear().score(case(target="不低于上年", actual="93.1%", last_year="95%", full="5")).points
Decimal('4.90')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jixiao.findings import Message
from jixiao.scoring.completion import Measured, against, goal, in_proportion
from jixiao.scoring.rule import Award, Case, Step, awarded


@dataclass(frozen=True, slots=True)
class NotBelowLastYear:
    """It takes no parameters; last year's value stands beside the indicator."""

    authority: ClassVar[str] = "caiyu-2020-10#historical-standard"

    def score(self, case: Case) -> Award | Message:
        """Return the points; refused without last year's value, or when it is missed and is not above zero."""
        target = goal(case)
        if isinstance(target, Message):
            return target
        if target.kind != "not_below_last":
            return Message("rule.not_below_last_year.other", {"target": target})
        if case.last_year is None:
            return Message("rule.not_below_last_year.no_last")
        found = against(case.actual, case.last_year, "more")
        return found if isinstance(found, Message) else _compared(case, found)


def _compared(case: Case, found: Measured) -> Award | Message:
    named = {"actual": case.actual, "last": found.bound}
    if found.reached:
        return Award(awarded(case.full, 1, 1, case.places), (Step(Message("rule.not_below_last_year.kept", named)),))
    if found.bound.num <= 0:
        return Message("rule.completion.not_positive", {"bound": found.bound})
    return in_proportion(case, found, Message("rule.not_below_last_year.lower", named))
