"""比对结果的动作: what came of work on an office's data: shown to who sees the office, and taken into an evaluation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jixiao.findings import Message
from jixiao.operations import enrolment_taken
from jixiao.web import jobs, permissions
from jixiao.web.actions import data, dossiers
from jixiao.web.models import Job
from jixiao.web.refusals import BadForm, Unseen
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.enrolment.summary import Summarised
    from jixiao.evaluation.model import Evaluation
    from jixiao.web.models import Dossier, Revision
    from jixiao.web.permissions import Viewer

SUMMARY = "enrolment.json"


def of_number(viewer: Viewer, number: int) -> Job:
    """Return work on the data of an office that a viewer sees; `Unseen` for anything else."""
    job = jobs.own(viewer, number)
    if job.office is None:
        raise Unseen
    return job


def every(viewer: Viewer):  # type: ignore[no-untyped-def]
    """Return the work on the data of every office that a viewer sees, the latest first."""
    return Job.objects.filter(permissions.below(viewer, "office__path"), kind__in=data.WORKS).order_by("-pk")


def document(job: Job, name: str) -> Any:
    """Return a JSON document that a job left; `Unseen` where it left none."""
    path = jobs.folder(job) / "out" / name
    if job.state != "done" or name not in jobs.result(job).get("files", ()) or not path.is_file():
        raise Unseen
    return json.loads(path.read_bytes())


def summarised(job: Job) -> Summarised:
    """Return the comparison that a job made; `Unseen` where it made none."""
    return enrolment_taken.summarised(json.dumps(document(job, SUMMARY)).encode())


def shown(job: Job, lang: str) -> dict[str, Any]:
    """Return what a page shows of a job that is done: its table, its counts, or nothing."""
    names = jobs.result(job).get("files", ()) if job.state == "done" and job.cleared is None else ()
    if SUMMARY in names:
        of = summarised(job)
        return {"table": enrolment_taken.annex(of), "summary": document(job, SUMMARY), "of": of}
    if "pensions.json" in names:
        return {"pensions": document(job, "pensions.json")}
    if "measures.json" in names:
        found = document(job, "measures.json")
        return {"measured": found, "values": _whole(found, lang)}
    return {"profile": document(job, "profile.json")} if "profile.json" in names else {}


def _whole(found: Mapping[str, Any], lang: str) -> list[tuple[str, Any]]:
    """Return the measures over all regions and schemes, as people call them."""
    return [
        (Message(f"settlements.title.{one['measure']}").text(lang), one)
        for one in found["values"]
        if one["region"] is None and one["scheme"] is None
    ]


def profile(job: Job) -> Any:
    """Return the profile that a job made, None where its files are gone."""
    try:
        return document(job, "profile.json")
    except Unseen:
        return None


def project(viewer: Viewer, job: Job) -> Dossier | None:
    """Return the evaluation that a job was started for, if the viewer sees it."""
    return job.dossier if job.dossier is not None and permissions.sees(viewer, job.dossier) else None


def bound(evaluation: Evaluation) -> list[tuple[str, str, str, str]]:
    """Return the indicators bound to registers: code, name, measure, and the value that stands there."""
    system = evaluation.system("scored") or evaluation.system("declared")
    found = []
    for code, binding in enrolment_taken.bindings(evaluation, "enrolment").items():
        node = system.find(code) if system is not None else None
        left = evaluation.results.get(code)
        found.append((code, node.name if node is not None else "", binding.measure, str(left) if left else ""))
    return found


def take(
    viewer: Viewer, job: Job, number: int, *, base: int, code: str = "", measure: str = "",
    where: Mapping[str, str] | None = None,
) -> Revision:  # fmt: skip
    """Put the results of a comparison into an evaluation as a revision on top of `base`; nothing where one is missing.

    Whoever fills the evaluation and works on the data may. With a code that indicator is bound to a measure as well.
    """
    permissions.demand(jobs.why_not_run(viewer, job))
    dossier = permissions.dossier(viewer, number)
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    latest = of_revision(dossiers.revision(dossier, dossier.head)).of.evaluation
    system = latest.system("scored") or latest.system("declared")
    if code and (system is None or system.find(code) is None):
        raise BadForm("indicator", code=code)
    binding = enrolment_taken.Binding("enrolment", measure, dict(where or {})) if code else None
    outcome = enrolment_taken.taken(latest, summarised(job), code, binding)
    if outcome.findings:
        raise BadForm("not_computed", why=outcome.findings[0].because)
    reason = Message("web.data.reason", {"title": job.title, "job": job.pk}).text(jobs.args(job)["lang"])
    return dossiers.save(viewer, number, outcome.value, base=base, reason=reason)
