"""结果页: scorecard with the derivation of each score, findings, charts, comparison, documents to download."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from jixiao import library
from jixiao.authorities import cited
from jixiao.indicators.indicator import Indicator, Measured
from jixiao.operations import charts as drawing
from jixiao.operations.enter import inputs
from jixiao.operations.evaluate import report_of, report_writers, writers
from jixiao.operations.scored_lines import money_lines, scored_lines
from jixiao.scoring import rule as rules
from jixiao.web import audit, permissions, sheets
from jixiao.web.actions import drafts
from jixiao.web.pages import file, of_dossier, page, shut
from jixiao.web.refusals import Refused, Unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Dossier
    from jixiao.web.standing import Standing

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
    audit.saw(request.viewer, "seen", dossier, page="results")
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
@require_GET
def compare(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Compare with evaluations of the same kind that this person sees: by year and by office."""
    others = permissions.dossiers(request.viewer).filter(kind=dossier.kind).exclude(total="")
    years = list(others.filter(office=dossier.office).order_by("year", "pk")[:20])
    offices = list(others.filter(year=dossier.year).order_by("office__path", "pk")[:200])
    return page(request, "compare.html", dossier=dossier, years=years, offices=offices)


@lru_cache(maxsize=16)
def _writers(standing: Standing, lang: str) -> dict[str, Callable[[], bytes]]:
    """Return what writes the documents of an evaluation by name; kept for whoever opens one after the other."""
    report = report_of(standing.of)
    return {**writers(standing.of, lang), **(report_writers(report) if report else {})}


@of_dossier
@require_GET
def files(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the documents that this evaluation gives; none while an error stands."""
    at = drafts.working(request.viewer, dossier)
    names = [] if at.standing.errors else list(_writers(at.standing, request.lang))
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
    """Return one of the documents."""
    at = drafts.working(request.viewer, dossier)
    if at.standing.errors:
        raise Refused("errors_stand", count=at.standing.errors)
    write = _writers(at.standing, request.lang).get(name)
    if write is None:
        raise Unseen
    raw = write()
    audit.saw(request.viewer, "downloaded", dossier, name=name, draft=at.draft is not None, revision=at.base)
    ending = name[name.rfind(".") :]
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return shut(file(raw, name, kind, inline=ending == ".html"))
