"""佐证页: evidence by indicator; files are dropped there, looked at, detached and erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from jixiao.operations.preview import KINDS as DRAWN
from jixiao.operations.preview import preview as drawn
from jixiao.web import permissions
from jixiao.web.actions import drafts
from jixiao.web.actions import evidence as actions
from jixiao.web.pages import go, note, of_dossier, page, told
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jixiao.web.models import Dossier


@of_dossier
@require_GET
def listed(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show the evidence of every indicator."""
    return shown(request, dossier)


def shown(request: HttpRequest, dossier: Dossier, problem: BadForm | None = None) -> HttpResponse:
    """Return the page of the evidence, with what could not be taken in."""
    at = drafts.working(request.viewer, dossier)
    files = {file.sha256: file for file in dossier.files.all()}
    system = at.evaluation.system("scored") or at.evaluation.system("declared")
    rows = []
    for node in system.indicators() if system else ():
        entries = [one for one in at.evaluation.evidence if node.code in one.proves]
        rows.append((node, [(one, files.get(one.sha256 or "")) for one in entries]))
    return page(
        request, "evidence.html", problem.status if problem else 200, problem=problem, dossier=dossier, rows=rows,
        at=at, may_fill=permissions.why_not_fill(request.viewer, dossier) is None,
        endings=",".join(f".{ending}" for ending in actions.KINDS),
        may_erase=permissions.may_manage(request.viewer, dossier.office.path), drawn=tuple(DRAWN),
    )  # fmt: skip


@of_dossier
@require_POST
def attach(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take files in as evidence of an indicator."""
    given = request.FILES.getlist("file")
    try:
        if not given:
            raise BadForm("no_file")
        for one in given[:20]:
            actions.attach(request.viewer, dossier, one, request.POST.get("code", ""), request.POST.get("title", ""))
    except BadForm as refused:
        return shown(request, dossier, refused)
    note(request, "web.evidence.attached", count=len(given[:20]))
    return go("evidence", number=dossier.pk)


@of_dossier
@require_POST
def detach(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Let a file no longer prove an indicator."""
    actions.detach(request.viewer, dossier, request.POST.get("sha256", ""), request.POST.get("code", ""))
    return go("evidence", number=dossier.pk)


@of_dossier
@require_GET
def look(request: HttpRequest, dossier: Dossier, file: int) -> HttpResponse:
    """Return a file: images and PDF to look at, everything else to keep."""
    found = actions.file_of(dossier, file)
    path = actions.path_of(found.sha256)
    if found.erased is not None or not path.is_file():
        raise Unseen
    told(request, name=found.name)
    inline = found.kind in actions.TYPES and request.GET.get("keep") is None
    kind = actions.TYPES.get(found.kind, "application/octet-stream")
    response = FileResponse(path.open("rb"), as_attachment=not inline, filename=found.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    return response


@of_dossier
@require_GET
def preview(request: HttpRequest, dossier: Dossier, file: int) -> HttpResponse:
    """Return what a file looks like, small: a picture, the first page of a PDF; made once and kept beside it."""
    found = actions.file_of(dossier, file)
    path = actions.path_of(found.sha256)
    if found.erased is not None or not path.is_file():
        raise Unseen
    kept = path.with_suffix(".png")
    if not kept.exists():
        kept.write_bytes(drawn(path, found.kind) or b"")
    raw = kept.read_bytes()
    if not raw:
        raise Unseen
    told(request, name=found.name)
    response = HttpResponse(raw, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@of_dossier
@require_POST
def erase(request: HttpRequest, dossier: Dossier, file: int) -> HttpResponse:
    """Remove a file's bytes for good."""
    actions.erase(request.viewer, dossier.pk, file)
    note(request, "web.evidence.erased")
    return go("evidence", number=dossier.pk)
