"""对账: the books of business and finance, the bank, the treasury and the tax office say the same, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.funds import control_tables
from jixiao.funds.check import differ, found
from jixiao.funds.monitoring import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#reconciled"


def findings(case: Case) -> Iterator[Finding]:
    """Yield months in which two books cannot both be right, months of another year, and months that were left out."""
    months: dict[str, set[int]] = {}
    for number, one in enumerate(case.ledger.reconciliations):
        at, month = f"reconciliations/{number}", month_of(one.month, case.year)
        if month is None:
            yield found("reconciliation", "error", [f"{at}/month"], what="reconciliation.month", printed=one.month,
                        authority=AUTHORITY, month=one.month or "—", year=case.year)  # fmt: skip
            continue
        months.setdefault(one.item or "", set()).add(month)
        told = {name: amount for name, amount in control_tables.books(one).items() if amount is not None}
        pairs = [(a, b) for n, a in enumerate(told) for b in list(told)[n + 1 :] if differ(told[a], [told[b]])]
        if pairs:
            first, second = pairs[0]
            yield found("reconciliation", "error", [f"{at}/{second}"], printed=str(told[second]),
                        expected=str(told[first]), authority=AUTHORITY, month=one.month, item=one.item or "—",
                        first=_book(first), one=told[first], second=_book(second), other=told[second],
                        gap=control_tables.gap(one))  # fmt: skip
    for item, met in months.items():
        missed = [str(month) for month in range(1, max(met)) if month not in met]
        if missed:
            yield found("reconciliation", "warning", ["reconciliations"], what="reconciliation.missed",
                        authority=AUTHORITY, item=item or "—", months=missed)  # fmt: skip


def _book(name: str) -> Message:
    return Message(f"funds.column.{name}")
