"""登记数据页: an office's registers and settlement records: what lies there, work on it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.enrolment import measures
from jixiao.enrolment.comparison import SCHEMES
from jixiao.errors import JixiaoError
from jixiao.web import audit, jobs, permissions
from jixiao.web.actions import case_lists, compared, data
from jixiao.web.actions.drafts import working
from jixiao.web.models import CaseList, Dossier, Job
from jixiao.web.pages import day, go, note, of_dossier, page, shut, signed, whole
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Office

MOST = 50
_CHOICES = 200


@signed
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show one's offices' data, the work done on it, and the case lists that are for one's office."""
    return _listed(request)


def _listed(request: HttpRequest, problem: JixiaoError | None = None) -> HttpResponse:
    viewer = request.viewer
    here = permissions.data_offices(viewer)
    done = Job.objects.filter(permissions.below(viewer, "office__path"), office__isnull=False).select_related("office")
    return page(
        request, "data.html", getattr(problem, "status", 400) if problem else 200, problem=problem,
        offices=[(one, data.folders(one)) for one in here], roles=data.ROLES, said=request.POST,
        work=[(job, jobs.message_of(job)) for job in done.order_by("-pk")[:MOST]],
        lists=case_lists.mine(viewer).filter(job__state="done").order_by("-pk")[:MOST],
        dossier=request.GET.get("dossier", ""),
    )  # fmt: skip


@signed
@require_POST
def upload(request: HttpRequest, office: int) -> HttpResponse:
    """Take data in: an archive that describes itself, or files of registers by role."""
    at = data.office_of(request.viewer, office)
    files, said = request.FILES, request.POST
    try:
        if "archive" in files or "title" not in said:
            made = data.upload_archive(request.viewer, at, files.get("archive"))
        else:
            given = {role: files.getlist(role) for role in data.ROLES if files.getlist(role)}
            names = {role: said.get(f"name_{role}", "") for role in data.ROLES}
            made = data.upload_files(
                request.viewer, at, given, title=said["title"], as_of=day(said.get("as_of", "")), names=names
            )
    except JixiaoError as refused:
        return _listed(request, refused)
    return go("data_folder", office=at.pk, name=made.name)


@signed
@require_http_methods(["GET", "POST"])
def folder(request: HttpRequest, office: int, name: str) -> HttpResponse:
    """Show a folder of data; a POST starts work on it."""
    at = data.office_of(request.viewer, office)
    found = data.folder(at, name)
    problem = None
    if request.method == "POST":
        try:
            return go("compared", job=_start(request, at, name).pk)
        except BadForm as refused:
            problem = refused
    profiles = Job.objects.filter(office=at, kind="profile", state="done", cleared__isnull=True).order_by("-pk")[:MOST]
    return page(
        request, "data_folder.html", 400 if problem else 200, office=at, folder=found, problem=problem,
        statuses=data.statuses(request.lang), modes=data.MODES, projects=_projects(request),
        chosen=request.POST.get("dossier") or request.GET.get("dossier", ""),
        profile=next((compared.profile(one) for one in profiles if jobs.args(one)["folder"] == name), None),
    )  # fmt: skip


def _projects(request: HttpRequest) -> list[Dossier]:
    open_ones = permissions.dossiers(request.viewer).filter(step="filling").order_by("-changed")[:_CHOICES]
    return [one for one in open_ones if permissions.filling_role(request.viewer, one) is not None]


def _start(request: HttpRequest, office: Office, name: str) -> Job:
    said = request.POST
    dossier = permissions.dossier(request.viewer, whole(said["dossier"])) if said.get("dossier") else None
    return data.start(
        request.viewer, request.account, office, name, said.get("work", ""), lang=request.lang, dossier=dossier,
        status=said.get("status", "normal"), mode=said.get("mode", data.MODES[0]),
    )  # fmt: skip


@signed
@require_POST
def remove(request: HttpRequest, office: int, name: str) -> HttpResponse:
    """Take an uploaded folder away."""
    data.remove(request.viewer, data.office_of(request.viewer, office), name)
    note(request, "web.data.removed")
    return go("data")


