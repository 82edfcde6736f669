"""写 JSON: results as documents with a schema; every number is a decimal string, every key in a fixed order."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.authorities import cited
from jixiao.evaluation.published import points, published
from jixiao.figures import exact
from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.findings import said
from jixiao.indicators.indicator import Indicator, Measured
from jixiao.scoring.rule import authority_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding, Place
    from jixiao.indicators.indicator import Actual
    from jixiao.indicators.indicator import Group as IndicatorGroup
    from jixiao.scoring.rule import Step


def dumped(value: dict[str, Any]) -> bytes:
    """Return a JSON document as UTF-8 with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def scorecard(of: Assessment, lang: str = "zh") -> dict[str, Any]:
    """Return `scorecard/1`: total, grade, every indicator with its derivation, every section."""
    card = of.card
    system = of.evaluation.system("scored")
    leaves = [(node, above) for node, above in system.walk() if isinstance(node, Indicator)] if system else []
    return {
        "schema": "scorecard/1",
        "project": of.evaluation.head.project,
        "year": str(of.evaluation.year),
        "total": text_of(card.total) if card else None,
        "full": text_of(card.full) if card else None,
        "grade": card.grade if card else None,
        "sections": [
            {
                "code": section.code,
                "name": section.name,
                "weight": text_of(section.weight()),
                "score": text_of(section.awarded),
                "score_rate": figure(section.rate()),
            }
            for section in (card.sections if card else ())
        ],
        "indicators": [_indicator(of, node, above, lang) for node, above in leaves],
    }


def _indicator(of: Assessment, node: Indicator, above: tuple[IndicatorGroup, ...], lang: str) -> dict[str, Any]:
    score = of.card.scores.get(node.code) if of.card else None
    names = [group.name for group in above] + [None, None]
    return {
        "code": node.code,
        "name": node.name,
        "level1": names[0],
        "level2": names[1],
        "weight": text_of(node.weight) if isinstance(node.weight, Decimal) else None,
        "target": str(node.target) if node.target is not None else None,
        "actual": _actual(of.actuals.get(node.code)),
        "score": text_of(score.awarded) if score else None,
        "score_rate": figure(score.rate()) if score else None,
        "completion": figure(published(of, f"scored/{node.code}/completion")),
        "deviation": figure(published(of, f"scored/{node.code}/deviation")),
        "rule": node.rule.id if node.rule else None,
        "how": score.how if score else None,
        "computed": text_of(score.computed) if score else None,
        "reason": score.reason if score else None,
        "derivation": [_step(step, lang) for step in score.steps] if score else [],
        "authority": cited(authority_of(node.rule)) if node.rule else None,
    }


def _step(step: Step, lang: str) -> dict[str, Any]:
    args = {name: said(value, lang) for name, value in step.what.args.items()}
    return {
        "id": step.what.id,
        "args": args,
        "text": step.what.text(lang),
        "gives": figure(step.gives),
    }


def _actual(actual: Actual | None) -> dict[str, Any] | None:
    if actual is None:
        return None
    shown = {
        "text": str(actual),
        "figure": figure(actual.value) if isinstance(actual.value, Figure) else None,
    }
    if isinstance(actual.origin, Measured):
        parts = {name: figure(part) for name, part in actual.origin.parts.items()}
        return {
            **shown,
            "from": actual.origin.source,
            "measure": actual.origin.measure,
            "parts": parts,
        }
    return {**shown, "document": actual.origin.document, "by": actual.origin.by}


def figure(value: Figure | Target | None) -> dict[str, str] | None:
    """Return `{"text", "value", "unit"}` with the exact value, as a decimal or a fraction, in the base unit."""
    if not isinstance(value, Figure):
        return None
    decimal = exact.exactly(value.num, value.den)
    written = exact.spelt(*decimal) if decimal is not None else f"{value.num}/{value.den}"
    text = str(value) if value.spelt is not None else str(value.published(2))
    return {"text": text, "value": written, "unit": value.unit.base}


def text_of(value: Decimal | None) -> str | None:
    """Return points as a plain decimal string: 93.70 as 93.7."""
    return None if value is None else points(value).text(strip=True)


def finding(found: Finding, lang: str = "zh") -> dict[str, Any]:
    """Return a finding with its sentences in one language, its id and its arguments."""
    return {
        "check": found.check,
        "severity": found.severity,
        "where": [place(where) for where in found.places],
        "paths": list(found.paths),
        "printed": found.printed,
        "expected": found.expected,
        "because": found.because.text(lang),
        "remedy": found.remedy.text(lang),
        "authority": cited(found.authority),
        "id": found.because.id,
        "args": {name: said(value, lang) for name, value in found.because.args.items()},
    }


def place(where: Place) -> dict[str, Any]:
    """Return the parts of a place that are known."""
    parts = {
        "file": where.file,
        "part": where.part,
        "page": where.page,
        "line": where.line,
        "row": where.row,
        "column": where.column,
        "quote": where.quote,
    }
    return {name: value for name, value in parts.items() if value is not None}


def findings(found: Iterable[Finding], lang: str = "zh") -> dict[str, Any]:
    """Return `findings/1`: a list of findings."""
    return {"schema": "findings/1", "findings": [finding(item, lang) for item in found]}


def batch(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return `batch/1`: a row per bundle of a folder."""
    return {"schema": "batch/1", "bundles": rows}
