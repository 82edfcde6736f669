"""应说明的: what is owed for the scores that were awarded: reasons for lost points and wide deviations, evidence.

How wide a deviation owes a reason is the rule pack's to say (30% by default). An actual value in another unit than its
target's (人 and 万人, 元 and 万元) that is more than a thousand times as much or as little may be a slip of the unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.published import points, published
from jixiao.figures.figure import Figure, compared, ratio
from jixiao.figures.target import Target
from jixiao.findings import Finding, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Indicator
    from jixiao.scoring.pack import Pack
    from jixiao.scoring.scorecard import Score

SLIPPED = 1000


def findings(of: Assessment, pack: Pack) -> list[Finding]:
    """Return a warning for every reason and every piece of evidence that is missing."""
    system = of.evaluation.system("scored")
    proven = {code for evidence in of.evaluation.evidence for code in evidence.proves}
    found: list[Finding] = []
    for indicator in system.indicators() if system else ():
        score = of.card.scores.get(indicator.code) if of.card else None
        if score is None:
            continue
        found += _slip(of, indicator)
        if indicator.code not in of.evaluation.reasons:
            found += _reasons(of, indicator, score, pack)
        if indicator.code not in proven:
            found.append(_owed("no_evidence", indicator, {}))
    return found


def _reasons(of: Assessment, indicator: Indicator, score: Score, pack: Pack) -> Iterator[Finding]:
    if score.awarded < score.full:
        yield _owed("no_reason", indicator, {"lost": points(score.full - score.awarded)})
        return
    deviation = published(of, f"scored/{indicator.code}/deviation")
    if isinstance(deviation, Figure):
        wide = Figure(abs(deviation.num), deviation.den, deviation.unit)
        if compared(wide, pack.reason_above) == 1:
            yield _owed("wide_deviation", indicator, {"deviation": deviation.published(2), "above": pack.reason_above})


def _slip(of: Assessment, indicator: Indicator) -> Iterator[Finding]:
    target = indicator.target.figure() if isinstance(indicator.target, Target) else None
    actual = of.actuals.get(indicator.code)
    value = actual.value if actual is not None else None
    if (
        target is None
        or not isinstance(value, Figure)
        or value.unit == target.unit
        or value.unit.base != target.unit.base
    ):
        return
    times = ratio(value, target)
    if times is None or times.num == 0:
        return
    high, low = sorted((abs(times.num), times.den), reverse=True)
    if high > SLIPPED * low:
        yield _owed("unit_slip", indicator, {"actual": value, "target": target})


def _owed(check: str, indicator: Indicator, args: dict[str, object]) -> Finding:
    named = {"code": indicator.code, "name": indicator.name, **args}
    said, remedy = Message(f"check.{check}", named), Message(f"check.{check}.remedy", named)
    return Finding(check, "warning", said, remedy, paths=(f"scored/{indicator.code}",))
