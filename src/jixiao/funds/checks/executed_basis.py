"""执行数口径: what 执行 means is said, into the special account or out of the treasury, once payments are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield a warning where money was paid and nobody says by which basis it counts as executed."""
    if case.ledger.payments and not case.funds.executed_basis:
        yield found("executed_basis", "warning", ["payments"], authority=AUTHORITY)
