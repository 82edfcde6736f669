"""问卷页: the questionnaires of an evaluation: put up, handed out, counted, analysed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import segno
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.surveys import measures
from jixiao.web import clock, jobs, permissions
from jixiao.web.actions import drafts, surveys
from jixiao.web.models import Job
from jixiao.web.pages import day, file, go, note, of_dossier, page, told, whole
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.findings import Finding
    from jixiao.web.models import Dossier, Survey

MEASURES = ("satisfaction", "awareness", "response_rate")


@of_dossier
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the questionnaires of an evaluation; a POST puts one up."""
    problem: BadForm | None = None
    found: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            made, found = _put_up(request, dossier)
            if made is not None:
                note(request, "web.survey.up")
                return go("surveys", number=dossier.pk)
        except BadForm as refused:
            problem = refused
    return shown(request, dossier, problem, found)


def _put_up(request: HttpRequest, dossier: Dossier) -> tuple[Survey | None, tuple[Finding, ...]]:
    said = request.POST
    if "text" in said:
        return surveys.put_up_typed(request.viewer, dossier, said.get("title", ""), said["text"])
    return surveys.put_up(request.viewer, dossier, request.FILES.get("file"))


def shown(
    request: HttpRequest, dossier: Dossier, problem: BadForm | None = None, found: tuple[Finding, ...] = ()
) -> HttpResponse:
    """Return the page, with what could not be done."""
    system = drafts.working(request.viewer, dossier).evaluation.system("scored")
    mine = Job.objects.filter(account=request.account, dossier=dossier, kind="survey").order_by("-pk")[:10]
    return page(
        request, "surveys.html", 400 if problem or found else 200, dossier=dossier, problem=problem, found=found,
        rows=[_row(request, one) for one in dossier.surveys.order_by("-pk")], measures=MEASURES, said=request.POST,
        may_fill=permissions.why_not_fill(request.viewer, dossier) is None,
        indicators=list(system.indicators()) if system else [],
        analyses=[(job, jobs.message_of(job), jobs.result(job)) for job in mine],
    )  # fmt: skip


def _row(request: HttpRequest, survey: Survey) -> dict[str, object]:
    at = request.build_absolute_uri(reverse("respond", kwargs={"key": survey.key}))
    form = surveys.form_of(survey)
    out = io.BytesIO()
    segno.make(at, error="m").save(
        out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return {
        "survey": survey, "at": at, "code": mark_safe(out.getvalue().decode()), "open": surveys.is_open(survey),
        "asked": sum(1 for _ in form.questions()), "minutes": form.minutes,
    }  # fmt: skip


@of_dossier
@require_POST
def arrange(request: HttpRequest, dossier: Dossier, survey: int) -> HttpResponse:
    """Say until when a questionnaire is open and how many were handed out."""
    said = request.POST
    try:
        issued = whole(said["issued"], high=10_000_000) if said.get("issued") else None
        surveys.arrange(
            request.viewer, dossier, survey, until=day(said.get("until", "")), issued=issued,
            only_links=bool(said.get("only_links")), closed=bool(said.get("closed")),
        )  # fmt: skip
    except BadForm as refused:
        return shown(request, dossier, refused)
    return go("surveys", number=dossier.pk)


@of_dossier
@require_GET
def links(request: HttpRequest, dossier: Dossier, survey: int) -> HttpResponse:
    """Return links that are good for one answer each, as text."""
    permissions.demand(permissions.why_not_fill(request.viewer, dossier))
    found = surveys.of_dossier(dossier, survey)
    count = whole(request.GET.get("count"), low=1, high=surveys.MOST_LINKS)
    at = request.build_absolute_uri(reverse("respond", kwargs={"key": found.key}))
    told(request, links=count)
    lines = "".join(f"{at}?t={token}\n" for token in surveys.links(found, count))
    return file(lines.encode(), f"{found.title}-{count}.txt", "text/plain; charset=utf-8")


@of_dossier
@require_GET
def answers(request: HttpRequest, dossier: Dossier, survey: int) -> HttpResponse:
    """Return what was answered as CSV."""
    found = surveys.of_dossier(dossier, survey)
    told(request, answers=found.count)
    return file(surveys.answer_file(found), f"{found.title}.csv", "text/csv; charset=utf-8")


@of_dossier
@require_POST
def analyse(request: HttpRequest, dossier: Dossier, survey: int) -> HttpResponse:
    """Ask for the analysis, and with an indicator named for its actual value in the draft."""
    found, said = surveys.of_dossier(dossier, survey), request.POST
    code, measure = said.get("code", ""), said.get("measure", "")
    if code:
        permissions.demand(permissions.why_not_fill(request.viewer, dossier))
        system = drafts.working(request.viewer, dossier).evaluation.system("scored")
        if system is None or system.find(code) is None or measure not in measures.NAMES:
            raise BadForm("indicator", code=code)
    if not found.count:
        return shown(request, dossier, BadForm("survey_unanswered"))
    args = {"survey": found.pk, "code": code, "measure": measure, "lang": request.lang}
    jobs.put(request.viewer, request.account, "survey", title=found.title, args=args, dossier=dossier)
    return go("surveys", number=dossier.pk)


@of_dossier
@require_GET
def paper(request: HttpRequest, dossier: Dossier, survey: int) -> HttpResponse:
    """Return the questionnaire as its file, to change it and put it up anew."""
    found = surveys.of_dossier(dossier, survey)
    if not found.content:
        raise Unseen
    return file(bytes(found.content), f"{found.title}-{clock.today()}.yaml", "application/yaml")
