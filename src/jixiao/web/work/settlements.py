"""结算指标: the measures of an office's settlement records, as tables and as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from jixiao.operations.settlements_measures import settlements_measures
from jixiao.web import jobs
from jixiao.web.actions import data

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job

LARGE = True


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Compute the measures at every grouping."""
    out, at = jobs.folder(job) / "out", data.of_job(job)
    found = data.folder(job.office, jobs.args(job)["folder"]).of
    stages = 2 * len(found.parts if found else ()) + 2
    outcome = settlements_measures(at, out, memory=settings.MEMORY, progress=progress.stages(stages))
    files = sorted(path.name for path in out.iterdir() if path.is_file())
    return {"files": files, "found": data.said(outcome.findings)}
