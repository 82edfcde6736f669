"""可支配月数: the rolling balance in months of the year's expenditure, against its floor and its ceiling.

months = 年末滚存结余 ÷ 本年支出 × 12; residents: the whole fund, employees: the pooled fund
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.figures.figure import compared, exactly, figure
from jixiao.figures.units import unit
from jixiao.funds import accounts
from jixiao.funds.check import found
from jixiao.funds.dated import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.figures.figure import Figure
    from jixiao.findings import Finding
    from jixiao.funds.check import Case
    from jixiao.funds.ledger import Ledger

AUTHORITY = "renshebufa-2009-67#reserve"


def findings(case: Case) -> Iterator[Finding]:
    """Yield a warning for a reserve below the floor or above the ceiling of its scheme."""
    for rule in rules("reserve_months", case.year):
        for scheme in accounts.schemes(case.ledger):
            months = reserve(case.ledger, scheme, rule) if scheme in rule["schemes"] else None
            for end, sign in (("floor", -1), ("ceiling", 1)):
                bound = figure(f"{rule[end]}个月") if end in rule else None
                if months is None or bound is None or compared(months, bound) != sign:
                    continue
                at = [
                    f"accounts/{number}" for number, item in enumerate(case.ledger.accounts)
                    if (item.scheme, item.side) == (scheme, "balance")
                ]  # fmt: skip
                yield found("reserve_months", "warning", at[:1], what=f"reserve_months.{end}",
                            printed=str(months.published(2)), expected=str(bound), authority=rule["authority"],
                            scheme=scheme, months=months.published(2), bound=bound)  # fmt: skip


def reserve(ledger: Ledger, scheme: str, rule: dict[str, Any]) -> Figure | None:
    """Return the months that a scheme's balance lasts; for a rule on the pooled fund only that fund's rows count."""
    pooled = rule.get("pooled")
    if pooled is None:
        balance = accounts.subtotal(ledger, "balance", "this_year", scheme)
        spent = accounts.subtotal(ledger, "expenditure", "this_year", scheme)
    else:
        balance, spent = (_pooled(ledger, scheme, side, pooled) for side in ("balance", "expenditure"))
    months = unit("个月")
    if balance is None or spent is None or months is None or spent.num == 0:
        return None
    return exactly(balance.num * spent.den * 12, balance.den * spent.num, months)


def _pooled(ledger: Ledger, scheme: str, side: str, names: list[str]) -> Figure | None:
    """Return this year's amount of the pooled fund's row: an item that bears one of its names, 支出 left aside."""
    for item in accounts.items(ledger, scheme, side):
        amount = accounts.known(ledger, item, "this_year")
        if (item.item or "").removesuffix("支出") in names and amount is not None:
            return amount
    return None
