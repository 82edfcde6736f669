"""缺少佐证: reported figures, closed problems and control points without proof, photographs without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.following_up import is_closed
from jixiao.evaluation.procedure_check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for each."""
    told = of.evaluation.procedure
    for at, item in enumerate(told.data):
        missing = [name for name in ("department", "evidence") if not getattr(item, name)]
        if item.reported is not None and missing:
            yield found("proofs", "warning", f"data/{at}", "proofs.data", name=item.item)
    for at, problem in enumerate(told.problems):
        if is_closed(problem) and not problem.proof:
            yield found("proofs", "warning", f"problems/{at}", "proofs.problem", name=problem.problem)
    for at, control in enumerate(told.controls):
        if control.state and control.state.startswith("已") and not control.evidence:
            yield found("proofs", "warning", f"controls/{at}", "proofs.control", name=control.control)
    titles = {one.title for one in of.evaluation.evidence}
    for at, photo in enumerate(told.photographs):
        if photo.photo not in titles:
            yield found("proofs", "warning", f"photographs/{at}", "proofs.photo", name=photo.photo)
        elif not photo.date or not photo.place:
            yield found("proofs", "warning", f"photographs/{at}", "proofs.taken", name=photo.photo)
