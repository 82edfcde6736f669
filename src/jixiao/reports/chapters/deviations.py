"""预算执行进度与绩效指标偏差: how much of the budget was executed, and every indicator that is off its target."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from jixiao.documents.document import Run
from jixiao.figures.figure import Figure, compared
from jixiao.findings import Message
from jixiao.reports import money, problems, tables, texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.prose import clause, joined, paragraph, quoted
from jixiao.reports.standing import Stand, counted, goal, leaves, named, rated, reach, short, stand
from jixiao.scoring.pack import DEFAULT, Pack, pack

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.indicator import Indicator


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter: the money first, then the indicators with their table."""
    said = [*money.progress(of), *money.by_source(of)]
    return [
        heading("deviations", 1),
        heading("progress", 2),
        paragraph(*said) if said else paragraph(Message("report_money.none")),
        heading("deviating", 2),
        *indicators(of),
    ]


def indicators(of: Assessment) -> list[Block]:
    """Return how many indicators stand where, the table of completions, and a paragraph per indicator that is off."""
    parts = standings(of)
    if not parts:
        return [paragraph(Message("report_deviation.none"))]
    counts = Message("report_deviation.counts", {"count": counted(of), "parts": joined(parts, "，")})
    off = [node for node, _ in leaves(of) if stand(of, node) != "met"]
    said = [paragraph(*deviation(of, node), kind="item") for node in off if node.code in of.actuals]
    names = [Message("report_deviation.name", {"name": named(of, node)}) for node in off if node.code not in of.actuals]
    unmeasured = [paragraph(Message("report_deviation.unmeasured", {"names": names}))] if names else []
    return [paragraph(counts), tables.completions(of), *said, *unmeasured]


def departures(of: Assessment) -> list[Block]:
    """Return 偏离绩效目标的原因和下一步改进措施: which targets were missed or left far behind, and what is done."""
    nodes = [node for node, _ in leaves(of)]
    off = [node for node in nodes if stand(of, node) == "missed" or wide(of, node) or node in short(of)]
    said = [paragraph(*_wide(of, nodes)), *(paragraph(*deviation(of, node), kind="item") for node in off)]
    measures = [*problems.recommendations(of, 3), *texts.blocks(of, "recommendations", under=2)]
    return [
        heading("departures", 1),
        heading("departed", 2),
        *said,
        heading("next_steps", 2),
        *(measures or [paragraph(Message("report_problem.keep"))]),
    ]


def standings(of: Assessment) -> list[Message]:
    """Return how many indicators reach, exceed or miss their targets."""
    count = Counter(stand(of, node) for node, _ in leaves(of))
    return [
        Message(f"report_deviation.{kind}", {"count": Run(str(count[kind])), "goal": goal(of)})
        for kind in get_args(Stand)
        if count[kind]
    ]


def _wide(of: Assessment, nodes: list[Indicator]) -> list[Message]:
    parts, settled = standings(of), pack(of.evaluation.pack or DEFAULT, of.evaluation.year)
    if not parts or not isinstance(settled, Pack):
        return [Message("report_deviation.none")]
    names = [Message("report_deviation.name", {"name": named(of, node)}) for node in nodes if wide(of, node)]
    counts = Message("report_deviation.standing", {"count": counted(of), "parts": joined(parts, "，")})
    at = {"above": settled.reason_above, "count": Run(str(len(names))), "names": names}
    return [counts, Message("report_deviation.some_wide" if names else "report_deviation.no_wide", at)]


def deviation(of: Assessment, node: Indicator) -> list[Message]:
    """Return target, actual value and rates of one indicator, with the reason and the measure that are given."""
    names = ("target", "actual", "completion", "deviation")
    at = {name: quoted(of, f"scored/{node.code}/{name}") for name in names}
    words = {"name": named(of, node), "goal": goal(of), "reach": reach(of, node)}
    kind = "no_actual" if node.code not in of.actuals else "rated" if rated(of, node) else "said"
    said = [Message(f"report_deviation.{kind}", {**at, **words})]
    above = wide(of, node)
    said += [Message("report_deviation.wide", {"above": above})] if above else []
    reason = of.evaluation.reasons.get(node.code)
    if reason is None:
        return [*said, Message("report_deviation.no_why")] if above or node in short(of) else said
    said.append(Message("report_deviation.why", {"why": clause(reason.why)}))
    if reason.measure:
        said.append(Message("report_deviation.measure", {"measure": clause(reason.measure)}))
    return said


def wide(of: Assessment, node: Indicator) -> Figure | None:
    """Return the deviation from which the rule pack asks for a reason, where this indicator's is above it."""
    settled, off = pack(of.evaluation.pack or DEFAULT, of.evaluation.year), rated(of, node)
    if off is None or not isinstance(settled, Pack):
        return None
    size = Figure(abs(off.num), off.den, off.unit)
    return settled.reason_above if compared(size, settled.reason_above) == 1 else None
