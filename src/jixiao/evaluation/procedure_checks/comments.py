"""意见未答复: a comment on the draft that nobody answered, or one not taken without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.procedure_check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding


def findings(of: Assessment) -> Iterator[Finding]:
    """Yield a warning for every comment without an answer."""
    for at, one in enumerate(of.evaluation.procedure.comments):
        if not one.taken or (one.taken.startswith("未") and not one.reply):
            what = "comments" if not one.taken else "comments.reason"
            yield found("comments", "warning", f"comments/{at}", what, comment=one.comment, by=one.by or "—")
