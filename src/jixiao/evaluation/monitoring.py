"""绩效运行监控: where money and indicators stand in the middle of the year, and what is expected at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from jixiao.figures.figure import Figure, ratio, total
from jixiao.figures.units import PERCENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.figures.actual import Value
    from jixiao.figures.unread import Unread
    from jixiao.funds.money import Funds

Spent = Literal["executed", "expected"]
SPENT: tuple[Spent, ...] = ("executed", "expected")


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator: its value so far and at the year's end, why it deviates, how likely it is met, what is done."""

    so_far: Value | None = None
    expected: Value | None = None
    cause: str | None = None
    likelihood: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of one source, in 元: executed so far and expected to be executed by the year's end."""

    executed: Figure | Unread | None = None
    expected: Figure | Unread | None = None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A round of monitoring: up to which day (2024-07-31), its money by source, its indicators by code."""

    until: str | None = None
    money: Mapping[str, Spending] = field(default_factory=dict)
    indicators: Mapping[str, Progress] = field(default_factory=dict)

    def total(self, column: Spent) -> Figure | None:
        """Return the sum over the sources, None where one of them says nothing."""
        parts = [getattr(spending, column) for spending in self.money.values()]
        return total(parts) if parts and all(isinstance(part, Figure) for part in parts) else None


def rate(monitoring: Monitoring, funds: Funds, source: str | None = None) -> Figure | None:
    """Return 执行率 so far: executed ÷ revised budget, of one source or of all; None where either is not known."""
    spent: Figure | Unread | None = monitoring.total("executed")
    budget: Figure | Unread | None = funds.total("revised_budget")
    if source is not None:
        spent = getattr(monitoring.money.get(source), "executed", None)
        budget = next((one.money.revised_budget for one in funds.sources if one.name == source), None)
    if not isinstance(spent, Figure) or not isinstance(budget, Figure):
        return None
    return ratio(spent, budget, PERCENT)
