"""绩效评价指标分析: every indicator with what it asks, what was found, how it scored, why points were lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Heading
from jixiao.findings import Message
from jixiao.funds.money import COLUMNS
from jixiao.indicators.indicator import Measured
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import clause, paragraph, quoted
from jixiao.reports.standing import goal, leaves, named, reach

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Actual, Indicator

_SAID_ALREADY = ("rule.reached", "rule.not_reached")
_FORMULAS = ("receipt_rate", "execution_rate", "budget_execution_rate", "reserve_months")  # those with a wording


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter: a section per first-level indicator, in it the second level and the indicators."""
    blocks: list[Block] = [heading("analysis", 1)]
    begun: set[str] = set()
    for node, above in leaves(of):
        for level, group in enumerate(above, 2):
            if group.code not in begun:
                blocks.append(Heading(_titled(group.name, level), min(level, 3)))
                blocks += [paragraph(*_section(of, group.code, group.name))] if level == 2 else []
                begun.add(group.code)
        blocks += [Heading(named(of, node), min(len(above) + 2, 4)), *indicator(of, node)]
    return blocks


def indicator(of: Assessment, node: Indicator) -> list[Block]:
    """Return the paragraphs on one indicator."""
    actual = of.actuals.get(node.code)
    at = {
        name: quoted(of, f"scored/{node.code}/{name}")
        for name in ("weight", "target", "actual", "score", "score_rate", "lost")
    }
    asks = {**at, "explanation": clause(node.explanation or "")}
    first = [Message("report_analysis.asks" if node.explanation else "report_analysis.weighs", asks)]
    if node.target is not None:
        first.append(Message("report_analysis.target", {**at, "goal": goal(of)}))
    if actual is not None:
        first.append(Message("report_analysis.found", {**at, "basis": _basis(of, actual), "reach": reach(of, node)}))
    return [paragraph(*first), paragraph(*_scored(of, node, at))]


def _scored(of: Assessment, node: Indicator, at: dict[str, Any]) -> list[Message]:
    score, reason = of.card.scores.get(node.code) if of.card else None, of.evaluation.reasons.get(node.code)
    steps = [_printed(step.what) for step in score.steps if step.what.id not in _SAID_ALREADY] if score else []
    said = [Message("report_analysis.steps", {"steps": "；".join(steps)})] if steps else []
    said.append(Message("report_analysis.scored", at))
    if score is not None and score.awarded < score.full:
        why = {"why": clause(reason.why)} if reason else {}
        said.append(Message("report_analysis.lost" if reason else "report_analysis.lost_unexplained", {**at, **why}))
    elif reason is not None:
        said.append(Message("report_analysis.noted", {"why": clause(reason.why)}))
    proof = quoted(of, f"scored/{node.code}/evidence")
    if proof.value:
        said.append(Message("report_analysis.evidence", {"evidence": proof}))
    return said


def _printed(step: Message) -> str:
    """Return a step as official documents print it, without blanks around figures and signs."""
    return "".join(step.text("zh").split())


def _section(of: Assessment, code: str, name: str) -> list[Message]:
    at = {part: quoted(of, f"scored/{code}/{part}") for part in ("weight", "score", "score_rate", "lost")}
    lost = at["lost"].value is not None and at["lost"].value.num > 0
    return [Message("report_analysis.section" if not lost else "report_analysis.section_lost", {**at, "name": name})]


def _basis(of: Assessment, actual: Actual) -> Message:
    """Return what the actual value rests on: the document it stands in, or the parts it was computed from."""
    origin = actual.origin
    if not isinstance(origin, Measured):
        if origin.document:
            return Message("report_analysis.document", {"document": origin.document})
        return Message("report_analysis.no_document")
    if origin.source == "funds" and origin.measure in _FORMULAS:
        parts = {name: quoted(of, f"funds/{'total' if name in COLUMNS else 'balance'}/{name}") for name in origin.parts}
        value = quoted(of, f"funds/rate/{origin.measure}")
        return Message(f"report_analysis.formula.{origin.measure}", {**parts, "value": value})
    return Message(f"report_analysis.computed.{'survey' if origin.source == 'survey' else 'data'}")


def _titled(name: str, level: int) -> str:
    return Message("report_title.section", {"name": name}).text("zh") if level == 2 else name
