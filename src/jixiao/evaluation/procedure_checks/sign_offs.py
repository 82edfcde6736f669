"""审签次序: the steps that are signed come in their order, by offices that may, and a later one stands on a passed one.

In order: the unit confirms the indicators and declares its data true, the evaluator checks inside twice, the finance
office reviews twice and accepts. Who checks inside does not review for the finance office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.evaluation.signing import STEPS, is_passed, step_of
from jixiao.figures.dates import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.procedure import SignOff
    from jixiao.evaluation.signing import Step
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for every step out of order, by the wrong office, or upon one that was returned."""
    signed = [
        (at, one, step) for at, one in enumerate(of.evaluation.procedure.sign_offs) if (step := step_of(one.step))
    ]
    for at, one in enumerate(of.evaluation.procedure.sign_offs):
        if step_of(one.step) is None:
            known = [step.name for step in STEPS]
            yield found("sign_offs", "note", f"sign_offs/{at}", "sign_offs.unknown", step=one.step, known=known)
        elif not one.date or not one.result or not one.by:
            yield found("sign_offs", "warning", f"sign_offs/{at}", "sign_offs.incomplete", step=one.step)
    for at, one, step in signed:
        yield from _out_of_order(at, one, step, signed)
        yield from _by_one_office(at, one, step, signed)
        yield from _upon_returned(at, one, step, signed)


def _out_of_order(at: int, one: SignOff, step: Step, signed: list[tuple[int, SignOff, Step]]) -> Iterator[Finding]:
    """Say which earlier step was signed later; both dates have to be known to the same day."""
    for _, other, before in signed:
        if before.order < step.order and _later(other, one):
            args = {"step": one.step, "date": one.date, "before": other.step, "other": other.date}
            yield found("sign_offs", "warning", f"sign_offs/{at}", "sign_offs.order", **args)


def _later(one: SignOff, other: SignOff) -> bool:
    left, right = (day(said.date) if said.date else None for said in (one, other))
    return bool(left and right and left.year and right.year and left.after(right))


def _by_one_office(at: int, one: SignOff, step: Step, signed: list[tuple[int, SignOff, Step]]) -> Iterator[Finding]:
    for _, other, before in signed:
        if before.order < step.order and before.whose != step.whose and one.by and one.by == other.by:
            args = {"by": one.by, "step": one.step, "before": other.step}
            yield found("sign_offs", "warning", f"sign_offs/{at}", "sign_offs.office", **args)


def _upon_returned(at: int, one: SignOff, step: Step, signed: list[tuple[int, SignOff, Step]]) -> Iterator[Finding]:
    if not is_passed(one):
        return
    for before in STEPS[: step.order]:
        results = [other for _, other, known in signed if known is before and other.result]
        if results and not is_passed(results[-1]):
            args = {"step": one.step, "before": before.name, "result": results[-1].result}
            yield found("sign_offs", "warning", f"sign_offs/{at}", "sign_offs.returned", **args)
