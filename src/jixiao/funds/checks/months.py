"""月份: the month of a payment or of a completion is a month of the evaluated year, and a completion is a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.notation import figure
from jixiao.figures.unread import Unread
from jixiao.funds.check import found
from jixiao.funds.monitoring import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield months that cannot be read or belong to another year: their payments would be in no month's sum."""
    for number, payment in enumerate(case.ledger.payments):
        if payment.month is not None and month_of(payment.month, case.year) is None:
            yield found("months", "error", [f"payments/{number}/month"], printed=payment.month, authority=AUTHORITY,
                        month=payment.month, year=case.year)  # fmt: skip
    for number, done in enumerate(case.ledger.completions):
        at = [f"completions/{number}"]
        if month_of(done.month, case.year) is None:
            yield found(
                "months", "error", at, printed=done.month, authority=AUTHORITY, month=done.month, year=case.year
            )
        if isinstance(figure(done.actual or ""), Unread):
            yield found("months", "error", at, what="months.no_figure", printed=done.actual, authority=AUTHORITY,
                        actual=done.actual or "—", code=done.indicator)  # fmt: skip
