"""问卷类指标值: measures that an indicator can be bound to, each with its parts kept.

`satisfaction` (where: question, formula, strata: weighted), `share` (question, option: one or several with commas),
`awareness`, `importance_satisfaction`, `response_rate` (valid ÷ issued), `reliability` (α).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Message
from jixiao.indicators.indicator import Measured
from jixiao.surveys import satisfaction
from jixiao.surveys.analysis import stratified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.surveys.analysis import Analysis

SOURCE = "survey"
NAMES: dict[str, tuple[str, ...]] = {
    "satisfaction": ("question", "formula", "strata"),
    "share": ("question", "option"),
    "awareness": (),
    "importance_satisfaction": (),
    "response_rate": (),
    "reliability": (),
}


def measure(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    """Return the exact value of a measure with its parts, or the reason why it cannot be computed."""
    if name not in NAMES:
        return Message("survey.measure.unknown", {"measure": name, "known": list(NAMES)})
    odd = sorted(set(where) - set(NAMES[name]))
    if odd:
        return Message("survey.measure.where", {"measure": name, "names": odd, "known": list(NAMES[name]) or "—"})
    known = {"satisfaction": _satisfaction, "share": _asked_share, "awareness": _awareness, "response_rate": _response}
    return known.get(name, _plain)(of, name, where)


def _asked_share(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    options = tuple(part.strip() for part in where.get("option", "").split(",") if part.strip())
    return _share(of, name, where, where.get("question", ""), options)


def _awareness(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    asked = of.form.awareness
    if asked is None:
        return Message("survey.condition.no_awareness", {})
    return _share(of, name, where, asked.question, asked.options)


def _response(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    rate = of.response()
    if rate is None:
        return Message("survey.measure.issued", {})
    parts = {"valid": exactly(of.tally.valid), "issued": exactly(of.field.issued or 0)}
    return rate, _measured(name, where, parts, "valid ÷ issued")


def _plain(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    found = of.reliability if name == "reliability" else of.importance
    if found is None or isinstance(found, Message):
        return found or Message("survey.condition.no_importance", {})
    value = found if isinstance(found, Figure) else found.value
    return value, _measured(name, where, {"valid": exactly(of.tally.valid)}, name)


def _satisfaction(of: Analysis, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    found = satisfaction.overall(of.form, of.tally.all, where.get("formula"))
    if isinstance(found, Message):
        return found
    chosen, rate = found.items, found.rate
    if "question" in where:
        chosen = tuple(item for item in found.items if item.code == where["question"])
        if not chosen:
            known = [item.code for item in found.items]
            return Message("survey.condition.unknown_question", {"code": where["question"], "known": known})
        rate = chosen[0].rate
    elif "strata" in where:
        if where["strata"] != "weighted":
            return Message("survey.measure.strata", {"found": where["strata"]})
        rate = stratified(of.form, of.tally, where.get("formula"))
    if isinstance(rate, Message):
        return rate
    parts: dict[str, Figure] = {}
    for item in sorted(chosen, key=lambda item: item.code):
        parts |= {f"{item.code}.given": exactly(item.given), f"{item.code}.possible": exactly(item.possible)}
    query = f"{found.formula}({','.join(sorted(item.code for item in chosen))})"
    return rate, _measured(name, where, parts, query)


def _share(
    of: Analysis, name: str, where: Mapping[str, str], code: str, options: tuple[str, ...]
) -> tuple[Figure, Measured] | Message:
    whole = of.tally.all
    rate = satisfaction.share(of.form, whole, code, options)
    if isinstance(rate, Message):
        return rate
    question = of.form.question(code)
    assert question is not None
    known = [option.code for option in question.choices()]
    parts = {f"{code}.{option}": exactly(whole.counts[code].chosen[known.index(option)]) for option in options}
    parts |= {f"{code}.answered": exactly(whole.counts[code].answered)}
    return rate, _measured(name, where, parts, f"share({code} in {','.join(options)})")


def _measured(name: str, where: Mapping[str, str], parts: Mapping[str, Figure], query: str) -> Measured:
    return Measured(SOURCE, name, dict(parts), dict(where), query)
