"""结果页: scorecard with the derivation of each score, findings, charts, comparison, documents to download."""

from __future__ import annotations

import mimetypes
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import F
from django.views.decorators.http import require_GET, require_http_methods

from jixiao import library
from jixiao.authorities import cited
from jixiao.figures.figure import exactly
from jixiao.findings import Message
from jixiao.indicators.indicator import Indicator, Measured
from jixiao.operations import charts as drawing
from jixiao.operations.comparison import side_by_side
from jixiao.operations.enter import inputs
from jixiao.operations.evaluate import report_of, report_writers, writers
from jixiao.operations.scored_lines import money_lines, scored_lines
from jixiao.scoring import rule as rules
from jixiao.web import jobs, permissions, sheets
from jixiao.web.actions import drafts
from jixiao.web.models import Revision
from jixiao.web.pages import file, go, of_dossier, page, shut, told
from jixiao.web.refusals import Refused, Unseen
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Dossier
    from jixiao.web.standing import Standing

MOST_YEARS, MOST_OFFICES = 5, 200
_HEADS = ("target", "actual", "weight", "score", "score_rate")
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
}


@of_dossier
@require_GET
def results(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show the scorecard."""
    at = drafts.working(request.viewer, dossier)
    of = at.standing.of
    return page(
        request, "results.html", dossier=dossier, at=at, standing=at.standing, rows=scored_lines(of), card=of.card,
        of=of, money=money_lines(of), heads={name: library.wording(f"web.{name}", request.lang) for name in _HEADS},
    )  # fmt: skip


@of_dossier
@require_GET
def derivation(request: HttpRequest, dossier: Dossier, code: str) -> HttpResponse:
    """Return how one score came about."""
    at = drafts.working(request.viewer, dossier)
    of = at.standing.of
    system = of.evaluation.system("scored")
    node = system.find(code) if system else None
    if not isinstance(node, Indicator):
        raise Unseen
    actual = of.actuals.get(code)
    origin = getattr(actual, "origin", None)
    about = [found for found in at.standing.findings if any(code in path.split("/") for path in found.paths)]
    rule = node.rule
    return page(
        request, "derivation.html", dossier=dossier, node=node, actual=actual, origin=origin,
        parts=[(name, part.text()) for name, part in origin.parts.items()] if isinstance(origin, Measured) else [],
        score=of.card.scores.get(code) if of.card else None, reason=of.evaluation.reasons.get(code), about=about,
        rule=rules.title(rule.id, request.lang) if rule is not None and rule.id in rules.known() else None,
        authority=cited(rules.authority_of(rule)) if rule is not None else None,
        evidence=[one for one in of.evaluation.evidence if code in one.proves],
        typed=of.evaluation.overrides.get(code),
        may_fill=permissions.why_not_fill(request.viewer, dossier) is None,
    )  # fmt: skip


@of_dossier
@require_GET
def findings(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List what was found, each with the cell that it is about."""
    at = drafts.working(request.viewer, dossier)
    every = sheets.sheets(at.standing.of, request.lang)
    homes: dict[str, str] = {}
    for form in every:
        for path in inputs(form, at.evaluation):
            homes.setdefault(path, form.id)
    listed = []
    for found in at.standing.findings:
        at_home = next((one for one in sheets.home(found) if one in homes), "")
        listed.append((found, homes.get(at_home), at_home))
    return page(request, "findings.html", dossier=dossier, at=at, standing=at.standing, listed=listed)


@of_dossier
@require_GET
def charts(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Return the charts of the report."""
    at = drafts.working(request.viewer, dossier)
    return page(request, "charts.html", drawn=_drawn(at.standing))


@lru_cache(maxsize=32)
def _drawn(standing: Standing) -> tuple[drawing.Drawn, ...]:
    return drawing.charts(standing.of)


@of_dossier
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Compare with evaluations of the same kind that this person sees: by year and by office.

    A POST asks for the indicators of all offices as tables, in the background.
    """
    if request.method == "POST":
        title = Message("web.compare.job", {"year": dossier.year}).text(request.lang)
        args = {"kind": dossier.kind, "year": dossier.year}
        jobs.put(request.viewer, request.account, "comparison", title=title, args=args)
        return go("jobs")
    others = permissions.dossiers(request.viewer).filter(kind=dossier.kind, head__gt=0).exclude(total="")
    years = list(others.filter(office=dossier.office).order_by("-year", "-pk")[:MOST_YEARS])[::-1]
    offices = list(others.filter(year=dossier.year).order_by("office__path", "pk")[:MOST_OFFICES])
    heads = Revision.objects.filter(dossier__in=years, number=F("dossier__head"))
    latest = {one.dossier_id: of_revision(one).of for one in heads}
    beside = side_by_side([latest[one.pk] for one in years])
    return page(request, "compare.html", dossier=dossier, years=years, offices=offices, beside=beside,
                average=_average(offices))  # fmt: skip


def _average(offices: list[Dossier]) -> str:
    """Return the mean of the totals to two decimals, half up."""
    if not offices:
        return ""
    num, den = sum((Decimal(one.total) for one in offices), Decimal()).as_integer_ratio()
    return str(exactly(num, den * len(offices)).published(2))


@lru_cache(maxsize=16)
def _writers(standing: Standing, lang: str) -> dict[str, Callable[[], bytes]]:
    """Return what writes the documents of an evaluation by name; kept for whoever opens one after the other."""
    of = standing.of._replace(findings=standing.findings)  # with an error among them every page says: a draft
    report = report_of(of)
    return {**writers(of, lang), **(report_writers(report) if report else {})}


@of_dossier
@require_GET
def files(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the documents that this evaluation gives; while an error stands they are drafts, without a total."""
    at = drafts.working(request.viewer, dossier)
    names = list(_writers(at.standing, request.lang))
    return page(request, "files.html", dossier=dossier, at=at, standing=at.standing, listed=_listed(names))


def _listed(names: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each document with its files: what they are called beside it (Word, Excel, …) and their names."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        title, _, ending = name.rpartition("/")[2].rpartition(".")
        kind = "live" if "/" in name else ending
        found.setdefault(title, []).append((kind, name))
    return list(found.items())


@of_dossier
@require_GET
def download(request: HttpRequest, dossier: Dossier, name: str) -> HttpResponse:
    """Return one of the documents; while an error stands only to who asks for a draft, which says so."""
    at = drafts.working(request.viewer, dossier)
    unfit = bool(at.standing.errors)
    if unfit and not request.GET.get("draft"):
        raise Refused("errors_stand", count=at.standing.errors)
    write = _writers(at.standing, request.lang).get(name)
    if write is None:
        raise Unseen
    raw = write()
    told(request, name=name, draft=unfit or at.draft is not None, revision=at.base)
    ending = name[name.rfind(".") :]
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return shut(file(raw, f"草稿-{name}" if unfit else name, kind, inline=ending == ".html"))
