"""首页与列表: what is missing and by when, what waits for me, what is late; the region by steps; search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.views.decorators.http import require_GET

from jixiao.web import clock, permissions, steps
from jixiao.web.actions import case_lists
from jixiao.web.models import Dossier, Draft, Office
from jixiao.web.models.offices import STEP
from jixiao.web.pages import page, signed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.permissions import Viewer

MOST = 12
PER_PAGE = 50
KEPT = 30  # seconds


@signed
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show a person what to do, first of all what is missing and by when."""
    viewer, today = request.viewer, clock.today()
    mine = list(_mine(viewer).order_by("deadline", "-changed")[:MOST])
    waiting = list(_waiting(viewer).order_by("changed")[:MOST])
    known = {one.pk for one in (*mine, *waiting)}
    late = permissions.dossiers(viewer).filter(step__in=steps.OPEN, deadline__lt=today).exclude(pk__in=known)
    drafts = set(Draft.objects.filter(account=viewer.account, dossier__in=known).values_list("dossier_id", flat=True))
    return page(
        request, "home.html", mine=mine, waiting=waiting, late=list(late.order_by("deadline")[:MOST]), today=today,
        drafts=drafts, region=region(viewer), may_create="fill" in viewer.roles or "manage" in viewer.roles,
        steps=steps.STEPS, lists=case_lists.unopened(viewer),
    )  # fmt: skip


def _mine(viewer: Viewer) -> Any:
    """Return the evaluations that a person is to fill."""
    own = [held.office for held in viewer.held if held.role == "fill"]
    evaluated = [held.office for held in viewer.held if held.role == "evaluate"]
    asked = Q(office__in=own, evaluator=None) | Q(evaluator__in=evaluated)
    return Dossier.objects.filter(asked, step="filling").select_related("office")


def _waiting(viewer: Viewer) -> Any:
    """Return the evaluations that wait for a step that a person's roles allow."""
    asked = Q(pk__in=[])
    for role, step in (("check", "checking"), ("approve", "approving"), ("publish", "settled")):
        offices = [held.office for held in viewer.held if held.role == role]
        if role == "check":
            asked |= Q(step=step, evaluator=None, office__in=offices) | Q(step=step, evaluator__in=offices)
        else:
            asked |= Q(step=step, office__in=offices)
    for role, step in (("review", "approved"), ("final_review", "finalising")):
        offices = [held.office for held in viewer.held if held.role == role]
        asked |= Q(step=step, office__finance__in=offices)
    return Dossier.objects.filter(asked).select_related("office")


def region(viewer: Viewer) -> list[dict[str, Any]]:
    """Return the offices right below the viewer's, each with how many evaluations stand at which step.

    A server counts anew after half a minute.
    """
    if not viewer.paths:
        return []
    top = viewer.paths[0]
    found: list[dict[str, Any]] = cache.get_or_set(f"region-{top}", lambda: _region(top), KEPT)
    return found


def _region(top: str) -> list[dict[str, Any]]:
    width = len(top) + STEP
    counted = (
        Dossier.objects.filter(office__path__startswith=top)
        .annotate(part=Substr("office__path", 1, width))
        .values("part", "step")
        .annotate(count=Count("pk"))
        .order_by()
    )
    table: dict[str, dict[str, int]] = {}
    for row in counted:
        table.setdefault(row["part"], {})[row["step"]] = row["count"]
    names = dict(Office.objects.filter(path__in=list(table)).values_list("path", "name"))
    return [
        {"path": path, "name": names.get(path, ""), "counts": [table[path].get(step, 0) for step in steps.STEPS],
         "sum": sum(table[path].values())}
        for path in sorted(table)
    ]  # fmt: skip


@signed
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List the evaluations that a person sees, narrowed by words, year, step and office."""
    asked, found = request.GET, permissions.dossiers(request.viewer)
    words = asked.get("q", "").strip()[:80]
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(office__name__icontains=word))
    if asked.get("year", "").isdecimal() and len(asked["year"]) == 4:
        found = found.filter(year=int(asked["year"]))
    if asked.get("step") in steps.STEPS:
        found = found.filter(step=asked["step"])
    if asked.get("under"):
        found = found.filter(office__path__startswith=asked["under"][:140])
    if asked.get("late"):
        found = found.filter(step__in=steps.OPEN, deadline__lt=clock.today())
    pages = Paginator(found.order_by("-changed", "-pk"), PER_PAGE)
    shown = pages.get_page(asked.get("page"))
    kept = asked.copy()
    kept.pop("page", None)
    return page(request, "dossiers.html", shown=shown, words=words, asked=asked, steps=steps.STEPS,
                today=clock.today(), kept=kept.urlencode())  # fmt: skip
