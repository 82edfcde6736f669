"""计分: one indicator with its actual value to a score; a whole system to a scorecard.

What cannot be scored is a finding and leaves a hole; nothing is guessed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.findings import Finding, Message
from jixiao.indicators.indicator import Actual, Group, Indicator
from jixiao.scoring import rule as rules
from jixiao.scoring.grades import DEFAULT, grade
from jixiao.scoring.rule import Award, Case, Rule, Step, awarded, made
from jixiao.scoring.scorecard import Score, Scorecard, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.indicators.system import Node, System
    from jixiao.scoring.pack import Pack


class Override(NamedTuple):
    """A typed score at any node, with the reason that stays visible beside it."""

    score: Decimal
    reason: str


def score(indicator: Indicator, actual: Actual, rule: Rule, places: int, year: int | None = None) -> Score | Message:
    """Return the score of one indicator under a built rule, or the reason why there is none."""
    full = indicator.weight
    if not isinstance(full, Decimal):
        return Message("score.no_weight", {})
    last, target = indicator.last_year, indicator.target
    if year is not None and isinstance(target, Target):
        target = target.in_year(year)
    known = last if last is not None and isinstance(last, Figure) else None
    award = rule.score(made(Case, (full, places, target, actual.value, indicator.direction, known)))
    if not isinstance(award, Award):
        return award
    return made(Score, (indicator.code, award.points, full, "computed", award.points, None, award.steps))


def scorecard(
    system: System,
    actuals: Mapping[str, Actual],
    overrides: Mapping[str, Override],
    *,
    pack: Pack,
    year: int | None = None,
    execution_rate: Figure | None = None,
    scheme: str = DEFAULT,
    blocked: bool = False,
) -> Scorecard:
    """Return the scorecard of a system; `blocked` withholds total and grade while a blocking finding stands.

    The pack lends rules their parameters and may cap the total by the execution rate; a deadline without a year is one
    of the evaluated `year`.
    """
    given = _Given(system, actuals, overrides, pack, year)
    scores: dict[str, Score] = {}
    findings: list[Finding] = []
    for node in _scored_nodes(system, overrides):
        found = _score_node(node, given)
        if isinstance(found, Score):
            scores[node.code] = found
        else:
            findings.append(found)
    sums = {node.code: _sum(node, scores) for node, _ in system.walk()}
    sections = tuple(Section(root.code, root.name, _full(root), sums[root.code]) for root in system.roots)
    total, cap = (None, ()) if blocked else _total(sections, given, execution_rate)
    return Scorecard(
        role=system.role,
        places=system.places,
        scores=scores,
        sums=sums,
        sections=sections,
        full=system.full,
        total=total,
        grade=None if total is None else grade(total, system.full, scheme),
        cap=cap,
        findings=tuple(findings),
    )


class _Given(NamedTuple):
    """What scoring one system rests on."""

    system: System
    actuals: Mapping[str, Actual]
    overrides: Mapping[str, Override]
    pack: Pack
    year: int | None


def _total(
    sections: tuple[Section, ...], given: _Given, execution_rate: Figure | None
) -> tuple[Decimal | None, Sequence[Step]]:
    """Return the exact sum of the sections, lowered to the pack's cap where the execution rate demands it."""
    known = [section.awarded for section in sections if section.awarded is not None]
    if not known or len(known) < len(sections):
        return None, ()
    total = sum(known, Decimal(0))
    if execution_rate is None:
        return total, ()
    return given.pack.capped(total, execution_rate, full=given.system.full, places=given.system.places)


def _scored_nodes(system: System, overrides: Mapping[str, Override]) -> list[Node]:
    """Return the nodes that carry a score: typed groups, and whatever has nothing below it and no typed group above."""
    return [
        node
        for node, above in system.walk()
        if not any(group.code in overrides for group in above)
        and (isinstance(node, Indicator) or not node.children or node.code in overrides)
    ]


def _score_node(node: Node, given: _Given) -> Score | Finding:
    computed = _compute(node, given) if isinstance(node, Indicator) else Message("score.group", {})
    typed = given.overrides.get(node.code)
    if typed is not None:
        return _typed(node, typed, computed, given.system.places)
    if isinstance(computed, Message):
        return Finding(
            "unscored",
            "error",
            Message("score.unscored", {"code": node.code, "name": node.name, "why": computed}),
            Message("score.unscored.remedy", {"code": node.code}),
            paths=(f"{given.system.role}/{node.code}", f"actuals/{node.code}"),
        )
    return computed


def _typed(node: Node, typed: Override, computed: Score | Message, places: int) -> Score:
    """Return the typed score; what the rule gave, if anything, stays beside it with the reason."""
    points = awarded(typed.score, 1, 1, places)
    if not isinstance(computed, Score):
        said = Step(Message("score.typed", {"score": points, "reason": typed.reason}))
        return Score(node.code, points, _full(node), "typed", None, typed.reason, (said,))
    by_rule = computed.awarded
    said = Step(Message("score.overridden", {"score": points, "reason": typed.reason, "computed": by_rule}))
    return Score(node.code, points, _full(node), "overridden", by_rule, typed.reason, (*computed.steps, said))


def _compute(indicator: Indicator, given: _Given) -> Score | Message:
    ref, actual = indicator.rule, given.actuals.get(indicator.code)
    if ref is None:
        return Message("score.no_rule", {})
    if actual is None:
        return Message("score.no_actual", {})
    if ref.id not in rules.known():
        return Message("rule.unknown", {"rule": ref.id})
    built = rules.build(ref.id, given.pack.params(ref.id, ref.params))
    if isinstance(built, rules.BadParameter):
        return built.why
    return score(indicator, actual, built, given.system.places, given.year)


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
