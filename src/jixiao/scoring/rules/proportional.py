"""按照完成比例赋分: points in proportion to how much of the target was reached, never more than all of them.

    ≥ T   points = full × min(1, actual ÷ target)
    ≤ T   points = full when reached, else full × target ÷ actual
    = T   points = full when equal, else full × the smaller of actual ÷ target and target ÷ actual

A negative actual value counts as 0. A target of zero or below is refused: there is no proportion of it.

Authority: 财预〔2020〕10号, 单位自评: 定量指标赋分 (待核).

>>> from jixiao.scoring.examples import case
>>> Proportional().score(case(target="≥41万人", actual="40.28万人", full="5")).points
Decimal('4.91')
>>> Proportional().score(case(target="≤0.1%", actual="0.16%", full="5")).points
Decimal('3.13')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from jixiao.findings import Message
from jixiao.scoring.completion import by_completion, measured

if TYPE_CHECKING:
    from jixiao.scoring.rule import Award, Case


@dataclass(frozen=True, slots=True)
class Proportional:
    """It takes no parameters; the sign of the target, or the indicator's direction, says which way is better."""

    authority: ClassVar[str] = "caiyu-2020-10#quantitative"

    def score(self, case: Case) -> Award | Message:
        """Return full points for a target reached, else its completion of them; what cannot be measured is refused."""
        found = measured(case)
        return found if isinstance(found, Message) else by_completion(case, found)
