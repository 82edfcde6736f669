"""分配审批: an allocation is agreed step by step, in order and before its notice; where some are on record, all are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2024-26#approved"
AGREED = ("同意", "通过", "审核通过", "已同意", "agreed")


def findings(case: Case) -> Iterator[Finding]:
    """Yield steps of no notice, steps not agreed, out of order or after the notice, and notices without any step."""
    ledger = case.ledger
    issued = {notice.number: day(notice.date) for notice in ledger.notices}
    last: dict[str, date] = {}
    for number, step in enumerate(ledger.approvals):
        at, name = f"approvals/{number}", step.step or "—"
        if step.notice not in issued:
            yield found("approvals", "error", [f"{at}/notice"], what="approvals.notice", printed=step.notice,
                        authority=AUTHORITY, notice=step.notice or "—", step=name)  # fmt: skip
            continue
        if step.state not in AGREED:
            yield found("approvals", "error", [f"{at}/state"], printed=step.state, authority=AUTHORITY,
                        notice=step.notice, step=name, state=step.state or "—")  # fmt: skip
        when = day(step.date)
        if when is None:
            yield found("approvals", "warning", [f"{at}/date"], what="approvals.undated", printed=step.date,
                        authority=AUTHORITY, notice=step.notice, step=name)  # fmt: skip
            continue
        end, before = issued[step.notice], last.get(step.notice)
        if (end is not None and when > end) or (before is not None and when < before):
            what = "approvals.after" if end is not None and when > end else "approvals.order"
            yield found("approvals", "error", [f"{at}/date"], what=what, printed=step.date, authority=AUTHORITY,
                        notice=step.notice, step=name, date=when)  # fmt: skip
        last[step.notice] = when
    given = {line.notice for line in ledger.allocations}
    agreed = {step.notice for step in ledger.approvals}
    for number, notice in enumerate(ledger.notices if agreed else ()):
        if notice.number in given and notice.number not in agreed:
            yield found("approvals", "warning", [f"notices/{number}"], what="approvals.missing", authority=AUTHORITY,
                        notice=notice.number)  # fmt: skip
