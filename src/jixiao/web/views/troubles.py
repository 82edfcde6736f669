"""拒绝与错误: a sentence a person understands, on a page, in a fragment, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from jixiao.findings import Message
from jixiao.web.pages import everybody, page
from jixiao.web.refusals import SignedOut, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jixiao.errors import JixiaoError


def shown(request: HttpRequest, problem: JixiaoError) -> HttpResponse:
    """Return the answer to what could not be done."""
    status: int = getattr(problem, "status", 400)
    if isinstance(problem, SignedOut) and not request.headers.get("HX-Request") and request.method == "GET":
        return HttpResponseRedirect(f"{reverse('signin')}?next={quote(request.get_full_path())}")
    if request.path.startswith("/api/"):
        return JsonResponse(as_json(problem, request.lang), status=status, json_dumps_params={"ensure_ascii": False})
    template = "trouble_fragment.html" if request.headers.get("HX-Request") else "trouble.html"
    return page(request, template, status, what=problem.what, remedy=problem.remedy, place=problem.place)


def as_json(problem: JixiaoError, lang: str) -> dict[str, object]:
    """Return an error as JSON."""
    return {
        "error": problem.what.id,
        "what": problem.what.text(lang),
        "remedy": problem.remedy.text(lang) if problem.remedy else None,
    }


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page has grown too old, or that came from elsewhere."""
    request.lang = getattr(request, "lang", "zh")
    what = Message("web.refused.form_old")
    return page(request, "trouble.html", 403, what=what, remedy=Message("web.refused.form_old.remedy"), place=None)


@everybody
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that is nobody's."""
    request.lang = getattr(request, "lang", "zh")
    return shown(request, Unseen())


@everybody
def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; nothing was changed."""
    request.lang = getattr(request, "lang", "zh")
    what = Message("web.refused.broken")
    return page(request, "trouble.html", 500, what=what, remedy=Message("web.refused.broken.remedy"), place=None)
