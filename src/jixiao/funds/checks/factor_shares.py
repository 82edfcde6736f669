"""因素法分配: a pool can be divided by its factors, and the notice gives every region the share that comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.funds import regions
from jixiao.funds.accounts import less
from jixiao.funds.check import found
from jixiao.funds.ledger import added
from jixiao.funds.sharing import shared, without_coefficient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield what stops the division, and every region whose typed amount is not its share."""
    result = shared(case.ledger, case.year)
    if result is None:
        return
    for wrong in result.findings:
        yield wrong if wrong.paths else replace(wrong, paths=("funds/ledger/pools/0",))
    for kind, codes in without_coefficient(case.ledger, case.year).items():
        names = [regions.label(case.ledger, code, case.year) for code in codes]
        yield found("factor_shares", "warning", ["coefficients"], what=f"factor_shares.{kind}", authority=AUTHORITY,
                    regions=names)  # fmt: skip
    notice = case.ledger.pools[0].notice
    for share in result.shares if notice is not None else ():
        lines = [
            (f"allocations/{number}/amount", line.amount)
            for number, line in enumerate(case.ledger.allocations)
            if line.notice == notice and case.ledger.code(line.region) == share.region
        ]
        typed = added(amount for _, amount in lines)
        if typed is not None and not typed.same_as(share.amount):
            yield found(
                "factor_shares", "warning", [at for at, _ in lines] or ["allocations"], printed=str(typed),
                expected=str(share.amount), authority=AUTHORITY, share=share.amount, typed=typed,
                region=regions.label(case.ledger, share.region, case.year), gap=less(typed, share.amount),
            )  # fmt: skip
