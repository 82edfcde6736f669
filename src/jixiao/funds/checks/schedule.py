"""序时进度: payments up to the last month that is told, not further behind the passed part of the year than allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared, exactly, figure
from jixiao.figures.units import PERCENT
from jixiao.funds.accounts import less
from jixiao.funds.check import found
from jixiao.funds.dated import rules
from jixiao.funds.monitoring import points, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caiyu-2019-136#dual-monitoring"


def findings(case: Case) -> Iterator[Finding]:
    """Yield a warning for every level whose cumulated payments lag behind the months that have passed."""
    for level in case.ledger.level_names():
        told = progress(case.ledger, case.year, level)
        last = told[-1] if told else None
        if last is None or last.month == 12 or last.rate is None:
            continue
        reached, due = last.rate, exactly(last.month, 12, PERCENT)
        lag = less(due, reached)
        for rule in rules("schedule", case.year):
            if lag is not None and compared(lag, figure(rule["behind"])) == 1:
                yield found(
                    "schedule", "warning", ["payments"], printed=str(reached.published(2)),
                    expected=str(due.published(2)), authority=rule["authority"], level=level, month=last.month,
                    rate=reached.published(2), due=due.published(2), lag=points(lag),
                    behind=points(figure(rule["behind"])),
                )  # fmt: skip
