"""无效必问责: the result has the lowest grade, and no problem says who was held to account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.scoring.grades import bands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning where it is so."""
    lowest = bands()[-1][1]
    grade = of.card.grade if of.card is not None else None
    if grade == lowest and not any(one.accountable for one in of.evaluation.procedure.problems):
        yield found("accountability", "warning", "problems", grade=grade)
