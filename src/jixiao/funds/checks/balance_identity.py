"""结余平衡: what is left at the end is what was left last year, plus income, less expenditure, for every scheme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.figures.figure import exactly
from jixiao.funds import accounts
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.figures.figure import Figure
    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-65"


def findings(case: Case) -> Iterator[Finding]:
    """Yield rolling balances that do not roll forward."""
    ledger = case.ledger
    for scheme in accounts.schemes(ledger):
        closing = accounts.subtotal(ledger, "balance", "this_year", scheme)
        opening = accounts.subtotal(ledger, "balance", "last_year", scheme)
        income = accounts.subtotal(ledger, "income", "this_year", scheme)
        spent = accounts.subtotal(ledger, "expenditure", "this_year", scheme)
        if closing is None or opening is None or income is None or spent is None:
            continue
        span = opening.interval().plus(income.interval()).plus(_negated(spent).interval())
        if span.meets(closing.interval()):
            continue
        rolled = accounts.less(_plus(opening, income), spent)
        at = [
            f"accounts/{number}/this_year" for number, item in enumerate(ledger.accounts)
            if (item.scheme, item.side) == (scheme, "balance")
        ]  # fmt: skip
        yield found(
            "balance_identity", "error", at[:1], printed=str(closing), expected=str(rolled), authority=AUTHORITY,
            scheme=scheme, opening=opening, income=income, spent=spent, closing=closing, rolled=rolled,
        )  # fmt: skip


def _negated(amount: Figure) -> Figure:
    return replace(amount, num=-amount.num, spelt=None)


def _plus(one: Figure, other: Figure) -> Figure:
    return exactly(one.num * other.den + other.num * one.den, one.den * other.den, one.unit)
