"""时限赋分: full points when a deadline is kept, none otherwise.

    points = full if the date is not after the deadline, else 0

A target is a date (2024年9月前), a recurring day (每月25日前) or a word (按时报送), and the actual value one of its
kind. A date said less finely than its deadline (9月 against 9月5日前) decides nothing and is refused.

Authority: 财预〔2021〕101号 names it 直接赋分 (待核).

>>> from jixiao.scoring.examples import case
>>> Deadline().score(case(target="每月25日前", actual="26日", full="5")).points
Decimal('0.00')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from jixiao.figures import exact
from jixiao.figures.actual import Level
from jixiao.figures.dates import When
from jixiao.findings import Message
from jixiao.scoring.completion import goal, met
from jixiao.scoring.rule import Award, Case, Step, reached


@dataclass(frozen=True, slots=True)
class Deadline:
    """It takes no parameters; being late by a day costs what being late by a year does."""

    authority: ClassVar[str] = "caiyu-2021-101#direct"

    def score(self, case: Case) -> Award | Message:
        """Return full points or zero; a target that is no deadline, or a value that is no date or word, is refused."""
        target = goal(case)
        if isinstance(target, Message):
            return target
        if target.kind not in ("by_date", "every", "level"):
            return Message("rule.deadline.no_deadline", {"target": target})
        if not isinstance(case.actual, When | Level):
            return Message("rule.deadline.no_date", {"spelt": case.actual})
        kept = met(case)
        if isinstance(kept, Message):
            return kept
        if kept:
            return reached(case)
        late = Message("rule.deadline.late", {"actual": case.actual, "target": target})
        return Award(exact.awarded(0, case.places), (Step(late),))
