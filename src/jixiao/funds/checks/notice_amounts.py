"""文件金额与分配: what a notice states is what its lines give to the regions, and what the notices below it pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.funds.accounts import less
from jixiao.funds.check import differ, found
from jixiao.funds.ledger import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case
    from jixiao.funds.ledger import Amount

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield notices whose lines, or whose passed-on amounts, do not add up to what they state."""
    for number, notice in enumerate(case.ledger.notices):
        lines = [line.amount for line in case.ledger.allocations if line.notice == notice.number]
        below = [lower.amount for lower in case.ledger.notices if lower.passes_on == notice.number]
        yield from _compared(number, notice.number, notice.amount, lines, "notice_amounts")
        yield from _compared(number, notice.number, notice.amount, below, "notice_amounts.passed_on")


def _compared(number: int, name: str, stated: Amount, parts: list[Amount], what: str) -> Iterator[Finding]:
    summed = added(parts) if parts else None
    if not isinstance(stated, Figure) or summed is None or not differ(stated, [summed]):
        return
    shown = summed.in_unit(stated.unit)
    yield found(
        "notice_amounts", "error", [f"notices/{number}/amount"], what=what, printed=str(stated), expected=str(shown),
        authority=AUTHORITY, notice=name, stated=stated, sum=shown, gap=less(stated, shown),
    )  # fmt: skip
