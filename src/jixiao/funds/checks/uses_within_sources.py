"""用途不超来源: what a fund spends in a year it has: last year's balance and this year's income."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.funds import accounts
from jixiao.funds.check import found
from jixiao.funds.ledger import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-65"


def findings(case: Case) -> Iterator[Finding]:
    """Yield schemes that spend more than they have; an unknown balance of last year only owes a reason."""
    ledger = case.ledger
    for scheme in accounts.schemes(ledger):
        income = accounts.subtotal(ledger, "income", "this_year", scheme)
        spent = accounts.subtotal(ledger, "expenditure", "this_year", scheme)
        opening = accounts.subtotal(ledger, "balance", "last_year", scheme)
        sources = income if opening is None else added([income, opening])
        if spent is None or sources is None or compared(spent, sources) != 1:
            continue
        at = [
            f"accounts/{number}/this_year" for number, item in enumerate(ledger.accounts)
            if (item.scheme, item.side) == (scheme, "expenditure")
        ]  # fmt: skip
        yield found(
            "uses_within_sources", "warning" if opening is None else "error", at[:1], printed=str(spent),
            expected=f"≤{sources}", authority=AUTHORITY, scheme=scheme, spent=spent, sources=sources,
        )  # fmt: skip
