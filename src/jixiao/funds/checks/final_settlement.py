"""补助清算: heads can be settled; typed amounts are those of the heads; nobody is paid for who is not insured.

What was prepaid for too many is settled later: a warning, and none once it is settled. A final amount is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.funds import regions, subsidies
from jixiao.funds.accounts import less
from jixiao.funds.check import found
from jixiao.funds.final_settlement import contradicted, final_settlement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case
    from jixiao.funds.final_settlement import Line

AUTHORITY = "caishe-2022-1#prepaid"


def findings(case: Case) -> Iterator[Finding]:
    """Yield what cannot be settled, typed amounts that are not those of the heads, and heads that nobody insured."""
    known = final_settlement(case.ledger, case.year)
    if known is None:
        return
    yield from known.findings
    for line in known.lines:
        assert known.per_head is not None
        yield from _typed(case, line, known.per_head)
        yield from _implied(case, line, known.per_head)


def _typed(case: Case, line: Line, per_head: Figure) -> Iterator[Finding]:
    stated = case.ledger.heads[line.number]
    for name, typed, heads in (("prepaid", stated.prepaid, line.expected), ("due", stated.due, line.actual)):
        computed = contradicted(typed, heads, per_head)
        if computed is not None and isinstance(typed, Figure):
            yield found(
                "final_settlement", "error", [f"heads/{line.number}/{name}"], what=f"final_settlement.{name}",
                printed=str(typed), expected=str(computed), authority=AUTHORITY, stated=typed, computed=computed,
                gap=less(typed, computed), region=regions.label(case.ledger, line.code, case.year),
            )  # fmt: skip


def _implied(case: Case, line: Line, per_head: Figure) -> Iterator[Finding]:
    """Yield the heads that the settled amount, or before there is one the prepaid amount, stands for beyond insured."""
    stated = case.ledger.heads[line.number]
    final = stated.due is not None or line.actual is not None
    name, typed, heads, computed = (
        ("due", stated.due, line.actual, line.settlement.due)
        if final
        else ("prepaid", stated.prepaid, line.expected, line.settlement.prepaid)
    )
    amount = typed if isinstance(typed, Figure) and typed.unit.base == "元" else computed
    if amount is None or line.insured is None:
        return
    own = {"due": "actual", "prepaid": "expected"}[name] if typed is None else name
    at = (f"funds/ledger/heads/{line.number}/{own}", f"funds/ledger/heads/{line.number}/insured")
    source = heads if typed is None else None
    yield from subsidies.findings(amount, per_head, line.insured, prepayment=not final, heads=source, paths=at)
