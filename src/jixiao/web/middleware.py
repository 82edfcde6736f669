"""中间层: what every answer passes: packed, protected, in a language, with whoever has signed in, refusals as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DataError
from django.middleware.gzip import GZipMiddleware

from jixiao import library
from jixiao.errors import JixiaoError
from jixiao.web import signing_in
from jixiao.web.refusals import BadForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

LANGUAGE = "jixiao_lang"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-store",
}

packed = GZipMiddleware


def protected(answer: Answer) -> Answer:
    """Add the headers that keep a page to itself; a view may set its own first."""

    def protect(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.HTTPS:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    return protect


def spoken(answer: Answer) -> Answer:
    """Choose the language: the switch, else what the browser asks for, else Chinese."""

    def speak(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE)
        request.lang = chosen if chosen in library.LANGUAGES else _asked(request.headers.get("Accept-Language", ""))
        response = answer(request)
        response.headers.setdefault("Content-Language", "zh-CN" if request.lang == "zh" else "en")
        return response

    return speak


def _asked(header: str) -> str:
    """Return the first language of ours that a browser asks for.

    >>> _asked("fr,en-GB;q=0.8,zh;q=0.5"), _asked("")
    ('en', 'zh')
    """
    for part in header.split(","):
        known = part.strip().lower()[:2]
        if known in library.LANGUAGES:
            return known
    return "zh"


def signed_in(answer: Answer) -> Answer:
    """Find out who asks, by the key of their session."""

    def look(request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(signing_in.COOKIE)
        found = signing_in.current(key) if key else None
        request.account, request.viewer = found or (None, None)
        return answer(request)

    return look


class answered:
    """Turn a refusal into a page that says why and what to do."""

    def __init__(self, answer: Answer) -> None:
        """Keep what comes next."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer with the sentence of what went wrong; bugs are not ours to answer."""
        from jixiao.web.views import troubles  # noqa: PLC0415  (views need settings)

        if isinstance(problem, ValueError | DataError) and "NUL" in str(problem):  # PostgreSQL takes no such sign
            problem = BadForm("nul")
        return troubles.shown(request, problem) if isinstance(problem, JixiaoError) else None
