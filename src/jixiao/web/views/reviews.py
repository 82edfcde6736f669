"""审核页: a finished report is uploaded, recomputed in the background, and shown with marks in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.views.decorators.http import require_http_methods

from jixiao.web import jobs
from jixiao.web.actions.evidence import safe_name
from jixiao.web.models import Job
from jixiao.web.pages import go, page, signed
from jixiao.web.refusals import BadForm

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

ENDINGS = ("docx", "xlsx", "xlsm", "pdf", "html", "htm", "txt", "md", "zip")


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
