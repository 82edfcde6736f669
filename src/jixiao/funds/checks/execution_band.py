"""基金预算执行率: income and expenditure of a fund budget inside its band; never asked of transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared, figure
from jixiao.funds import accounts
from jixiao.funds.check import found
from jixiao.funds.dated import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-65#range"


def findings(case: Case) -> Iterator[Finding]:
    """Yield a warning for every scheme and side outside the band: a reason is owed."""
    for rule in rules("execution_band", case.year):
        low, high = figure(rule["low"]), figure(rule["high"])
        for scheme in accounts.schemes(case.ledger) if case.kind in rule["kinds"] else ():
            for side in ("income", "expenditure"):
                whole = accounts.subtotal(case.ledger, side, "budget", scheme)
                rate = accounts.rate(accounts.subtotal(case.ledger, side, "this_year", scheme), whole)
                if rate is None or (compared(rate, low) != -1 and compared(rate, high) != 1):
                    continue
                at = [
                    f"accounts/{number}/this_year" for number, item in enumerate(case.ledger.accounts)
                    if (item.scheme, item.side) == (scheme, side)
                ]  # fmt: skip
                yield found(
                    "execution_band", "warning", at[:1], what=f"execution_band.{side}", printed=str(rate.published(2)),
                    expected=f"{low}—{high}", authority=rule["authority"], scheme=scheme, rate=rate.published(2),
                    low=low, high=high,
                )  # fmt: skip
