"""绑定: actual values that are computed from the funds or from results that an engine has left behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message
from jixiao.funds.measures import measure
from jixiao.indicators.indicator import Actual, Binding, Measured

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation

ENGINES = ("survey", "enrolment", "settlements")
SOURCES = ("funds", *ENGINES)


def resolved(evaluation: Evaluation) -> tuple[dict[str, Actual], list[Finding]]:
    """Return every actual value by code, computed ones included, and a finding for each that cannot be computed."""
    actuals: dict[str, Actual] = {}
    findings: list[Finding] = []
    for code, given in evaluation.actuals.items():
        found = _computed(evaluation, code, given) if isinstance(given, Binding) else given
        if isinstance(found, Actual):
            actuals[code] = found
        else:
            assert isinstance(given, Binding)
            findings.append(_finding(code, given, found))
    return actuals, findings


def _computed(evaluation: Evaluation, code: str, binding: Binding) -> Actual | Message:
    if binding.source not in SOURCES:
        return Message("check.unknown_source", {"source": binding.source, "known": list(SOURCES)})
    if binding.source in ENGINES:
        return _left_behind(evaluation.results.get(code), code, binding)
    found = measure(evaluation.funds, binding.measure)
    if isinstance(found, Message):
        result = evaluation.results.get(code)
        return found if result is None else _left_behind(result, code, binding)
    value, origin = found
    return Actual(value, origin, binding.places)


def _left_behind(result: Actual | None, code: str, binding: Binding) -> Actual | Message:
    """Return the result that an engine has left for an indicator, if it is of the measure that is asked for."""
    if result is None:
        return Message("result.absent", {"code": code, "folder": "data/results"})
    assert isinstance(result.origin, Measured)
    wanted, found = (
        f"{of.source} {of.measure} {' '.join(f'{name}={value}' for name, value in sorted(of.where.items()))}".strip()
        for of in (binding, result.origin)
    )
    return (
        replace(result, places=binding.places)
        if wanted == found
        else Message("result.other", {"found": found, "wanted": wanted})
    )


def _finding(code: str, binding: Binding, why: Message) -> Finding:
    said = Message(
        "check.binding",
        {"code": code, "source": binding.source, "measure": binding.measure, "why": why},
    )
    return Finding("binding", "error", said, Message("check.binding.remedy", {}), paths=(f"actuals/{code}",))
