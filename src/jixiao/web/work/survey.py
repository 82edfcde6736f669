"""问卷分析: answers to shares, reliability and satisfaction, and where asked for into a draft."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jixiao.operations import survey_online
from jixiao.web import clock, jobs, permissions
from jixiao.web.actions import drafts, surveys
from jixiao.web.models import Survey

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Analyse the answers, keep the survey's report beside the job, and bind an indicator to them."""
    args = json.loads(job.args)
    survey = Survey.objects.select_related("dossier").get(pk=args["survey"])
    progress(0, 3)
    answers = surveys.answer_file(survey)
    progress(1, 3)
    day = min(survey.until or clock.today(), clock.today()).isoformat()
    outcome = survey_online.analysed(bytes(survey.content), answers, issued=survey.issued, as_of=day, lang=args["lang"])
    online, found = outcome.value, list(outcome.findings)
    progress(2, 3)
    files = online.files if online is not None else {}
    for name, raw in files.items():
        (jobs.folder(job) / "out" / name).write_bytes(raw)
    if online is not None and args["code"]:
        viewer = permissions.of_account(job.account)
        _, more = drafts.change(
            viewer, survey.dossier,
            lambda evaluation: survey_online.bound(evaluation, args["code"], args["measure"], online),
        )  # fmt: skip
        found += more
    said = [one.because.text(args["lang"]) for one in found if one.severity != "note"]
    return {"files": sorted(files), "count": survey.count, "said": said}
