"""填报页: a form as it looks on paper; every cell is kept as it is typed, with what stands against it beside it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from http.client import FORBIDDEN
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.errors import JixiaoError, NotKnown
from jixiao.evaluation.paths import put
from jixiao.evaluation.reading import weight
from jixiao.operations import arrange
from jixiao.operations.enter import enter
from jixiao.operations.evaluate import writers
from jixiao.operations.outcome import Outcome
from jixiao.operations.rows import added as row_added
from jixiao.operations.rows import counted
from jixiao.operations.rows import removed as row_removed
from jixiao.scoring.score import Override
from jixiao.web import permissions, sheets, squares
from jixiao.web.actions import dossiers, drafts, evidence
from jixiao.web.pages import file, go, note, of_dossier, page, told, whole
from jixiao.web.refusals import BadForm, Refused, Stale, Unseen
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding
    from jixiao.forms.form import Form
    from jixiao.indicators.system import Role
    from jixiao.web.models import Dossier
    from jixiao.web.standing import Standing

MOST_CELLS = 2000
_KEPT = 64
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _sheet(standing: Standing, name: str, lang: str) -> tuple[Form, tuple[Form, ...]]:
    """Return a sheet by its name, and all of them."""
    every = _sheets(standing, lang)
    found = next((form for form in every if form.id == name), None)
    if found is None:
        raise Unseen
    return found, every


@lru_cache(maxsize=_KEPT)
def _sheets(standing: Standing, lang: str) -> tuple[Form, ...]:
    return sheets.sheets(standing.of, lang)


@lru_cache(maxsize=_KEPT)
def _grid(standing: Standing, name: str, last: Standing | None, lang: str) -> sheets.Sheet:
    """Return a sheet as the page shows it."""
    form, _ = _sheet(standing, name, lang)
    return sheets.sheet(form, standing.of, standing.findings, last.of if last else None, lang)


def _last(dossier: Dossier, request: HttpRequest) -> Standing | None:
    """Return last year's evaluation, where there is one that this person may see."""
    if dossier.last_id is None:
        return None
    before = permissions.dossiers(request.viewer).filter(pk=dossier.last_id).first()
    return of_revision(dossiers.revision(before, before.head)) if before else None


@of_dossier
@require_GET
def fill(request: HttpRequest, dossier: Dossier, sheet: str) -> HttpResponse:
    """Show a sheet, to fill in or, for whoever may not, to read."""
    at = drafts.working(request.viewer, dossier)
    form, every = _sheet(at.standing, sheet, request.lang)
    grid = _grid(at.standing, form.id, _last(dossier, request), request.lang)
    refused = permissions.why_not_fill(request.viewer, dossier)
    return page(
        request, "fill.html", dossier=dossier, at=at, standing=at.standing, form=form, sheet=grid,
        **_menu(every, at.evaluation),
        rows=squares.drawn(grid, request.lang, may_fill=refused is None, tools=_tools(request, dossier, form, at)),
        may_fill=refused is None, why=refused, count=counted(at.evaluation, form),
        stale=at.draft is not None and at.base != dossier.head,
    )  # fmt: skip


def _menu(every: tuple[Form, ...], evaluation: Evaluation) -> dict[str, Any]:
    """Return the sheets that everybody fills in, and the lists of the procedure with how many rows each has."""
    counts = [(one, counted(evaluation, one)) for one in every]
    return {
        "every": [one for one, count in counts if count is None],
        "lists": [(one, count) for one, count in counts if count is not None],
    }


def _tools(
    request: HttpRequest, dossier: Dossier, form: Form, at: drafts.Working, *, new: bool = False, row: int | None = None
) -> squares.Tools | None:  # fmt: skip
    """Return what adds and takes out rows, for whoever may fill in a list."""
    count = counted(at.evaluation, form)
    if count is None or permissions.why_not_fill(request.viewer, dossier) is not None:
        return None
    address = reverse("rows", kwargs={"number": dossier.pk, "sheet": form.id})
    return squares.Tools(address, get_token(request), count, new, row)


