"""执行不超到位和预算: paid ≤ received and paid ≤ allocated, for every level in the whole and in every region.

A fund may spend its balance, so that for fund budgets paying more than was received is no error but owes a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.funds import tables
from jixiao.funds.check import found
from jixiao.funds.ledger import WHOLE
from jixiao.funds.regions import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"
_BOUNDS = ("received", "budget")


def findings(case: Case) -> Iterator[Finding]:
    """Yield amounts above what they come out of; one for a row and a level, the nearest bound first."""
    ledger = case.ledger
    if not ledger.payments:
        return
    for row in tables.execution(ledger, case.year).rows:
        for level in ledger.level_names():
            for lower in _BOUNDS:
                more, bound = row.cells[level, "executed"], row.cells[level, lower]
                lines = _lines(case, row.label, level)  # none: nothing was paid, and a negative bound is other trouble
                if lines and more is not None and bound is not None and compared(more, bound) == 1:
                    yield found(
                        "within", "warning" if case.kind == "fund" else "error", lines,
                        what=f"within.executed_over_{lower}", printed=str(more), expected=f"≤{bound}",
                        authority=AUTHORITY, region=row.label, level=level, more=more, bound=bound,
                    )  # fmt: skip
                    break


def _lines(case: Case, region: str, level: str) -> list[str]:
    """Return the paths of the payments behind a figure."""
    return [
        f"payments/{number}/amount"
        for number, line in enumerate(case.ledger.payments)
        if line.level == level and (region == WHOLE or label(case.ledger, line.region, case.year) == region)
    ]