@signed
@require_GET
def result(request: HttpRequest, job: int) -> HttpResponse:
    """Show how far work is, and what came of it."""
    return _result(request, compared.of_number(request.viewer, job))


def _result(request: HttpRequest, job: Job, problem: JixiaoError | None = None) -> HttpResponse:
    viewer = request.viewer
    shown: dict[str, Any] = compared.shown(job, request.lang)
    dossier = _project(request, job)
    bound = compared.bound(working(viewer, dossier).evaluation) if dossier is not None else []
    system = working(viewer, dossier).evaluation.system("scored") if dossier is not None else None
    answer = page(
        request, "data_job.html", 400 if problem else 200, job=job, message=jobs.message_of(job), problem=problem,
        result=jobs.result(job), dossier=dossier, bound=bound, measures=measures.NAMES, schemes=SCHEMES,
        lists=CaseList.objects.filter(job=job).select_related("office").order_by("code"),
        indicators=list(system.indicators()) if system else [], projects=_projects(request) if dossier is None else [],
        statuses=data.statuses(request.lang), may_run=jobs.why_not_run(viewer, job) is None,
        may_fill=dossier is not None and permissions.why_not_fill(viewer, dossier) is None, **shown,
    )  # fmt: skip
    if job.state in jobs.ENDED:
        audit.saw(viewer, "seen", job.dossier, of_office=job.office_id, job=job.pk, page="compared")
    return answer


def _project(request: HttpRequest, job: Job) -> Dossier | None:
    """Return the evaluation that the result may go into: the one chosen, else the one that the work was started for."""
    chosen = request.GET.get("dossier")
    return permissions.dossier(request.viewer, whole(chosen)) if chosen else compared.project(request.viewer, job)


@signed
@require_POST
def take(request: HttpRequest, job: int) -> HttpResponse:
    """Put the results of a comparison into an evaluation as a new version; with an indicator named bind it too."""
    found, said = compared.of_number(request.viewer, job), request.POST
    where = {name: said[name] for name in ("scheme", "region", "group") if said.get(name)}
    number = whole(said.get("dossier")) if said.get("dossier") else found.dossier_id or 0
    try:
        made = compared.take(
            request.viewer, found, number, base=whole(said.get("base")), code=said.get("code", ""),
            measure=said.get("measure", ""), where=where,
        )  # fmt: skip
    except BadForm as refused:
        return _result(request, found, refused)
    note(request, "web.data.taken", number=made.number)
    return go("results", number=number)


@signed
@require_http_methods(["GET", "POST"])
def case_list(request: HttpRequest, number: int) -> HttpResponse:
    """Return a case list under its password; a POST shows the password, once."""
    found = case_lists.one(request.viewer, number)
    if request.method == "POST":
        said = case_lists.password(request.viewer, number)
        return page(request, "data_password.html", listed=found, password=said)
    path = case_lists.path_of(found)
    if not path.is_file():
        raise Unseen
    audit.saw(request.viewer, "downloaded", None, of_office=found.office_id, job=found.job_id, name=path.name)
    return shut(FileResponse(path.open("rb"), as_attachment=True, filename=path.name))


@of_dossier
@require_GET
def of_project(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show an evaluation's work on registers: its indicators bound to them, what was computed, where to begin."""
    of_offices = Job.objects.filter(permissions.below(request.viewer, "office__path"), dossier=dossier)
    here = of_offices.select_related("office").order_by("-pk")[:MOST]
    evaluation = working(request.viewer, dossier).evaluation
    offices = permissions.data_offices(request.viewer)
    return page(
        request, "dossier_data.html", dossier=dossier, bound=compared.bound(evaluation),
        work=[(job, jobs.message_of(job)) for job in here], offices=[(one, data.folders(one)) for one in offices],
        may_fill=permissions.why_not_fill(request.viewer, dossier) is None,
    )  # fmt: skip
