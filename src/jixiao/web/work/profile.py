"""数据概况: what lies in a folder of an office's data, before anything is compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings

from jixiao.operations.enrolment_profile import enrolment_profile, profile_json
from jixiao.operations.settlements_profile import settlements_profile, settlements_profile_json
from jixiao.web import jobs
from jixiao.web.actions import data

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job

LARGE = True
NAME = "profile.json"


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Write the profile of every register or table."""
    at = data.of_job(job)
    of = data.folder(job.office, jobs.args(job)["folder"]).of
    assert of is not None
    stages, memory = progress.stages(len(of.parts)), settings.MEMORY
    if "settlements" in of.works:
        found = settlements_profile_json(settlements_profile(at, memory=memory, progress=stages).value)
    else:
        profiles = enrolment_profile(at, memory=memory, progress=lambda name: stages("reading"))
        found = profile_json(profiles.value)
    raw = json.dumps(found, ensure_ascii=False, indent=1).encode()
    (jobs.folder(job) / "out" / NAME).write_bytes(raw)
    return {"files": [NAME]}
