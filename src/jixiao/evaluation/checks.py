"""评价项目检查: what is missing or contradictory in an Evaluation; pure, and every finding names its paths."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jixiao.evaluation import amendments, personal_data, regional_targets
from jixiao.figures.actual import Echo, Verdict
from jixiao.figures.target import Target
from jixiao.figures.unread import Unread
from jixiao.findings import Finding, Message
from jixiao.funds import check as fund_checks
from jixiao.funds.money import Source
from jixiao.indicators import checks as system_checks
from jixiao.indicators import frames
from jixiao.indicators.indicator import Actual, Indicator
from jixiao.indicators.system import ROLES
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.system import System


def findings(evaluation: Evaluation) -> list[Finding]:
    """Return what can be said before anything is scored."""
    found = [*_unread(evaluation), *_codes(evaluation), *amendments.findings(evaluation)]
    found += fund_checks.findings(evaluation.funds, evaluation.year, evaluation.kind, evaluation.as_of)
    found += [*regional_targets.findings(evaluation), *personal_data.findings(evaluation)]
    for system in evaluation.systems:
        found += [*system_checks.findings(system), *frames.frame_findings(system), *_rules(system)]
    if not any(system.roots for system in evaluation.systems if system.role == "scored"):
        said = Message("check.missing_system", {})
        found.append(
            Finding(
                "missing_system",
                "error",
                said,
                Message("check.missing_system.remedy", {}),
                paths=("systems",),
            )
        )
    return [*found, *_not_values(evaluation), *_overrides(evaluation)]


def _unread(evaluation: Evaluation) -> Iterator[Finding]:
    for path, hole in holes(evaluation):
        said = Message("check.unread", {"path": path, "why": hole.why})
        yield Finding(
            "unread",
            "error",
            said,
            Message("check.unread.remedy", {}),
            paths=(path,),
            printed=hole.spelt,
        )


def holes(value: Any, path: str = "") -> Iterator[tuple[str, Unread]]:
    """Yield every `Unread` inside a value with its path, in the order of the fields."""
    if isinstance(value, Unread):
        yield path, value
    elif hasattr(value, "role") and hasattr(value, "walk"):
        for node, _ in value.walk():
            for name in ("weight", "target", "last_year"):
                yield from holes(getattr(node, name, None), f"{value.role}/{node.code}/{name}")
    elif isinstance(value, Actual):
        yield from holes(value.value, path)
    elif is_dataclass(value):
        for spec in fields(value):
            if spec.name != "schema":
                yield from holes(
                    getattr(value, spec.name),
                    _under(path, "" if isinstance(value, Source) and spec.name == "money" else spec.name),
                )
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from holes(item, _under(path, key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from holes(
                item,
                "" if hasattr(item, "walk") else _under(path, getattr(item, "name", None) or str(number)),
            )


def _under(path: str, name: str) -> str:
    return "/".join(part for part in (path, name) if part)


def _codes(evaluation: Evaluation) -> Iterator[Finding]:
    """Find codes under actuals, overrides, reasons and evidence that no system has."""
    known = {node.code for system in evaluation.systems for node, _ in system.walk()}
    sections: dict[str, Mapping[str, Any]] = {
        name: getattr(evaluation, name) for name in ("actuals", "overrides", "reasons")
    }
    named = [(section, code, f"{section}/{code}") for section, entries in sections.items() for code in entries]
    named += [
        ("evidence", code, f"evidence/{number}")
        for number, entry in enumerate(evaluation.evidence)
        for code in entry.proves
        if code not in ROLES  # what proves a whole system is the paper by which it was approved
    ]
    for section, code, path in named:
        if code not in known:
            near = get_close_matches(code, sorted(known), 3, 0.5) or ["—"]
            said = Message("check.unknown_code", {"section": section, "code": code})
            yield Finding(
                "unknown_code",
                "error",
                said,
                Message("check.unknown_code.remedy", {"near": near}),
                paths=(path,),
            )


def _rules(system: System) -> Iterator[Finding]:
    """Find rules that are unknown or whose parameters cannot be read."""
    for indicator in system.indicators():
        ref = indicator.rule
        if ref is None:
            continue
        why: Message | None = None
        if ref.id not in rules.known():
            why = Message("rule.unknown", {"rule": ref.id})
        elif isinstance(built := rules.build(ref.id, ref.params), rules.BadParameter):
            why = built.why
        if why is not None:
            said = Message("check.rule", {"code": indicator.code, "why": why})
            remedy = Message("check.rule.remedy", {"code": indicator.code})
            yield Finding("rules", "error", said, remedy, paths=(f"{system.role}/{indicator.code}/rule",))


def _not_values(evaluation: Evaluation) -> Iterator[Finding]:
    """Find verdicts and repeated targets that stand where a measurement is due."""
    goals = {
        node.code: node.target
        for system in evaluation.systems
        for node, _ in system.walk()
        if isinstance(node, Indicator)
    }
    for code, actual in evaluation.actuals.items():
        value = getattr(actual, "value", None)
        numeric = isinstance(goals.get(code), Target) and goals[code].kind != "level"  # type: ignore[union-attr]
        if isinstance(value, Echo) or (isinstance(value, Verdict) and numeric):
            said = Message(
                "check.echo" if isinstance(value, Echo) else "check.verdict",
                {"code": code, "spelt": value},
            )
            remedy = Message("check.not_value.remedy", {})
            yield Finding("not_a_value", "error", said, remedy, paths=(f"actuals/{code}",), printed=str(value))


def _overrides(evaluation: Evaluation) -> Iterator[Finding]:
    """Find typed scores above the points of what they score."""
    for system in evaluation.systems:
        for node, _ in system.walk():
            typed = evaluation.overrides.get(node.code)
            if typed is not None and isinstance(node.weight, Decimal) and typed.score > node.weight:
                said = Message("check.override", {"code": node.code, "score": typed.score, "weight": node.weight})
                yield Finding(
                    "override", "error", said, Message("check.override.remedy"), paths=(f"overrides/{node.code}",)
                )
