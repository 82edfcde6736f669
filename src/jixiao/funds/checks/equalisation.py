"""区域调剂: what regions owed the adjustment fund came in, what they were granted went out, and no more than it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared
from jixiao.funds import control_tables, regions
from jixiao.funds.accounts import less
from jixiao.funds.check import differ, found
from jixiao.funds.control_tables import known
from jixiao.funds.ledger import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#adjustment-fund"


def findings(case: Case) -> Iterator[Finding]:
    """Yield regions that stand there twice, that owe or are owed money, and a fund that gave out more than it had."""
    met: set[str | None] = set()
    for number, one in enumerate(case.ledger.equalisation):
        code, at = case.ledger.code(one.region), f"equalisation/{number}"
        name = regions.label(case.ledger, one.region, case.year) or "—"
        if code in met:
            yield found("equalisation", "error", [at], what="equalisation.twice", authority=AUTHORITY, region=name)
        met.add(code)
        for what, due, done in (("contributed", one.owed, one.contributed), ("paid_out", one.granted, one.paid_out)):
            if differ(done, [due]):
                yield found("equalisation", "warning", [f"{at}/{what}"], what=f"equalisation.{what}",
                            printed=str(done), expected=str(due), authority=AUTHORITY, region=name, due=due, done=done,
                            gap=less(known(due), known(done)))  # fmt: skip
    of_regions = control_tables.members(case.ledger)
    opening = added(known(one.opening) for one in case.ledger.equalisation if one.region is None)
    raised = added([opening, *(known(one.contributed) for one in of_regions)])
    spent = added(known(one.paid_out) for one in of_regions)
    if raised is not None and spent is not None and compared(spent, raised) == 1:
        yield found("equalisation", "error", ["equalisation"], what="equalisation.overdrawn", printed=str(spent),
                    expected=f"≤{raised}", authority=AUTHORITY, spent=spent, raised=raised)  # fmt: skip
