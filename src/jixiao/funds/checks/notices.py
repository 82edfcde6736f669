"""文件: every line belongs to a notice; a notice stands there once, names its level and passes on one that is there.

A batch without a notice gives nobody a right to the money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#pass-on"


def findings(case: Case) -> Iterator[Finding]:
    """Yield lines and notices that name a notice nobody knows, and notices that stand twice or without a level."""
    known = [notice.number for notice in case.ledger.notices]
    for number, line in enumerate(case.ledger.allocations):
        if line.notice not in known:
            at = [f"allocations/{number}/notice", f"allocations/{number}"]
            yield found(
                "notices", "error", at[:1], authority=AUTHORITY, notice=line.notice or "—", known=known or ["—"]
            )
    for number, notice in enumerate(case.ledger.notices):
        at = [f"notices/{number}"]
        args: dict[str, Any] = {"notice": notice.number or "—", "known": known}
        if notice.passes_on is not None and notice.passes_on not in known:
            args["notice"] = notice.passes_on
            yield found("notices", "error", [f"notices/{number}/passes_on"], authority=AUTHORITY, **args)
        if known.index(notice.number) < number:
            yield found("notices", "error", at, what="notices.twice", authority=AUTHORITY, **args)
        if not notice.level:
            yield found("notices", "error", at, what="notices.no_level", authority=AUTHORITY, **args)
