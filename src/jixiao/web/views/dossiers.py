"""评价项目页: create one, see how it stands, take a step, give it to another office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import jixiao
from jixiao.web import clock, permissions, steps
from jixiao.web.actions import dossiers, drafts, moving
from jixiao.web.models import Dossier, Office
from jixiao.web.pages import day, go, note, of_dossier, page, signed, whole
from jixiao.web.refusals import BadForm, Refused
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.permissions import Viewer


@signed
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Create an evaluation from the catalogue or from last year's."""
    viewer = request.viewer
    own = {held.office for held in viewer.held if held.role in ("fill", "manage")}
    offices = Office.objects.filter(Q(pk__in=own) | permissions.below(viewer, roles=("manage",)), active=True)
    if not {"fill", "manage"} & viewer.roles:
        raise Refused("no_role_to_create")
    problem = None
    if request.method == "POST":
        try:
            return go("dossier", number=_created(request).pk)
        except (BadForm, Refused) as refused:
            problem = refused
    this = clock.today().year - 1
    kind, year = request.POST.get("kind", dossiers.KINDS[0]), _year(request.POST.get("year"), this)
    last = permissions.dossiers(viewer).filter(office__in=own).order_by("-year", "title")[:200]
    return page(
        request, "create.html", problem.status if problem else 200, problem=problem, said=request.POST,
        kinds=dossiers.KINDS, offices=list(offices.order_by("path")[:500]), this=year, kind=kind, last=last,
        entries=jixiao.entries(kind, year),
        agencies=list(Office.objects.filter(kind="agency", active=True).order_by("name")[:500]),
    )  # fmt: skip


def _year(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) == 4 else default


def _created(request: HttpRequest) -> Dossier:
    said, viewer = request.POST, request.viewer
    office = permissions.office(viewer, whole(said.get("office")), ("fill", "manage"))
    year = whole(said.get("year"), low=dossiers.FIRST_YEAR, high=dossiers.LAST_YEAR)
    kind = said.get("kind", "")
    if kind not in dossiers.KINDS:
        raise BadForm("kind")
    before = permissions.dossier(viewer, whole(said["last"])) if said.get("last") else None
    last = of_revision(dossiers.revision(before, before.head)).of.evaluation if before else None
    evaluator = None
    if kind == "third-party":
        evaluator = Office.objects.filter(pk=whole(said.get("evaluator")), kind="agency").first()
    if last is not None and last.kind != kind:
        raise BadForm("last_of_other_kind")
    evaluation = dossiers.drafted(kind, year, said.get("entry"), last, office)
    return dossiers.create(
        viewer, office, evaluation, title=said.get("title", ""), deadline=day(said.get("deadline", "")),
        evaluator=evaluator, last=before,
    )  # fmt: skip


@signed
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """Return the catalogue's entries for a kind and a year, as options."""
    kind, year = request.GET.get("kind", ""), _year(request.GET.get("year"), clock.today().year - 1)
    if kind not in dossiers.KINDS:
        raise BadForm("kind")
    return page(request, "create_entries.html", entries=jixiao.entries(kind, year), kind=kind)


@of_dossier
@require_GET
def overview(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show how an evaluation stands: what is missing, what can be done, who did what."""
    return shown(request, dossier)


def shown(request: HttpRequest, dossier: Dossier, problem: Refused | None = None) -> HttpResponse:
    """Return the page of an evaluation, with what could not be done on it."""
    viewer: Viewer = request.viewer
    at, done = drafts.working(viewer, dossier), permissions.done_by(viewer, dossier)
    why = permissions.why_not_fill(viewer, dossier, done)
    return page(
        request, "dossier.html", problem.status if problem else 200, problem=problem, dossier=dossier, at=at,
        standing=at.standing, may_fill=why is None, today=clock.today(),
        ways=permissions.open_actions(viewer, dossier, done), offered=dossiers.offered(viewer, dossier),
        moves=list(dossier.moves.order_by("-pk")[:50]), gifts=list(dossier.gifts.select_related("office")),
        steps=steps.STEPS, passed=steps.STEPS[: steps.STEPS.index(dossier.step)],
        said=request.POST, why=why,
    )  # fmt: skip


@of_dossier
@require_POST
def act(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take a step."""
    said = request.POST
    try:
        head = whole(said.get("head"))
        moved = moving.take(
            request.viewer, dossier.pk, said.get("action", ""), remark=said.get("remark", ""), head=head
        )
    except (BadForm, Refused) as refused:
        return shown(request, permissions.dossier(request.viewer, dossier.pk), refused)
    note(request, f"web.moved.{moved.step}")
    return go("dossier", number=dossier.pk)


@of_dossier
@require_POST
def give(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Let another office look."""
    office = Office.objects.filter(name=request.POST.get("office", "").strip(), active=True).first()
    if office is None:
        return shown(request, dossier, BadForm("office_unknown"))
    dossiers.give(request.viewer, dossier.pk, office)
    note(request, "web.dossier.given", office=office.name)
    return go("dossier", number=dossier.pk)


@of_dossier
@require_POST
def deadline(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Set by when it is due."""
    dossiers.set_deadline(request.viewer, dossier.pk, day(request.POST.get("deadline", "")))
    return go("dossier", number=dossier.pk)
