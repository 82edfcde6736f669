"""年底前进专户: all money of the programme in the fund's special account by the last day that its rule names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jixiao.funds.accounts import less
from jixiao.funds.check import found
from jixiao.funds.dated import day, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-1#year-end"


def findings(case: Case) -> Iterator[Finding]:
    """Yield receipts after the day, and what has not come by then; only for the programmes that the rule names."""
    programmes = {programme.name for programme in case.ledger.programmes}
    for rule in rules("account_by", case.year):
        if rule["programme"] not in programmes:
            continue
        last = date(case.year, int(rule["month"]), int(rule["day"]))
        for number, receipt in enumerate(case.ledger.receipts):
            arrived = day(receipt.on)
            if arrived is not None and arrived > last:
                yield found(
                    "account_by", "error", [f"receipts/{number}/on"], printed=receipt.on, expected=last.isoformat(),
                    authority=rule["authority"], amount=receipt.amount, level=receipt.level, on=receipt.on, last=last,
                )  # fmt: skip
        yield from _missing(case, rule, last)


def _missing(case: Case, rule: dict[str, Any], last: date) -> Iterator[Finding]:
    """Yield levels whose money has not all arrived although the day is past."""
    until = day(case.as_of)
    for level in case.ledger.level_names() if until is not None and until >= last and case.ledger.receipts else ():
        given, received = case.ledger.budget(level), case.ledger.sum_of("receipt", level=level)
        gap = less(given, received)
        if gap is not None and gap.num > 0:
            yield found("account_by", "error", ["receipts"], what="account_by.missing", printed=str(received),
                        expected=str(given), authority=rule["authority"], level=level, gap=gap, given=given,
                        received=received, last=last)  # fmt: skip
