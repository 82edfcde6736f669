"""比对登记: an office's registers compared: the statutory table, a summary, case lists for the offices concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from jixiao.operations.enrolment_compare import enrolment_compare, passwords
from jixiao.web import jobs
from jixiao.web.actions import case_lists, data

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job

LARGE = True
STAGES = 4


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Compare, and hand out the lists; while an error stands there is neither table nor list, only what was found."""
    args, out = jobs.args(job), jobs.folder(job) / "out"
    outcome = enrolment_compare(
        data.of_job(job), out, status=args["status"], mode=args["mode"], memory=settings.MEMORY,
        progress=progress.stages(STAGES),
    )  # fmt: skip
    with transaction.atomic():
        case_lists.handed_out(job, outcome.value.lists, passwords(out))
    files = sorted(path.name for path in out.iterdir() if path.is_file())
    return {"files": files, "found": data.said(outcome.findings)}
