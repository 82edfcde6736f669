"""专款专用: a programme's money is paid for what its rules name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2024-26#uses"


def findings(case: Case) -> Iterator[Finding]:
    """Yield payments for something else; only for the programmes whose uses are known, and payments that say theirs."""
    programmes = {programme.name for programme in case.ledger.programmes}
    for rule in rules("uses", case.year):
        if rule["programme"] not in programmes:
            continue
        for number, payment in enumerate(case.ledger.payments):
            if payment.purpose is not None and payment.purpose not in rule["purposes"]:
                yield found("uses", "warning", [f"payments/{number}/purpose"], printed=payment.purpose,
                            authority=rule["authority"], purpose=payment.purpose,
                            known=rule["purposes"])  # fmt: skip
