"""核实值不同: a figure was verified on site to be another than reported; the score has to be by the verified one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.figures.figure import Figure, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding, Severity


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a note for every difference, a warning where the indicator is still scored by what was reported."""
    for at, one in enumerate(of.evaluation.procedure.data):
        reported, verified = one.reported, one.verified
        if not isinstance(reported, Figure) or not isinstance(verified, Figure):
            continue
        if reported.unit.base != verified.unit.base or not reported.interval().meets(verified.interval()):
            args = {"item": one.item, "reported": reported, "verified": verified, "code": one.indicator or "—"}
            if reported.unit.base == verified.unit.base:
                args["difference"] = _less(verified, reported)
            scored = of.actuals.get(one.indicator or "")
            value = getattr(scored, "value", None)
            unused = isinstance(value, Figure) and value.same_as(reported)
            what = "verified_values.unused" if unused else "verified_values" if "difference" in args else None
            severity: Severity = "warning" if unused or what is None else "note"
            yield found("verified_values", severity, f"data/{at}", what or "verified_values.units", **args)


def _less(one: Figure, other: Figure) -> Figure:
    return exactly(one.num * other.den - other.num * one.den, one.den * other.den, one.unit)
