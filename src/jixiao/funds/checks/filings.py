"""报表报送: the reports of the fund (月报、季报、年报) were sent by their day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#filed"


def findings(case: Case) -> Iterator[Finding]:
    """Yield days that cannot be read, reports that were late, and those that were due and not sent."""
    today = day(case.as_of)
    for number, one in enumerate(case.ledger.filings):
        at, name = f"filings/{number}", f"{one.period or ''}{one.report}"
        until, sent = day(one.until), day(one.sent)
        unread = [name for name, text in (("until", one.until), ("sent", one.sent)) if text and day(text) is None]
        for field in unread:
            yield found("filings", "error", [f"{at}/{field}"], what="filings.unread", authority=AUTHORITY, report=name,
                        date=getattr(one, field), printed=getattr(one, field))  # fmt: skip
        if until is None:
            continue
        if sent is not None and sent > until:
            yield found("filings", "warning", [f"{at}/sent"], printed=one.sent, expected=until.isoformat(),
                        authority=AUTHORITY, report=name, until=until, sent=sent,
                        days=(sent - until).days)  # fmt: skip
        elif one.sent is None and isinstance(today, date) and today > until:
            yield found("filings", "warning", [f"{at}/sent"], what="filings.due", expected=until.isoformat(),
                        authority=AUTHORITY, report=name, until=until, today=today)  # fmt: skip
