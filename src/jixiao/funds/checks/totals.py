"""合计与分项: a typed total is the sum of the lines it stands for, or it is refused with the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.funds.accounts import less
from jixiao.funds.check import differ, found
from jixiao.funds.final_settlement import SETTLED, final_settlement
from jixiao.funds.ledger import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case
    from jixiao.funds.ledger import Total

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield typed totals that differ from what their lines add up to."""
    for number, total in enumerate(case.ledger.totals):
        computed = _computed(case, total)
        if computed is None or not isinstance(total.amount, Figure) or not differ(total.amount, [computed]):
            continue
        yield found(
            "totals", "error", [f"totals/{number}/amount"],
            printed=str(total.amount), expected=str(computed.in_unit(total.amount.unit)), authority=AUTHORITY,
            stated=total.amount, sum=computed.in_unit(total.amount.unit), gap=less(total.amount, computed),
        )  # fmt: skip


def _computed(case: Case, total: Total) -> Figure | None:
    """Return what a total stands for: lines of the ledger, or a column of the final settlement."""
    if total.of in SETTLED:
        settled = final_settlement(case.ledger, case.year)
        code = case.ledger.code(total.region)
        return settled.sum_of(total.of, code) if settled is not None else None
    kind = next((kind for kind in KINDS if kind == total.of), None)
    if kind is None:
        return None
    return case.ledger.sum_of(kind, level=total.level, region=total.region, batch=total.batch)
