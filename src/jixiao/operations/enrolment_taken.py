"""取用比对结果: the summary of a comparison taken into an evaluation: what its bound indicators come to."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.enrolment import measures
from jixiao.enrolment.summary import Summarised, read
from jixiao.enrolment.table import table
from jixiao.errors import CannotParse
from jixiao.findings import Message
from jixiao.formats import results
from jixiao.indicators.indicator import Binding
from jixiao.operations.bound_results import bindings, computed
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from jixiao.documents.document import Table
    from jixiao.evaluation.model import Evaluation

__all__ = ["Binding", "annex", "bindings", "summarised", "taken"]


def summarised(raw: bytes) -> Summarised:
    """Return the comparison that `enrolment.json` tells; `CannotParse` for anything else."""
    try:
        return read(json.loads(raw))
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        said = Message("result.unreadable", {"why": type(problem).__name__})
        raise CannotParse(said, remedy=Message("result.again")) from None


def annex(of: Summarised) -> Table:
    """Return the statutory table of a comparison."""
    return table(of.comparison, of.names)


def taken(
    evaluation: Evaluation, of: Summarised, code: str = "", binding: Binding | None = None
) -> Outcome[Evaluation]:
    """Return the evaluation with the results of its indicators bound to a comparison; `binding` binds one more.

    What cannot be computed is a finding, and nothing of it changes.
    """
    bound = bindings(evaluation, measures.SOURCE) | ({code: binding} if binding is not None else {})

    def measured(one: Binding) -> object:
        return measures.measure(of.comparison, of.covered, one.measure, one.where)

    found, findings = computed(bound, measured, results.external(of.digests), evaluation.as_of)  # type: ignore[arg-type]
    added = {code: binding} if binding is not None and code in found else {}
    actuals = {**evaluation.actuals, **added}
    return Outcome(replace(evaluation, actuals=actuals, results={**evaluation.results, **found}), tuple(findings))
