"""任务页: one's long work, how far it is, what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.findings import Message
from jixiao.web import audit, jobs, permissions
from jixiao.web.models import Job
from jixiao.web.pages import go, page, shut, signed
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 5000
_KINDS = {"html": "text/html; charset=utf-8", "json": "application/json"}


@signed
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """List one's jobs; a POST asks for the documents of the evaluations of a year as one archive."""
    if request.method == "POST":
        year = request.POST.get("year", "")
        asked = permissions.dossiers(request.viewer)
        if year:
            if not (year.isdecimal() and len(year) == 4):
                raise BadForm("number", low=2000, high=2099)
            asked = asked.filter(year=int(year))
        numbers = list(asked.values_list("pk", flat=True)[:MOST])
        title = Message("web.job.batch_title", {"year": year, "count": len(numbers)}).text(request.lang)
        args = {"dossiers": numbers, "lang": request.lang}
        jobs.put(request.viewer, request.account, "batch", title=title, args=args)
        return go("jobs")
    found = list(Job.objects.filter(account=request.account).order_by("-pk")[:50])
    return page(
        request, "jobs.html", ended=jobs.ENDED, jobs=[(job, jobs.message_of(job), jobs.result(job)) for job in found]
    )


@signed
@require_GET
def progress(request: HttpRequest, job: int) -> HttpResponse:
    """Return the line of a job, which asks again while it goes on."""
    found = jobs.own(request.viewer, job)
    return page(request, "job_line.html", job=found, message=jobs.message_of(found))


@signed
@require_POST
def cancel(request: HttpRequest, job: int) -> HttpResponse:
    """Cancel a job."""
    jobs.cancel(request.viewer, job)
    return _back(request, job)


@signed
@require_POST
def again(request: HttpRequest, job: int) -> HttpResponse:
    """Start a job again that failed or was cancelled."""
    jobs.again(request.viewer, job)
    return _back(request, job)


@signed
@require_POST
def clear(request: HttpRequest, job: int) -> HttpResponse:
    """Remove the files of a job of one's own that has ended."""
    found = jobs.own(request.viewer, job)
    if found.state not in jobs.ENDED or found.office is not None:
        raise Unseen
    jobs.emptied(found, request.viewer)
    return go("jobs")


def _back(request: HttpRequest, job: int) -> HttpResponse:
    return go("compared", job=job) if jobs.own(request.viewer, job).office is not None else go("jobs")


@signed
@require_GET
def made(request: HttpRequest, job: int, name: str) -> HttpResponse:
    """Return a file that a job made; a page is shown, everything else is to keep."""
    found = jobs.own(request.viewer, job)
    if found.state != "done" or found.cleared is not None or name not in jobs.result(found).get("files", ()):
        raise Unseen
    audit.saw(request.viewer, "downloaded", found.dossier, of_office=found.office_id, job=found.pk, name=name)
    ending, path = name.rpartition(".")[2], jobs.folder(found) / "out" / name
    kind = _KINDS.get(ending, "application/octet-stream")
    return shut(FileResponse(path.open("rb"), as_attachment=ending != "html", filename=name, content_type=kind))
