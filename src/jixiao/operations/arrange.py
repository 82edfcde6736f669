"""编排指标: an indicator added to a group, taken out, or given another scoring rule; what hung on it goes with it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.errors import NotKnown
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.reading import weight
from jixiao.findings import Message
from jixiao.indicators.indicator import Group, Indicator, RuleRef
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.system import Node, Role


def rule_titles(lang: str = "zh") -> dict[str, str]:
    """Return the scoring rules by id, each with its title."""
    return {name: rules.title(name, lang) for name in rules.known()}


def groups(evaluation: Evaluation, role: Role) -> dict[str, str]:
    """Return the groups that hold indicators: codes with the names down to them."""
    system = evaluation.system(role)
    return {
        node.code: " › ".join(one.name for one in (*above, node))
        for node, above in (system.walk() if system else ())
        if isinstance(node, Group) and any(isinstance(child, Indicator) for child in node.children)
    }


def added(evaluation: Evaluation, role: Role, group: str, name: str, rule: str) -> Evaluation:
    """Return the evaluation with a new indicator at the end of a group, under the next free code there."""
    above = _found(evaluation, role, group)
    if not isinstance(above, Group):
        raise _unknown(group)
    system = evaluation.system(role)
    assert system is not None
    used = {node.code for node, _ in system.walk()}
    code = _next(above, used)
    made = Indicator(code, name.strip(), rule=RuleRef(_known(rule)))
    return put(evaluation, f"{role}/{group}", replace(above, children=(*above.children, made)))


def removed(evaluation: Evaluation, role: Role, code: str) -> Evaluation:
    """Return the evaluation without an indicator, its actual value, its typed score, its reason and its proofs."""
    if not isinstance(_found(evaluation, role, code), Indicator):
        raise _unknown(code)
    system = evaluation.system(role)
    assert system is not None
    roots = tuple(kept for root in system.roots if (kept := _without(root, code)) is not None)
    systems = tuple(replace(one, roots=roots) if one.role == role else one for one in evaluation.systems)
    if role != "scored":
        return replace(evaluation, systems=systems)
    evidence = tuple(replace(one, proves=tuple(p for p in one.proves if p != code)) for one in evaluation.evidence)
    return replace(
        evaluation,
        systems=systems,
        actuals={key: value for key, value in evaluation.actuals.items() if key != code},
        overrides={key: value for key, value in evaluation.overrides.items() if key != code},
        reasons={key: value for key, value in evaluation.reasons.items() if key != code},
        evidence=tuple(one for one in evidence if one.proves),
    )


def ruled(evaluation: Evaluation, role: Role, code: str, rule: str) -> Evaluation:
    """Return the evaluation with an indicator scored by another rule, with that rule's own parameters."""
    node = _found(evaluation, role, code)
    if not isinstance(node, Indicator):
        raise _unknown(code)
    if node.rule is not None and node.rule.id == rule:
        return evaluation
    return put(evaluation, f"{role}/{code}/rule", RuleRef(_known(rule)))


def weighed(evaluation: Evaluation, role: Role, code: str, text: str) -> Evaluation:
    """Return the evaluation with another weight at a node; a blank leaves the node without one."""
    _found(evaluation, role, code)
    return put(evaluation, f"{role}/{code}/weight", weight(text) if text.strip() else None)


def _found(evaluation: Evaluation, role: Role, code: str) -> Node:
    try:
        found: Node = get(evaluation, f"{role}/{code}")
    except KeyError:
        raise _unknown(code) from None
    return found


def _without(node: Node, code: str) -> Node | None:
    if isinstance(node, Group):
        return replace(node, children=tuple(kept for child in node.children if (kept := _without(child, code))))
    return None if node.code == code else node


def _next(group: Group, used: set[str]) -> str:
    """Return the code after the last one of a group: O104 after O103; codes are never used twice."""
    codes = [child.code for child in group.children]
    last = re.fullmatch(r"(.*?)(\d+)", codes[-1]) if codes else None
    stem, number, width = (last[1], int(last[2]), len(last[2])) if last else (group.code, 0, 2)
    while True:
        number += 1
        code = f"{stem}{number:0{width}d}"
        if code not in used:
            return code


def _known(rule: str) -> str:
    if rule not in rules.known():
        raise NotKnown(Message("rule.unknown", {"rule": rule}))
    return rule


def _unknown(code: str) -> NotKnown:
    return NotKnown(Message("arrange.unknown", {"code": code}), remedy=Message("arrange.unknown.remedy"))
