"""养老金核查: the three checks on an office's pension payments, with its list of persons, months and amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from jixiao.operations.enrolment_compare import passwords
from jixiao.operations.enrolment_pensions import enrolment_pensions
from jixiao.web import jobs
from jixiao.web.actions import case_lists, data

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job

LARGE = True
STAGES = 3


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Check the payments; the list is for the office itself."""
    out = jobs.folder(job) / "out"
    outcome = enrolment_pensions(data.of_job(job), out, memory=settings.MEMORY, progress=progress.stages(STAGES))
    with transaction.atomic():
        case_lists.handed_out(job, {case_lists.PENSIONS: len(outcome.value.found)}, passwords(out))
    return {"files": ["pensions.json"], "found": data.said(outcome.findings)}
