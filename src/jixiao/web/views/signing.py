"""登录: first set-up, password, second factor, one's own account."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import oidc, serving, signing_in
from jixiao.web.actions import people
from jixiao.web.models import Account, SignIn
from jixiao.web.models.offices import KINDS, LEVELS
from jixiao.web.pages import everybody, go, note, page, signed
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest


OIDC = "jixiao_oidc"


def _cookie(response: HttpResponse, name: str, value: str, seconds: int | None = None) -> HttpResponse:
    response.set_cookie(name, value, max_age=seconds, httponly=True, samesite="Lax", secure=settings.HTTPS, path="/")
    return response


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else "/"


@everybody
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest, key: str) -> HttpResponse:
    """Make the first office and its administrator, with the key that the server printed."""
    if not serving.is_setup_key(key) or Account.objects.exists():
        raise Unseen
    problem = None
    if request.method == "POST":
        said = request.POST
        try:
            people.found(
                **{one: said.get(one, "") for one in ("name", "full_name", "password", "office", "kind", "level")}
            )
            return go("signin")
        except BadForm as refused:
            problem = refused
    return page(request, "setup.html", 400 if problem else 200, problem=problem, said=request.POST,
                kinds=KINDS, levels=LEVELS)  # fmt: skip


@everybody
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.viewer is not None:
        return HttpResponseRedirect(_next(request))
    problem = None
    if request.method == "POST":
        try:
            half = signing_in.first_half(request.POST.get("name", ""), request.POST.get("password", ""))
            response = HttpResponseRedirect(f"{reverse('code')}?next={_next(request)}")
            return _cookie(response, signing_in.HALF, half, 600)
        except BadForm as refused:
            problem = refused
    return page(request, "signin.html", 400 if problem else 200, problem=problem, next=_next(request),
                name=request.POST.get("name", ""))  # fmt: skip


@everybody
@require_GET
def by_service(request: HttpRequest) -> HttpResponse:
    """Send the browser to the organisation's own service."""
    address, noted = oidc.begun(request.build_absolute_uri(reverse("oidc_back")), _next(request))
    return _cookie(HttpResponseRedirect(address), OIDC, noted, 600)


@everybody
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Take in whoever comes back from there; the second factor follows unless it was asked for there."""
    said = request.GET
    try:
        account, strong, then = oidc.finished(
            request.COOKIES.get(OIDC, ""), said.get("state", ""), said.get("code", "")
        )
    except BadForm as refused:
        return page(request, "signin.html", refused.status, problem=refused, next="/", name="")
    if strong:
        with transaction.atomic():
            key = signing_in.begin(account, request.headers.get("User-Agent", ""))
        response = _cookie(HttpResponseRedirect(then), signing_in.COOKIE, key)
    else:
        response = HttpResponseRedirect(f"{reverse('code')}?next={quote(then)}")
        _cookie(response, signing_in.HALF, signing_in.half_of(account), 600)
    response.delete_cookie(OIDC)
    return response


@everybody
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor; at the first time show how to set it up."""
    half = request.COOKIES.get(signing_in.HALF, "")
    try:
        account, pending = signing_in.half(half)
    except BadForm:
        return go("signin")
    problem = None
    if request.method == "POST":
        agent = request.headers.get("User-Agent", "")
        try:
            key = signing_in.second_half(half, request.POST.get("code", ""), agent)
            response = _cookie(HttpResponseRedirect(_next(request)), signing_in.COOKIE, key)
            response.delete_cookie(signing_in.HALF)
            return response
        except BadForm as refused:
            problem = refused
    drawn = _drawn(signing_in.uri(account, pending)) if pending else ""
    return page(request, "code.html", 400 if problem else 200, problem=problem, pending=pending, drawn=drawn,
                next=_next(request))  # fmt: skip


def _drawn(text: str) -> str:
    """Return a QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=5, border=2, xmldecl=False, svgclass=None, lineclass=None)
    return mark_safe(out.getvalue().decode())


@everybody
@require_POST
def signout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    key = request.COOKIES.get(signing_in.COOKIE)
    if key:
        signing_in.end(key)
    response = go("signin")
    response.delete_cookie(signing_in.COOKIE)
    return response


@signed
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show one's duties and sessions, and change the password."""
    problem = None
    if request.method == "POST":
        said = request.POST
        try:
            if said.get("new") != said.get("again"):
                raise BadForm("passwords_differ")
            key = request.COOKIES[signing_in.COOKIE]
            signing_in.change_password(request.account, said.get("old", ""), said.get("new", ""), key)
            note(request, "web.me.changed")
            return go("me")
        except BadForm as refused:
            problem = refused
    duties = request.account.duties.select_related("office").order_by("office__path", "role")
    sessions = SignIn.objects.filter(account=request.account).order_by("-started")
    return page(request, "me.html", 400 if problem else 200, problem=problem, duties=duties, sessions=sessions)


@signed
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End one's sessions elsewhere."""
    signing_in.end_others(request.account, request.COOKIES[signing_in.COOKIE])
    note(request, "web.me.others_ended")
    return go("me")
