"""审核一份报告: recompute a report that was uploaded: the marked page, the opinions, the Word file with comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jixiao.errors import CannotOpen
from jixiao.findings import Message
from jixiao.operations.review import review
from jixiao.web import jobs

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Review the file in the job's folder and keep its documents beside; return their names and the counts.

    A file in which not one figure was read was not reviewed, and its owner is told so.
    """
    args = json.loads(job.args)
    place = jobs.folder(job)
    progress(0, 2)
    outcome = review([place / "in" / args["name"]], place / "out", lang=args["lang"])
    if not any(report.coverage.read or report.findings for report in outcome.value):
        remarks = [remark for report in outcome.value for remark in report.remarks]
        raise CannotOpen(Message("web.reviews.nothing_read", {"remarks": [*remarks, Message("web.reviews.no_figure")]}))
    progress(1, 2)
    counted = {
        severity: sum(1 for found in outcome.findings if found.severity == severity)
        for severity in ("error", "warning", "note")
    }
    return {"files": sorted(path.name for path in (place / "out").iterdir()), **counted}
