"""其他需要说明的问题: experience, problems with their reasons, next steps, and what a reader must know of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.reports import problems, texts
from jixiao.reports.chapters import consequences
from jixiao.reports.chapters.fund_headings import heading
from jixiao.reports.chapters.headings import heading as known_heading
from jixiao.reports.prose import clause, paragraph, quoted
from jixiao.reports.standing import goal, is_met, leaves, named, short

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Indicator


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter."""
    remarks = consequences.notes(of, limits="report.limits_own")[1:]
    return [
        heading("matters", 1),
        known_heading("experience", 2),
        *texts.blocks(of, "experience", under=2),
        heading("problems", 2),
        *_problems(of),
        heading("next", 2),
        *_next(of),
        heading("remarks", 2),
        *remarks,
    ]


def missed(of: Assessment) -> list[Indicator]:
    """Return the indicators that are not at their targets, where nothing is scored."""
    return [node for node, _ in leaves(of) if is_met(of, node) is False]


def _problems(of: Assessment) -> list[Block]:
    """Return what lost points; without points, what missed its target."""
    if short(of) or (of.card is not None and of.card.total is not None):
        return problems.problems(of)
    off = missed(of)
    if not off:
        return [paragraph(Message("report_fund.no_problem"))]
    return [paragraph(*_problem(of, node), kind="item") for node in off]


def _problem(of: Assessment, node: Indicator) -> list[Message]:
    at = {name: quoted(of, f"scored/{node.code}/{name}") for name in ("target", "actual")}
    reason = of.evaluation.reasons.get(node.code)
    why = [Message("report_fund.why", {"why": clause(reason.why)})] if reason is not None else []
    return [Message("report_fund.problem", {**at, "name": named(of, node), "goal": goal(of)}), *why]


def _next(of: Assessment) -> list[Block]:
    """Return the measures against what was missed, and the text on the next steps."""
    told = problems.recommendations(of, 3) if short(of) else _measures(of)
    found = [*told, *texts.blocks(of, "recommendations", under=2)]
    return found or [paragraph(Message("report_fund.keep"))]


def _measures(of: Assessment) -> list[Block]:
    reasons = ((named(of, node), of.evaluation.reasons.get(node.code)) for node in missed(of))
    return [
        paragraph(Message("report_fund.measure", {"name": name, "measure": clause(reason.measure)}), kind="item")
        for name, reason in reasons
        if reason is not None and reason.measure
    ]
