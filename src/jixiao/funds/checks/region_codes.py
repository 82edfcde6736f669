"""资金地区: every region is known, declared once, named by the code of its year; none of a region's areas is missing.

A region without money keeps its row, so one that is not there is forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao import regions
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "gbt-2260"


def findings(case: Case) -> Iterator[Finding]:
    """Yield codes that are unknown, outdated or declared twice, lines twice in a notice, and areas that are missing."""
    yield from _declared(case)
    yield from _named(case)
    met: set[tuple[str, str | None, str | None]] = set()
    for number, line in enumerate(case.ledger.allocations):
        key = (line.notice, case.ledger.code(line.region), line.account)
        if key in met:
            yield found("region_codes", "error", [f"allocations/{number}"], what="region_codes.twice_in_notice",
                        authority=AUTHORITY, code=line.region or "—", notice=line.notice)  # fmt: skip
        met.add(key)
    declared = [known.code for known in case.ledger.regions]
    missing = regions.missing(declared, case.year)
    if missing:
        yield found("region_codes", "warning", ["regions"], what="region_codes.missing", authority=AUTHORITY,
                    missing=missing)  # fmt: skip


def _declared(case: Case) -> Iterator[Finding]:
    met: set[str] = set()
    for number, known in enumerate(case.ledger.regions):
        at = [f"regions/{number}"]
        now = regions.renamed(known.code, case.year)
        if known.code in met:
            yield found("region_codes", "error", at, what="region_codes.twice", authority=AUTHORITY, code=known.code)
        elif now is not None:
            yield found("region_codes", "error", at, what="region_codes.outdated", printed=known.code, expected=now,
                        authority=AUTHORITY, code=known.code, now=now, year=case.year)  # fmt: skip
        elif known.name is None and regions.short_name(known.code, case.year) is None:
            yield found("region_codes", "error", at, printed=known.code, authority=AUTHORITY, code=known.code)
        met.add(known.code)


def _named(case: Case) -> Iterator[Finding]:
    """Yield lines whose region is neither declared nor, where nothing is declared, a known code."""
    declared = {known.code for known in case.ledger.regions}
    for table in ("allocations", "receipts", "payments", "quantities", "totals", "needs", "coefficients", "heads",
                  "equalisation"):  # fmt: skip
        for number, line in enumerate(getattr(case.ledger, table)):
            code = case.ledger.code(line.region)
            if code is None or code in declared or (not declared and regions.short_name(code, case.year) is not None):
                continue
            yield found("region_codes", "error", [f"{table}/{number}/region"], printed=line.region, authority=AUTHORITY,
                        code=line.region)  # fmt: skip
