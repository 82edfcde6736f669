"""页面: how a view answers: a page, a fragment for htmx, a file; and who may open it."""

from __future__ import annotations

import re
from datetime import date
from functools import wraps
from http.client import OK
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse

from jixiao.findings import Message
from jixiao.web import assets, audit, permissions
from jixiao.web.refusals import BadForm, SignedOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    View = Callable[..., HttpResponse]


def everybody(view: View) -> View:
    """Mark a page that needs nobody to have signed in."""
    view.guard = "everybody"  # type: ignore[attr-defined]
    return view


def signed(view: View) -> View:
    """Open a page to whoever has signed in; a password that was handed over has to be changed first."""

    @wraps(view)
    def guarded(request: HttpRequest, **names: Any) -> HttpResponse:
        if request.viewer is None:
            raise SignedOut
        if request.account.must_change and request.path not in _WITHOUT_CHANGE:
            return go("me")
        return view(request, **names)

    guarded.guard = "signed"  # type: ignore[attr-defined]
    return guarded


def of_dossier(view: View) -> View:
    """Open a page to whoever sees its dossier, and hand that to the view in place of its number.

    That it was seen, or a file of it downloaded, is recorded here for every page, with what its address names and
    what the view has to say of it (`told`).
    """

    @wraps(view)
    def guarded(request: HttpRequest, number: int, **names: Any) -> HttpResponse:
        of = permissions.dossier(request.viewer, number)
        response = view(request, of, **names)
        if request.method == "GET" and response.status_code == OK:
            what = "downloaded" if response.has_header("Content-Disposition") else "seen"
            said = {"page": request.resolver_match.url_name, **names, **getattr(request, "told", {})}
            audit.saw(request.viewer, what, of, **said)
        return response

    asked = signed(guarded)
    asked.guard = "dossier"  # type: ignore[attr-defined]
    return asked


def told(request: HttpRequest, **details: object) -> None:
    """Say what the audit entry of this page holds beside its address."""
    request.told = details


_WITHOUT_CHANGE = ("/me", "/signout", "/language")


def always(request: HttpRequest) -> dict[str, Any]:
    """Return what every template has: language, viewer, addresses of style and script."""
    return {
        "request": request,
        "flash": messages.get_messages(request),
        "lang": getattr(request, "lang", "zh"),
        "viewer": getattr(request, "viewer", None),
        "account": getattr(request, "account", None),
        "asset": assets.addresses(),
        "csrf": get_token(request),
        "oidc": settings.OIDC is not None,
        "at": request.resolver_match.url_name if request.resolver_match else "",
    }


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return a page, or for htmx the fragment that the template is."""
    return render(request, template, context, status=status)


def go(name: str, /, **names: Any) -> HttpResponse:
    """Send the browser on to a page."""
    return HttpResponseRedirect(reverse(name, kwargs=names))


def note(request: HttpRequest, message_id: str, **args: object) -> None:
    """Keep a sentence for the next page."""
    messages.success(request, Message(message_id, args).text(request.lang))


def file(raw: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """Return a file to keep, or with `inline` to look at."""
    response = HttpResponse(raw, content_type=kind)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name) or "file"
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response["Content-Length"] = str(len(raw))
    return response


def shut(response: HttpResponse) -> HttpResponse:
    """Let a page that we did not write ourselves load and run nothing."""
    if response["Content-Type"].startswith("text/html"):
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    return response


def whole(text: str | None, *, low: int = 0, high: int = 2**31 - 1) -> int:
    """Return a whole number that a form gave; `BadForm` for anything else."""
    if text is None or not re.fullmatch(r"\d{1,10}", text.strip(), re.ASCII) or not low <= int(text) <= high:
        raise BadForm("number", low=low, high=high)
    return int(text)


def day(text: str) -> date | None:
    """Return a date that a form gave, None for nothing; `BadForm` for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadForm("date") from None
