"""案件台账: a case that stands twice, has no date or recovers more than was found; a closed one that recovered less."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.figures.figure import Figure, compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.procedure import Case
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield what does not fit in the register."""
    cases = of.evaluation.procedure.cases
    for name, times in Counter(case.case for case in cases).items():
        if times > 1 and name:
            yield found("cases", "warning", "cases", "cases.twice", case=name, times=times)
    for at, case in enumerate(cases):
        if not case.date:
            yield found("cases", "note", f"cases/{at}", "cases.date", case=case.case)
        if (what := _recovered(case)) is not None:
            args = {"case": case.case, "amount": case.amount, "repaid": case.repaid}
            yield found("cases", "warning", f"cases/{at}", what, **args)


def _recovered(case: Case) -> str | None:
    if not isinstance(case.amount, Figure) or not isinstance(case.repaid, Figure):
        return None
    order = compared(case.repaid, case.amount)
    if order == 1:
        return "cases.more"
    closed = bool(case.state) and str(case.state).startswith(("已办结", "办结"))
    return "cases.less" if order == -1 and closed else None
