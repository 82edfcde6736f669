"""文件日期: a notice is dated in the evaluated year or the one before, in that of its number, before its receipt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.funds.check import found
from jixiao.funds.dated import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"
_YEAR = re.compile(r"[〔\[［（(]\s*((?:19|20)\d\d)\s*[〕\]］）)]")


def findings(case: Case) -> Iterator[Finding]:
    """Yield dates that cannot be read and dates of another year."""
    for number, notice in enumerate(case.ledger.notices):
        args: dict[str, Any] = {"notice": notice.number, "year": case.year}
        for name, text in (("date", notice.date), ("received_on", notice.received_on)):
            at = [f"notices/{number}/{name}"]
            if text is None:
                continue
            when = day(text)
            if when is None:
                yield found("notice_dates", "error", at, what="notice_dates.unread", printed=text, date=text, **args)
            elif when.year not in (case.year - 1, case.year):
                yield found("notice_dates", "error", at, printed=text, date=text, authority=AUTHORITY, **args)
        issued, received = day(notice.date), day(notice.received_on)
        numbered = _YEAR.search(notice.number)
        if issued is not None and numbered is not None and int(numbered[1]) != issued.year:
            yield found("notice_dates", "warning", [f"notices/{number}/date"], what="notice_dates.number",
                        printed=notice.date, authority=AUTHORITY, date=notice.date, **args)  # fmt: skip
        if issued is not None and received is not None and received < issued:
            yield found("notice_dates", "error", [f"notices/{number}/received_on"], what="notice_dates.before",
                        printed=notice.received_on, authority=AUTHORITY, date=notice.received_on, **args)  # fmt: skip