@of_dossier
@require_POST
def rows(request: HttpRequest, dossier: Dossier, sheet: str) -> HttpResponse:
    """Add a blank row to a list, or take one out; what is sent twice is done once."""
    said, adds = request.POST, request.POST.get("do") == "add"
    row = 0 if adds else whole(said.get("row"))
    shown = whole(said.get("rows"))

    def arranged(evaluation: Evaluation) -> Outcome[Evaluation]:
        form, _ = _sheet(drafts.working(request.viewer, dossier).standing, sheet, request.lang)
        if counted(evaluation, form) != shown:
            raise BadForm("rows_changed")
        return Outcome(row_added(evaluation, form) if adds else row_removed(evaluation, form, row))

    at, _ = drafts.change(request.viewer, dossier, arranged)
    if not request.headers.get("HX-Request"):
        return go("fill", number=dossier.pk, sheet=sheet)
    form, _ = _sheet(at.standing, sheet, request.lang)
    tools = _tools(request, dossier, form, at, new=adds, row=None if adds else row)
    grid = _grid(at.standing, sheet, _last(dossier, request), request.lang)
    return page(
        request, "fill_rows.html", dossier=dossier, at=at, standing=at.standing, count=counted(at.evaluation, form),
        rows=squares.drawn(grid, request.lang, may_fill=True, tools=tools),
    )  # fmt: skip


@of_dossier
@require_GET
def excel(request: HttpRequest, dossier: Dossier, sheet: str) -> HttpResponse:
    """Return a form as Excel, as far as it is filled in, to go on with there; total and grade may be missing."""
    at = drafts.working(request.viewer, dossier)
    form, _ = _sheet(at.standing, sheet, request.lang)
    name = f"{form.title}.xlsx"
    write = writers(at.standing.of).get(name)
    if write is None:
        raise Unseen
    raw = write()
    told(request, name=name, draft=at.draft is not None, revision=at.base)
    return file(raw, name, _XLSX)


@of_dossier
@require_POST
def cells(request: HttpRequest, dossier: Dossier, sheet: str) -> HttpResponse:
    """Keep what was typed into some cells and return what changed on the sheet: computed cells, notes, the bar.

    The form holds `path` and `text` as often as there are cells, and of a list how many `rows` the page shows.
    """
    paths, texts = request.POST.getlist("path"), request.POST.getlist("text")
    if len(paths) != len(texts) or not 0 < len(paths) <= MOST_CELLS:
        raise BadForm("cells")
    lang = request.lang
    before = drafts.working(request.viewer, dossier)
    form, _ = _sheet(before.standing, sheet, lang)
    shown = request.POST.get("rows", "")
    if shown and shown != str(counted(before.evaluation, form)):
        raise BadForm("rows_changed")  # a row's number is no longer the one on the page
    said = dict(zip(paths, texts, strict=True))
    at, found = drafts.change(
        request.viewer, dossier, lambda evaluation: enter(evaluation, form, said, before.standing.of)
    )
    grid = _grid(at.standing, sheet, _last(dossier, request), lang)
    return page(
        request,
        "fill_changes.html",
        dossier=dossier,
        at=at,
        standing=at.standing,
        changes=squares.changed(sheets.told(grid, found), lang),
    )


