"""多拨少拨: what a region received against what the notices gave it, and the whole against the notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.funds import tables
from jixiao.funds.accounts import less
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield an error for more than the notices gave (of a fund a warning), a warning for less, with the gap."""
    if not case.ledger.receipts or not (case.ledger.allocations or case.ledger.notices):
        return
    for row in tables.execution(case.ledger, case.year).rows:
        for level in case.ledger.level_names():
            given, received = row.cells[level, "budget"], row.cells[level, "received"]
            order = compared(received, given) if received is not None and given is not None else None
            if not order:
                continue
            yield found(
                "over_or_under_paid", "error" if order > 0 and case.kind != "fund" else "warning", ["receipts"],
                what=f"over_or_under_paid.{'over' if order > 0 else 'under'}", printed=str(received),
                expected=str(given), authority=AUTHORITY, region=row.label, level=level, received=received, given=given,
                gap=less(received, given) if order > 0 else less(given, received),
            )  # fmt: skip
