"""计分: one indicator with its actual value to a score; a whole system to a scorecard.

What cannot be scored is a finding and leaves a hole; nothing is guessed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure
from jixiao.findings import Finding, Message
from jixiao.indicators.indicator import Actual, Group, Indicator
from jixiao.scoring import rule as rules
from jixiao.scoring.grades import DEFAULT, grade
from jixiao.scoring.rule import Award, Case, Rule, Step, awarded
from jixiao.scoring.scorecard import Score, Scorecard, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.indicators.system import Node, System


class Override(NamedTuple):
    """A typed score at any node, with the reason that stays visible beside it."""

    score: Decimal
    reason: str


def score(indicator: Indicator, actual: Actual, rule: Rule, places: int) -> Score | Message:
    """Return the score of one indicator under a built rule, or the reason why there is none."""
    full = indicator.weight
    if not isinstance(full, Decimal):
        return Message("score.no_weight", {})
    last = indicator.last_year
    case = Case(
        full,
        places,
        indicator.target,
        actual.value,
        indicator.direction,
        last if isinstance(last, Figure) else None,
    )
    award = rule.score(case)
    if not isinstance(award, Award):
        return award
    return Score(indicator.code, award.points, full, "computed", award.points, None, award.steps)


def scorecard(system: System, actuals: Mapping[str, Actual], overrides: Mapping[str, Override], *, scheme: str = DEFAULT,
              blocked: bool = False) -> Scorecard:  # fmt: skip
    """Return the scorecard of a system; `blocked` withholds total and grade while a blocking finding stands."""
    scores: dict[str, Score] = {}
    findings: list[Finding] = []
    for node in _scored_nodes(system, overrides):
        found = _score_node(node, actuals, overrides.get(node.code), system)
        if isinstance(found, Score):
            scores[node.code] = found
        else:
            findings.append(found)
    sums = {node.code: _sum(node, scores) for node, _ in system.walk()}
    sections = tuple(Section(root.code, root.name, _full(root), sums[root.code]) for root in system.roots)
    known = [section.awarded for section in sections if section.awarded is not None]
    total = sum(known, Decimal(0)) if len(known) == len(sections) and known and not blocked else None
    graded = grade(total, system.full, scheme) if total is not None else None
    return Scorecard(
        system.role,
        system.places,
        scores,
        sums,
        sections,
        system.full,
        total,
        graded,
        tuple(findings),
    )


def _scored_nodes(system: System, overrides: Mapping[str, Override]) -> list[Node]:
    """Return the nodes that carry a score: typed groups, and the leaves that no typed group covers."""
    return [
        node
        for node, above in system.walk()
        if not any(group.code in overrides for group in above)
        and (isinstance(node, Indicator) or node.code in overrides)
    ]


def _score_node(node: Node, actuals: Mapping[str, Actual], typed: Override | None, system: System) -> Score | Finding:
    computed = _compute(node, actuals, system.places) if isinstance(node, Indicator) else Message("score.group", {})
    if typed is not None:
        given = awarded(typed.score, 1, 1, system.places)
        by_rule, how = (computed.awarded, "overridden") if isinstance(computed, Score) else (None, "typed")
        said = Step(Message(f"score.{how}", {"score": given, "reason": typed.reason, "computed": by_rule}))
        steps = (*(computed.steps if isinstance(computed, Score) else ()), said)
        return Score(
            node.code,
            given,
            _full(node),
            "overridden" if by_rule is not None else "typed",
            by_rule,
            typed.reason,
            steps,
        )
    if isinstance(computed, Message):
        return Finding(
            "unscored",
            "error",
            Message("score.unscored", {"code": node.code, "name": node.name, "why": computed}),
            Message("score.unscored.remedy", {"code": node.code}),
            paths=(f"{system.role}/{node.code}", f"actuals/{node.code}"),
        )
    return computed


def _compute(indicator: Indicator, actuals: Mapping[str, Actual], places: int) -> Score | Message:
    ref, actual = indicator.rule, actuals.get(indicator.code)
    if ref is None:
        return Message("score.no_rule", {})
    if actual is None:
        return Message("score.no_actual", {})
    if ref.id not in rules.known():
        return Message("rule.unknown", {"rule": ref.id})
    built = rules.build(ref.id, ref.params)
    return built.why if isinstance(built, rules.BadParameter) else score(indicator, actual, built, places)


def _sum(node: Node, scores: Mapping[str, Score]) -> Decimal | None:
    """Return the exact sum of the awarded scores at and under a node, or None while one is missing."""
    if node.code in scores:
        return scores[node.code].awarded
    if isinstance(node, Indicator):
        return None
    parts = [_sum(child, scores) for child in node.children]
    return None if None in parts or not parts else sum((part for part in parts if part is not None), Decimal(0))


def _full(node: Node) -> Decimal:
    """Return the points of a node: its stated weight, else the sum of those below it."""
    if isinstance(node.weight, Decimal):
        return node.weight
    return sum((_full(child) for child in node.children), Decimal(0)) if isinstance(node, Group) else Decimal(0)
