"""未执行完: a region that had not executed all of a transfer when the year ended says why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jixiao.funds import regions, tables
from jixiao.funds.check import found
from jixiao.funds.dated import day
from jixiao.funds.ledger import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caiyu-2020-10#self-evaluation-weights"


def findings(case: Case) -> Iterator[Finding]:
    """Yield regions with money left and no reason; of a fund, which need not spend all, and in mid-year none."""
    until = day(case.as_of)
    if case.kind == "fund" or not case.ledger.payments or (until is not None and until < date(case.year, 12, 31)):
        return
    why = {known.code: known.why for known in case.ledger.regions}
    at = {known.code: number for number, known in enumerate(case.ledger.regions)}
    labels = {regions.label(case.ledger, code, case.year): code for code in at}
    for row in tables.execution(case.ledger, case.year).rows:
        code, left = labels.get(row.label), row.cells[WHOLE, "unspent"]
        if code is None or why[code] or left is None or left.num <= 0:
            continue
        rate = row.cells[WHOLE, "rate"]
        yield found("unspent", "warning", [f"regions/{at[code]}/why"], printed=str(left), authority=AUTHORITY,
                    region=row.label, left=left, rate=rate.published(2) if rate is not None else "—")  # fmt: skip
