"""问卷分析 JSON: `survey/1`: every count, share and coefficient as text, conditions as sentences; bad rows as CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.formats.answers import listed
from jixiao.formats.json_write import figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.surveys.analysis import Analysis, Asked
    from jixiao.surveys.intervals import Interval
    from jixiao.surveys.satisfaction import Overall
    from jixiao.surveys.tally import Bad

SCHEMA = "survey/1"


def analysis(of: Analysis, lang: str = "zh") -> dict[str, Any]:
    """Return the whole analysis as `survey/1`; what could not be computed is `{"not_computed": why}`."""
    tally = of.tally
    return {
        "schema": SCHEMA,
        "questionnaire": {"id": of.form.id, "title": of.form.title, "version": of.form.version},
        "made": of.field.made,
        "as_of": of.field.as_of,
        "counts": {
            "issued": _count(of.field.issued),
            "returned": str(tally.returned),
            "unreadable": str(tally.unreadable),
            "excluded": {name: str(count) for name, count in tally.excluded.items()},
            "valid": str(tally.valid),
            "return_rate": figure(of.return_rate()),
            "valid_rate": figure(of.response()),
            "rules_broken": {name: str(count) for name, count in tally.broken.items()},
        },
        "questions": [_asked(asked, lang) for asked in of.asked],
        "satisfaction": _said(of.satisfaction, lang) or _overall(of, lang),
        "stratified": _figure(of.stratified, lang),
        "importance_satisfaction": _figure(of.importance, lang),
        "awareness": _figure(of.awareness, lang),
        "reliability": _said(of.reliability, lang) or _reliability(of, lang),
        "validity": _said(of.validity, lang) or _validity(of, lang),
        "suitability": _said(of.suitability, lang) or _suitability(of, lang),
        "strata": [
            {
                "name": part.name,
                "size": figure(part.size),
                "returned": str(part.returned),
                "valid": str(part.valid),
                "satisfaction": _figure(part.rate, lang),
            }
            for part in of.parts
        ],
    }


def _count(value: int | None) -> str | None:
    return None if value is None else str(value)


def _said(value: object, lang: str) -> dict[str, str] | None:
    return {"not_computed": value.text(lang), "id": value.id} if isinstance(value, Message) else None


def _figure(value: Figure | Message | None, lang: str) -> dict[str, str] | None:
    return _said(value, lang) or figure(value if isinstance(value, Figure) else None)


def _interval(interval: Interval) -> dict[str, str]:
    return {"low": str(interval.low.published(2)), "high": str(interval.high.published(2))}


def _asked(asked: Asked, lang: str) -> dict[str, Any]:
    shares = []
    for share in asked.shares:
        entry = {
            "code": share.option.code,
            "text": share.option.text,
            "chosen": str(share.chosen),
            "of_answers": figure(share.of_answers),
            "interval": _interval(share.interval),
        }
        shares.append(entry | ({"of_selections": figure(share.of_selections)} if share.of_selections else {}))
    base = {"shown": str(asked.count.shown), "answered": str(asked.count.answered), "missing": str(asked.count.missing)}
    if asked.question.kind == "multiple":
        base["selections"] = str(asked.count.selections)
    if asked.count.stray:
        base["answered_though_hidden"] = str(asked.count.stray)
    found = {"code": asked.question.code, "kind": asked.question.kind, "text": asked.question.text, **base}
    return found | ({"options": shares} if asked.why is None else _said(asked.why, lang) or {})


def _overall(of: Analysis, lang: str) -> dict[str, Any]:
    found: Overall = of.satisfaction  # type: ignore[assignment]  # a condition was returned before
    items = [
        {
            "code": item.code,
            "text": item.text,
            "rate": _figure(item.rate, lang),
            "answered": str(item.answered),
            "given": str(item.given),
            "possible": str(item.possible),
        }
        for item in found.items
    ]
    certainty = of.certainty
    interval: dict[str, str | None] | None = dict(_said(certainty, lang) or {})
    if not isinstance(certainty, Message):
        effect = certainty.estimate.design_effect if certainty.estimate else None
        interval = {
            **_interval(certainty.interval),
            "persons": str(certainty.persons),
            "design_effect": str(effect.published(4)) if effect else None,
        }
    return {"formula": found.formula, "overall": _figure(found.rate, lang), "ranked": items, "interval": interval}


def _reliability(of: Analysis, lang: str) -> dict[str, Any]:
    found = of.reliability
    assert not isinstance(found, Message)
    without = {code: _figure(value, lang) for code, value in found.without}
    alpha = {"alpha": figure(found.value), "band": found.band.text(lang), "persons": str(found.persons)}
    return alpha | {"alpha_without": without}


def _validity(of: Analysis, lang: str) -> list[dict[str, Any]]:
    assert not isinstance(of.validity, Message)
    return [
        {
            "code": item.code,
            "r": digits(item.r),
            "band": item.band.text(lang),
            "r_rest": _said(item.rest, lang) if isinstance(item.rest, Message) else digits(item.rest),
        }
        for item in of.validity
    ]


def _suitability(of: Analysis, lang: str) -> dict[str, Any]:
    found = of.suitability
    assert not isinstance(found, Message)
    return {
        "kmo": figure(found.kmo),
        "band": found.band.text(lang),
        "bartlett_chi_square": digits(found.chi_square),
        "degrees": str(found.degrees),
        "p": digits(found.p),
    }


def digits(value: Decimal) -> str:
    """Return a coefficient to twelve significant digits."""
    return f"{value:.12g}"


def bad_rows(bad: Iterable[Bad], lang: str = "zh") -> bytes:
    """Return the rows that could not be read as CSV for a spreadsheet."""
    heads = [Message(f"survey.bad_head.{head}").text(lang) for head in ("file", "row", "question", "text", "why")]
    return listed(
        heads, [(entry.file, str(entry.row), entry.column, entry.spelt, entry.why.text(lang)) for entry in bad]
    )
