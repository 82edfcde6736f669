"""静态文件、语言、存活: what every page needs and nobody has to sign in for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from jixiao import library
from jixiao.web import assets
from jixiao.web.middleware import LANGUAGE
from jixiao.web.pages import everybody
from jixiao.web.refusals import Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest


@everybody
@require_GET
def static(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Return a style or a script; its address changes with it, so a browser may keep it for good."""
    found = assets.asset(name)
    if found is None or digest != found.digest:
        raise Unseen
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.packed if packed else found.raw, content_type=found.kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Vary"] = "Accept-Encoding"
    if packed:
        response["Content-Encoding"] = "gzip"
    return response


@everybody
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@everybody
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and return to the page."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("lang", "")
    if chosen in library.LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response
