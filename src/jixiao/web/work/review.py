"""审核一份报告: recompute a report that was uploaded: the marked page, the opinions, the Word file with comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jixiao.operations.review import review
from jixiao.web import jobs

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Review the file in the job's folder and keep its documents beside; return their names and the counts."""
    args = json.loads(job.args)
    place = jobs.folder(job)
    progress(0, 2)
    outcome = review([place / "in" / args["name"]], place / "out", lang=args["lang"])
    progress(1, 2)
    counted = {
        severity: sum(1 for found in outcome.findings if found.severity == severity)
        for severity in ("error", "warning", "note")
    }
    return {"files": sorted(path.name for path in (place / "out").iterdir()), **counted}
