"""指标情况: how each scored indicator stands against its target, in the words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, compared
from jixiao.figures.target import Target
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Group


def leaves(of: Assessment) -> list[tuple[Indicator, tuple[Group, ...]]]:
    """Return the scored indicators in printed order, each with the groups above it."""
    system = of.evaluation.system("scored")
    return [(node, above) for node, above in system.walk() if isinstance(node, Indicator)] if system else []


def short(of: Assessment) -> list[Indicator]:
    """Return the indicators that lost points, in printed order."""
    scores = of.card.scores if of.card else {}
    return [
        node for node, _ in leaves(of) if node.code in scores and scores[node.code].awarded < scores[node.code].full
    ]


def satisfaction(of: Assessment) -> list[Indicator]:
    """Return the indicators that measure satisfaction: a figure under a name that says so."""
    return [
        node
        for node, _ in leaves(of)
        if "满意度" in node.name and (actual := of.actuals.get(node.code)) and isinstance(actual.value, Figure)
    ]


def is_met(of: Assessment, node: Indicator) -> bool | None:
    """Return whether the actual value reaches the target, None where that cannot be said."""
    actual = of.actuals.get(node.code)
    if actual is None or not isinstance(node.target, Target) or isinstance(actual.value, Unread):
        return None
    last = node.last_year if isinstance(node.last_year, Figure) else None
    return node.target.met(actual.value, direction=node.direction, last_year=last)


def reach(of: Assessment, node: Indicator) -> Message:
    """Return the word for where the actual value stands: reached, exceeded, better, missed, or nothing to say."""
    met = is_met(of, node)
    if met is None:
        return Message("report_analysis.reach.unsaid")
    if not met:
        return Message("report_analysis.reach.missed")
    bound = node.target.figure() if isinstance(node.target, Target) else None
    value = of.actuals[node.code].value
    side = compared(value, bound) if isinstance(value, Figure) and bound is not None else 0
    kind = node.target.kind if isinstance(node.target, Target) else ""
    if side in (0, None) or kind in ("between", "equal"):
        return Message("report_analysis.reach.met")
    return Message("report_analysis.reach.exceeded" if side == 1 else "report_analysis.reach.better")