@of_dossier
@require_POST
def save(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Make a version of the draft; where somebody else saved meanwhile, show both."""
    try:
        made = drafts.save(request.viewer, dossier, request.POST.get("reason", ""))
    except Stale:
        return go("merge", number=dossier.pk)
    note(request, "web.fill.saved", number=made.number)
    return go("dossier", number=dossier.pk)


@of_dossier
@require_POST
def discard(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Throw the draft away."""
    drafts.discard(request.viewer, dossier)
    note(request, "web.fill.discarded")
    return go("dossier", number=dossier.pk)


@of_dossier
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show both versions field by field and bring them together as chosen."""
    permissions.demand(permissions.why_not_fill(request.viewer, dossier))
    at = drafts.working(request.viewer, dossier)
    if at.draft is None or at.base == dossier.head:
        return go("dossier", number=dossier.pk)
    changes = drafts.changes(request.viewer, dossier)
    problem = None
    if request.method == "POST":
        chosen = {change.key: request.POST.get(f"c{number}") for number, change in enumerate(changes)}
        open_still = [
            change for change in changes if change.is_conflict and chosen[change.key] not in ("mine", "theirs")
        ]
        if open_still:
            problem = BadForm("merge_open", count=len(open_still))
        else:
            mine = {key for key, side in chosen.items() if side == "mine"}
            drafts.merge_with(request.viewer, dossier, mine, whole(request.POST.get("head")))
            note(request, "web.merge.done")
            return go("fill", number=dossier.pk, sheet=sheets.BASICS)
    latest = dossiers.revision(dossier, dossier.head)
    return page(request, "merge.html", 400 if problem else 200, dossier=dossier, changes=changes, at=at,
                latest=latest, problem=problem)  # fmt: skip


@of_dossier
@require_POST
def upload(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take in a filled Excel form; what does not fit is shown with its cell."""
    name: str = ""
    found: tuple[Finding, ...] = ()
    problem: JixiaoError | None = None
    try:
        name, _, found = evidence.take_form(request.viewer, dossier, request.FILES.get("file"))
    except Refused as refused:
        if refused.status == FORBIDDEN:
            raise
        problem = refused
    except JixiaoError as unread:
        problem = unread
    return page(request, "uploaded.html", 400 if problem else 200, dossier=dossier, found=found, problem=problem,
                name=name)  # fmt: skip


@of_dossier
@require_http_methods(["GET", "POST"])
def indicators(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show the indicators with their rules; add one, take one out, score one by another rule."""
    role: Role = "declared" if request.GET.get("role") == "declared" else "scored"
    problem = None
    if request.method == "POST":
        try:
            drafts.change(
                request.viewer, dossier, lambda evaluation: Outcome(_arranged(evaluation, request.POST, role))
            )
            return HttpResponseRedirect(request.get_full_path())
        except NotKnown as refused:
            problem = refused
    at = drafts.working(request.viewer, dossier)
    system = at.evaluation.system(role)
    return page(
        request, "indicators.html", 400 if problem else 200, dossier=dossier, at=at, standing=at.standing, role=role,
        nodes=list(system.walk()) if system else [], groups=arrange.groups(at.evaluation, role), problem=problem,
        rules=arrange.rule_titles(request.lang), roles=[one.role for one in at.evaluation.systems],
        may_fill=permissions.why_not_fill(request.viewer, dossier) is None,
    )  # fmt: skip


def _arranged(evaluation: Evaluation, said: QueryDict, role: Role) -> Evaluation:
    code, rule = said.get("code", ""), said.get("rule", "")
    if said.get("do") == "add":
        return arrange.added(evaluation, role, said.get("group", ""), said.get("name", "")[:200], rule)
    if said.get("do") == "remove":
        return arrange.removed(evaluation, role, code)
    if said.get("do") == "weight":
        return arrange.weighed(evaluation, role, code, said.get("weight", "")[:20])
    return arrange.ruled(evaluation, role, code, rule)


@of_dossier
@require_POST
def override(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Type a score where none can be computed, with the reason that stays beside it; a blank score takes it back."""
    code, text, why = (request.POST.get(name, "").strip() for name in ("code", "score", "reason"))
    points = weight(text) if text else None
    if points is not None and (not isinstance(points, Decimal) or not why):
        raise BadForm("override")

    def typed(evaluation: Evaluation) -> Outcome[Evaluation]:
        system = evaluation.system("scored")
        if system is None or system.find(code) is None:
            raise BadForm("indicator", code=code)
        kept = {key: value for key, value in evaluation.overrides.items() if key != code}
        added = {code: Override(points, why[:500])} if isinstance(points, Decimal) else {}
        return Outcome(put(evaluation, "overrides", {**kept, **added}))

    drafts.change(request.viewer, dossier, typed)
    return go("results", number=dossier.pk)
