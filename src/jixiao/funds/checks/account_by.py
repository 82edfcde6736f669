"""年底前进专户: all money of the programme in the fund's special account by the last day that its rule names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import day, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-1#year-end"


def findings(case: Case) -> Iterator[Finding]:
    """Yield receipts after the day; only for the programmes that the rule names."""
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
