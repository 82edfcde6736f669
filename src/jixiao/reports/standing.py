"""指标情况: how each scored indicator stands against its target, in the words of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao.documents.document import Run
from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure, compared
from jixiao.figures.target import Target
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.indicators.indicator import Indicator
from jixiao.reports.prose import quoted

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Group

Stand: TypeAlias = Literal["met", "exceeded", "better", "missed", "unsaid"]


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


def lost(of: Assessment) -> bool:
    """Return whether points were lost anywhere, by sections that have no indicators too."""
    return of.card is not None and of.card.total is not None and of.card.total < of.card.full


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


def named(of: Assessment, node: Indicator) -> str:
    """Return the name of an indicator, with its group behind it where another indicator has the same name."""
    alike = [above for other, above in leaves(of) if other.name == node.name]
    above = next((above for other, above in leaves(of) if other.code == node.code), ())
    return f"{node.name}（{above[-1].name}）" if len(alike) > 1 and above else node.name


def goal(of: Assessment) -> Message:
    """Return what a target is called: 标杆值 by a third party, 指标值 by the unit itself."""
    third_party = of.evaluation.kind == "third-party"
    return Message("report_analysis.goal.benchmark" if third_party else "report_analysis.goal.planned")


def counted(of: Assessment) -> Message:
    """Return how many scored indicators there are; they are called 三级指标 where all of them are."""
    nodes = leaves(of)
    if all(len(above) == 2 for _, above in nodes):
        return Message("report.count.third", {"count": quoted(of, "scored/count/3")})
    return Message("report.count.any", {"count": Run(str(len(nodes)))})


def reach(of: Assessment, node: Indicator) -> Message:
    """Return the words for where the actual value stands against the target."""
    return Message(f"report_analysis.reach.{stand(of, node)}", {"goal": goal(of)})


def stand(of: Assessment, node: Indicator) -> Stand:
    """Return whether the actual value reached the target, exceeded it, is better, missed it, or that none can say."""
    met = is_met(of, node)
    if met is None:
        return "unsaid"
    if not met:
        return "missed"
    bound = node.target.figure() if isinstance(node.target, Target) else None
    value = of.actuals[node.code].value
    side = compared(value, bound) if isinstance(value, Figure) and bound is not None else 0
    kind = node.target.kind if isinstance(node.target, Target) else ""
    if side in (0, None) or kind in ("between", "equal"):
        return "met"
    return "exceeded" if side == 1 else "better"


def rated(of: Assessment, node: Indicator) -> Figure | None:
    """Return how far the actual value is off a target of one number, as a share of it; None where there is none."""
    if not isinstance(node.target, Target) or node.target.kind == "between":
        return None
    off = published(of, f"scored/{node.code}/deviation")
    return off if isinstance(off, Figure) else None
