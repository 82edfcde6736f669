"""资金到位率得分: points in proportion to the money received of the money planned, at most the full points.

    points = full × min(received ÷ planned, 1)

Authority: 财预〔2020〕10号, 指标体系框架: 资金到位率 = 实际到位资金 ÷ 预算资金 × 100% (待核).

>>> from jixiao.scoring.examples import case
>>> ReceiptRate().score(case(target="100%", actual="99.75%", full="4")).points
Decimal('3.99')
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
class ReceiptRate:
    """It takes no parameters; the actual value is the rate of money received."""

    authority: ClassVar[str] = "caiyu-2020-10#framework"

    def score(self, case: Case) -> Award | Message:
        """Return the points for a rate, computed from the exact rate; a value that is no rate is refused."""
        found = rate(case.actual)
        if found is None:
            return Message("rule.receipt_rate.no_rate", {"spelt": case.actual})
        share = found if found.num < found.den else exactly(1, 1, PERCENT)
        points = awarded(case.full, share.num, share.den, case.places)
        return Award(
            points, (Step(Message("rule.points", {"full": case.full, "share": share, "points": points}), share),)
        )
