"""分解下达时限: passed on within so many days of its receipt by the government of a level, advance amounts too.

Without a day of receipt only the days between the two notices are known, and they prove nothing: a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import day, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#pass-on"


def findings(case: Case) -> Iterator[Finding]:
    """Yield notices that were issued too long after the notice they pass on was received."""
    for number, lower in enumerate(case.ledger.notices):
        upper = case.ledger.notice(lower.passes_on) if lower.passes_on else None
        issued = day(lower.date)
        if upper is None or issued is None:
            continue
        received, sent = day(upper.received_on), day(upper.date)
        begun = received or sent
        for rule in rules("pass_on", issued.year):
            days = (issued - begun).days if begun is not None else 0
            if days > int(rule["days"]):
                what = "pass_on_days" if received is not None else "pass_on_days.between_notices"
                yield found(
                    "pass_on_days", "error" if received is not None else "warning", [f"notices/{number}/date"],
                    what=what, printed=str(days), expected=rule["days"], authority=rule["authority"],
                    notice=lower.number, above=upper.number, days=days, allowed=rule["days"],
                )  # fmt: skip
