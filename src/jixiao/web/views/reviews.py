"""审核页: a finished report is uploaded, recomputed in the background, and shown with marks in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.web import audit, jobs
from jixiao.web.actions.evidence import safe_name
from jixiao.web.models import Job
from jixiao.web.pages import file, go, page, signed
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

ENDINGS = ("docx", "xlsx", "xlsm", "pdf", "html", "htm", "txt", "md", "zip")
_KINDS = {"html": "text/html; charset=utf-8", "json": "application/json"}


@signed
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Take a report in, and list one's reviews."""
    problem = None
    if request.method == "POST":
        try:
            _ask(request)
            return go("reviews")
        except BadForm as refused:
            problem = refused
    found = list(Job.objects.filter(account=request.account, kind="review").order_by("-pk")[:50])
    shown = [(job, jobs.message_of(job), jobs.result(job)) for job in found]
    return page(request, "reviews.html", problem.status if problem else 200, problem=problem, reviews=shown,
                endings=",".join(f".{one}" for one in ENDINGS))  # fmt: skip


def _ask(request: HttpRequest) -> None:
    given = request.FILES.get("file")
    if given is None:
        raise BadForm("no_file")
    name = safe_name(given.name or "")
    if name.rpartition(".")[2] not in ENDINGS:
        raise BadForm("file_kind", name=name, allowed="、".join(ENDINGS))
    if given.size is None or given.size > settings.LARGEST_EVIDENCE:
        raise BadForm("file_large", name=name, largest=settings.LARGEST_EVIDENCE >> 20)

    def prepare(place: Path) -> None:
        with (place / name).open("wb") as out:
            for chunk in given.chunks():
                out.write(chunk)

    args = {"name": name, "lang": request.lang}
    jobs.put(request.viewer, request.account, "review", title=name, args=args, prepare=prepare)


@signed
@require_GET
def document(request: HttpRequest, job: int, name: str) -> HttpResponse:
    """Return one of the documents of a review; the marked page is shown."""
    found = jobs.own(request.viewer, job)
    if found.kind != "review" or found.state != "done" or name not in jobs.result(found).get("files", ()):
        raise Unseen
    raw = (jobs.folder(found) / "out" / name).read_bytes()
    audit.saw(request.viewer, "downloaded", None, job=found.pk, name=name)
    ending = name.rpartition(".")[2]
    response = file(raw, name, _KINDS.get(ending, "application/octet-stream"), inline=ending == "html")
    if ending == "html":
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    return response
