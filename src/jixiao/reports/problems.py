"""问题和建议: every indicator that lost points is a problem, and every problem has its recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Heading, Paragraph
from jixiao.findings import Message
from jixiao.reports import texts
from jixiao.reports.prose import clause, joined, paragraph, quoted
from jixiao.reports.standing import goal, is_met, lost, named, short

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Indicator


def problems(of: Assessment, level: int = 3) -> list[Block]:
    """Return a heading and a paragraph per problem, then the text on problems."""
    blocks: list[Block] = []
    for node in short(of):
        blocks += [Heading(problem(of, node).text("zh"), level), paragraph(*_said(of, node))]
    blocks += texts.blocks(of, "problems", under=level - 1)
    return blocks or [texts.gap("problems") if lost(of) else paragraph(Message("report_problem.none"))]


def recommendations(of: Assessment, level: int = 2) -> list[Block]:
    """Return a heading and a paragraph per recommendation in the order of the problems; one measure is said once."""
    alike: dict[str, list[str]] = {}
    for node in short(of):
        reason = of.evaluation.reasons.get(node.code)
        names = alike.setdefault(clause(reason.measure) if reason and reason.measure else "", [])
        names.append(named(of, node))
    blocks: list[Block] = []
    for measure, names in alike.items():
        at = {"name": "”“".join(names), "measure": measure}
        said = Message("report_problem.advised" if measure else "report_problem.no_measure", at)
        blocks += [Heading(Message("report_problem.about", at).text("zh"), level), paragraph(said)]
    return blocks


def brief(of: Assessment) -> list[Block]:
    """Return problems and recommendations in one paragraph each, for the abstract."""
    missed = short(of)
    if not missed:
        return next([block] for block in problems(of) if isinstance(block, Paragraph))
    reasons = of.evaluation.reasons
    measures = [Message("report_problem.measure", {"measure": clause(reasons[node.code].measure or "")})
                for node in missed if node.code in reasons and reasons[node.code].measure]  # fmt: skip
    blocks: list[Block] = [
        paragraph(Message("report_problem.brief", {"problems": joined(_short(of, node) for node in missed)}))
    ]
    return blocks + ([paragraph(Message("report_problem.advice", {"measures": joined(measures)}))] if measures else [])


def problem(of: Assessment, node: Indicator) -> Message:
    """Return the title of a problem: a missed target is called so."""
    return Message(
        "report_problem.missed" if is_met(of, node) is False else "report_problem.lost", {"name": named(of, node)}
    )


def _short(of: Assessment, node: Indicator) -> Message:
    at = {name: quoted(of, f"scored/{node.code}/{name}") for name in ("actual", "target", "lost")}
    return Message("report_problem.short", {**at, "goal": goal(of), "name": named(of, node)})


def _said(of: Assessment, node: Indicator) -> list[Message]:
    at = {name: quoted(of, f"scored/{node.code}/{name}") for name in ("actual", "target", "lost", "score_rate")}
    said = [Message("report_problem.facts", {**at, "goal": goal(of)})]
    reason = of.evaluation.reasons.get(node.code)
    if reason is not None:
        said.append(Message("report_problem.why", {"why": clause(reason.why)}))
    return said
