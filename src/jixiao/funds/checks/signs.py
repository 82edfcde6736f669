"""正负: an allocation may take money back, a payment or a receipt may not be below zero; refunds stand on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield negative receipts and payments, and regions to which the batches together give less than nothing."""
    for table in ("receipts", "payments", "movements"):
        for number, line in enumerate(getattr(case.ledger, table)):
            if isinstance(line.amount, Figure) and line.amount.num < 0:
                yield found("signs", "error", [f"{table}/{number}/amount"], what=f"signs.{table}",
                            printed=str(line.amount), authority=AUTHORITY, amount=line.amount)  # fmt: skip
    for number, heads in enumerate(case.ledger.heads):
        for name in ("prepaid", "due", "late"):
            amount = getattr(heads, name)
            if isinstance(amount, Figure) and amount.num < 0:
                yield found("signs", "error", [f"heads/{number}/{name}"], what="signs.heads", printed=str(amount),
                            authority=AUTHORITY, amount=amount)  # fmt: skip
    for level in case.ledger.level_names():
        for code in dict.fromkeys(line.region for line in case.ledger.allocations if line.region):
            given = case.ledger.sum_of("allocation", level=level, region=code)
            if given is not None and given.num < 0:
                at = [
                    f"allocations/{n}/amount" for n, line in enumerate(case.ledger.allocations) if line.region == code
                ]
                yield found("signs", "error", at, what="signs.allocations", printed=str(given), authority=AUTHORITY,
                            amount=given, region=code)  # fmt: skip
