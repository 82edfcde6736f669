"""成本指标赋分: a ceiling of cost, read by its direction or as a rate of execution.

    direction   points = full when actual ≤ target, else full × target ÷ actual
    execution   points = full × actual ÷ target up to the target, full × target ÷ actual beyond it

Read as execution, what was saved is lost: printed tables score ≤228462万元 with 210485万元 as 9.21 of 10. A number
without a sign is a ceiling here, for a cost.

Authority: 财预〔2020〕10号, 单位自评: 定量指标赋分 (待核); the second reading is a practice of printed tables.

>>> from jixiao.scoring.examples import case
>>> spent = case(target="≤228462万元", actual="210485万元", full="10")
>>> Cost().score(spent).points, Cost(reading="execution").score(spent).points
(Decimal('10.00'), Decimal('9.21'))
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from jixiao.findings import Message
from jixiao.scoring.completion import by_completion, in_proportion, measured
from jixiao.scoring.rule import choice

if TYPE_CHECKING:
    from jixiao.scoring.completion import Measured
    from jixiao.scoring.rule import Award, Case


@dataclass(frozen=True, slots=True)
class Cost:
    """`reading` is `direction` (staying below the target is what was wanted) or `execution` (spending it is)."""

    authority: ClassVar[str] = "caiyu-2020-10#quantitative"

    reading: str = field(default="direction", metadata={"read": choice("direction", "execution")})

    def score(self, case: Case) -> Award | Message:
        """Return the points for a cost; a target that is a floor is refused."""
        found = measured(case._replace(direction="less"))
        if isinstance(found, Message):
            return found
        if found.side == "more":
            return Message("rule.cost.floor", {"target": case.target})
        if self.reading == "execution" and found.reached:
            return self._executed(case, found._replace(side="equal"))
        return by_completion(case, found)

    def _executed(self, case: Case, found: Measured) -> Award:
        return in_proportion(
            case, found, Message("rule.cost.execution", {"actual": case.actual, "target": case.target})
        )
