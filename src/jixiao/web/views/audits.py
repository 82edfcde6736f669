"""审计页: who did, saw and downloaded what; the same as an export; whether the chains hold."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.views.decorators.http import require_GET, require_POST

from jixiao import library
from jixiao.findings import Message
from jixiao.web import audit, clock, jobs, pages, permissions
from jixiao.web.models import Job
from jixiao.web.pages import file, go, page, signed
from jixiao.web.refusals import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Entry

PER_PAGE = 100
_WORDS = {"before": "web.step", "after": "web.step", "role": "web.role", "roles": "web.role", "page": "web.page"}
MOST = 100_000


def _asked(request: HttpRequest):  # type: ignore[no-untyped-def]
    if not permissions.may_audit(request.viewer):
        raise Refused("no_role_to_audit")
    found = audit.readable(request.viewer)
    asked = request.GET
    if asked.get("what"):
        found = found.filter(what=asked["what"][:40])
    if asked.get("who"):
        found = found.filter(who__icontains=asked["who"][:60])
    for bound, day in (("gte", "from"), ("lte", "to")):
        if asked.get(day):
            found = found.filter(**{f"at__date__{bound}": pages.day(asked[day])})
    if asked.get("dossier", "").isdecimal():
        found = found.filter(dossier=int(asked["dossier"][:12]))
    return found


@signed
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Show the audit log, the latest first."""
    shown = Paginator(_asked(request), PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    job = Job.objects.filter(account=request.account, kind="verify").order_by("-pk").first()
    return page(
        request, "audit.html", shown=[(entry, _said(entry, request.lang)) for entry in shown], pages=shown,
        asked=request.GET, kept=kept.urlencode(), every=audit.DEEDS, job=job,
        verified=jobs.result(job) if job is not None and job.state == "done" else None,
    )  # fmt: skip


def _said(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """Return what an entry holds beside its columns, as people call it."""
    found = []
    for name, value in json.loads(entry.details).items():
        if value in (None, "", [], "—"):
            continue
        texts = [_word(name, one, lang) for one in (value if isinstance(value, list) else [value])]
        found.append((library.wording(f"web.detail.{name}", lang), "、".join(texts)))
    return found


def _word(name: str, value: object, lang: str) -> str:
    if name in _WORDS:
        try:
            return library.wording(f"{_WORDS[name]}.{value}", lang)
        except KeyError:
            return str(value)
    return str(value)[:12] if name in ("hash", "sha256") else str(value)


@signed
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Return the audit log as CSV, safe to open in a spreadsheet."""
    entries = _asked(request)[:MOST]
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(("number", "at", "who", "office", "what", "dossier", "details", "previous", "hash"))
    for entry in entries.iterator(2000):
        writer.writerow([harmless(value) for value in _row(entry)])
    audit.saw(request.viewer, "audit_exported")
    return file(out.getvalue().encode(), f"审计-{clock.today()}.csv", "text/csv; charset=utf-8")


def _row(entry: Entry) -> tuple[object, ...]:
    return (entry.number, clock.stamp(entry.at), entry.who, entry.office, entry.what, entry.dossier, entry.details,
            entry.previous, entry.hash)  # fmt: skip


def harmless(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless(7), harmless(None)
    ("'=1+1", '7', '')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@signed
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the audit log and every chain of versions to be recomputed; the page tells what came of it."""
    if not permissions.may_audit(request.viewer):
        raise Refused("no_role_to_audit")
    title = Message("web.audit.verify").text(request.lang)
    jobs.put(request.viewer, request.account, "verify", title=title, args={})
    return go("audit")
