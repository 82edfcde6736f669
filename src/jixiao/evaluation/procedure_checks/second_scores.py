"""抽查复核: a second score of nothing, above the weight, or unlike the first without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.evaluation.second_scores import compared_scores
from jixiao.figures.figure import compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for each."""
    for at, pair in enumerate(compared_scores(of)):
        path, difference = f"second_scores/{at}", pair.difference()
        args = {"code": pair.code, "name": pair.name, "first": pair.first, "second": pair.second, "full": pair.full}
        if pair.full is None:
            yield found("second_scores", "warning", path, "second_scores.unknown", **args)
        elif pair.second is not None and (compared(pair.second, pair.full) == 1 or pair.second.num < 0):
            yield found("second_scores", "warning", path, "second_scores.outside", **args)
        elif difference is not None and difference.num and not pair.reason:
            yield found("second_scores", "warning", path, **args)
