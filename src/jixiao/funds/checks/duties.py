"""分担责任: what a level gave is what it has to give for the heads; all levels together give the least standard.

What local money is short of is deducted in next year's settlement and made up locally.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import compared, total
from jixiao.funds import duties, subsidies
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2022-1#shortfall"


def findings(case: Case) -> Iterator[Finding]:
    """Yield amounts for a head that cannot be read, levels that are short, and a sum below the standard of the year."""
    ledger = case.ledger
    known = duties.shares(ledger)
    if ledger.duties and ledger.heads and duties.heads(ledger) is None:
        yield found("duties", "warning", ["heads"], what="duties.heads", authority=AUTHORITY)
    for number, (duty, share) in enumerate(zip(ledger.duties, known, strict=True)):
        if share.per_head is None:
            yield found("duties", "error", [f"duties/{number}/per_head"], what="duties.per_head", authority=AUTHORITY,
                        printed=duty.per_head, spelt=duty.per_head or "—", level=duty.level)  # fmt: skip
        if share.short is not None and share.short.num:
            yield found("duties", "warning", [f"duties/{number}"], printed=str(share.given), expected=str(share.burden),
                        authority=AUTHORITY, level=duty.level, due=share.burden, given=share.given,
                        short=share.short)  # fmt: skip
    told = [share.per_head for share in known if share.per_head is not None]
    standard = subsidies.standard(case.year)
    if standard is None or not told or len(told) < len(known):
        return
    summed = total(told)
    if compared(summed, standard.whole) == -1:
        yield found("duties", "warning", ["duties"], what="duties.below", printed=str(summed),
                    expected=f"≥{standard.whole}", authority="caishe-2022-1#prepaid", sum=summed,
                    standard=standard.whole, year=case.year)  # fmt: skip
