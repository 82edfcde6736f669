"""超期完成: a stage of the evaluation was done after the day by which it was due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found
from jixiao.figures.dates import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a note for every stage that was late."""
    for at, one in enumerate(of.evaluation.procedure.schedule):
        until, done = (day(text) if text else None for text in (one.until, one.done))
        if until is not None and done is not None and done.after(until):
            yield found("schedule", "note", f"schedule/{at}", stage=one.stage, until=one.until, done=one.done)
