"""调整: consented changes of a target or an indicator, so that 原表 and 调整后 print from one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.model import Amendment, Evaluation
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.reading import value_at
from jixiao.findings import Finding, Message

if TYPE_CHECKING:
    from collections.abc import Iterator


def original(evaluation: Evaluation) -> Evaluation:
    """Return the evaluation as it was before any amendment: the latest is undone first."""
    for amendment in reversed(evaluation.amendments):
        before = None if amendment.before is None else value_at(evaluation, amendment.path, amendment.before)
        evaluation = put(evaluation, amendment.path, before)
    return evaluation


def amend(evaluation: Evaluation, amendment: Amendment) -> Evaluation:
    """Return the evaluation with one more amendment made and recorded; its `before` must be what stands there."""
    standing = get(evaluation, amendment.path)
    assert str(standing) == (amendment.before or "None"), f"{amendment.path} is {standing}, not {amendment.before}"
    after = None if amendment.after is None else value_at(evaluation, amendment.path, amendment.after)
    changed = put(evaluation, amendment.path, after)
    return put(changed, "amendments", (*evaluation.amendments, amendment))


def findings(evaluation: Evaluation) -> Iterator[Finding]:
    """Yield amendments whose path is unknown, whose latest value is not what stands, or that nobody agreed to."""
    latest = {amendment.path: number for number, amendment in enumerate(evaluation.amendments)}
    for number, amendment in enumerate(evaluation.amendments):
        at = f"amendments/{number}"
        try:
            standing = get(evaluation, amendment.path)
        except KeyError:
            yield Finding(
                "amendments",
                "error",
                Message("amendment.unknown", {"path": amendment.path}),
                Message("amendment.unknown.remedy", {}),
                paths=(at,),
            )
            continue
        if latest[amendment.path] == number and str(standing) != str(amendment.after):
            said = Message(
                "amendment.differs",
                {"path": amendment.path, "after": amendment.after, "standing": standing},
            )
            yield Finding(
                "amendments",
                "error",
                said,
                Message("amendment.differs.remedy", {}),
                paths=(amendment.path, at),
                printed=str(standing),
                expected=amendment.after,
            )
        if not amendment.consent.strip():
            yield Finding(
                "amendments",
                "error",
                Message("amendment.no_consent", {"path": amendment.path}),
                Message("amendment.no_consent.remedy", {}),
                paths=(at,),
            )
