"""说明: how one score came about, down to the data and the evidence."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from jixiao.authorities import cited
from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.indicators.indicator import Indicator
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome
from jixiao.scoring.rule import authority_of

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.model import Evidence, Reason
    from jixiao.findings import Finding
    from jixiao.indicators.indicator import Actual
    from jixiao.scoring.scorecard import Score


class Explanation(NamedTuple):
    """Everything one score rests on; `score` is None while it is missing."""

    indicator: Indicator
    groups: tuple[str, ...]
    actual: Actual | None
    score: Score | None
    rule_authority: str | None
    evidence: tuple[Evidence, ...]
    reason: Reason | None


def explain(folder: Path, code: str) -> Outcome[Explanation]:
    """Return the explanation of one indicator's score and the findings about it; `NotKnown` for another code."""
    outcome = check(folder)
    evaluation = outcome.value.evaluation
    system = evaluation.system("scored")
    leaves = (
        {node.code: (node, above) for node, above in system.walk() if isinstance(node, Indicator)} if system else {}
    )
    if code not in leaves:
        near = get_close_matches(code, sorted(leaves), 3, 0.4) or sorted(leaves)[:5]
        raise NotKnown(
            Message("explain.unknown", {"code": code}),
            remedy=Message("explain.unknown.remedy", {"near": near}),
        )
    indicator, above = leaves[code]
    explained = Explanation(
        indicator,
        tuple(f"{group.code} {group.name}" for group in above),
        outcome.value.actuals.get(code),
        outcome.value.card.scores.get(code) if outcome.value.card else None,
        cited(authority_of(indicator.rule)) if indicator.rule else None,
        tuple(entry for entry in evaluation.evidence if code in entry.proves),
        evaluation.reasons.get(code),
    )
    return Outcome(explained, tuple(found for found in outcome.findings if _about(found, code)))


def _about(found: Finding, code: str) -> bool:
    return any(code in path.split("/") for path in found.paths)
