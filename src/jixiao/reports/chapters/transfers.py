"""转移支付: how money and objectives were handed down, and what was achieved with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading
from jixiao.findings import Message
from jixiao.reports import money, tables, texts
from jixiao.reports.chapters.basics import goals
from jixiao.reports.chapters.deviations import deviation
from jixiao.reports.chapters.headings import heading
from jixiao.reports.charts import monitoring
from jixiao.reports.fund_narrative import notices, regions_executed
from jixiao.reports.prose import paragraph
from jixiao.reports.standing import leaves

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment

_MONEY = "execution_rate"  # the rule of the indicator that the sections on the money speak of


def handed_down(of: Assessment) -> list[Block]:
    """Return 绩效目标分解下达情况: budget and targets as received, and as passed on."""
    said = [*money.budget(of), *notices(of)]
    onward = notices(of, passed_on=True)
    return [
        heading("handed_down", 1),
        heading("budget_received", 2),
        paragraph(*said) if said else paragraph(Message("report_money.none")),
        heading("objective", 3),
        *texts.blocks(of, "objective", under=3),
        *goals(of),
        heading("budget_given", 2),
        *([paragraph(*onward)] if onward else []),
        *texts.blocks(of, "allocation", under=2),
    ]


def achievement(of: Assessment) -> list[Block]:
    """Return 绩效情况分析: money received and executed, its management, the overall objective, every indicator."""
    received = [*money.receipt(of), *money.received_by_source(of)]
    executed = [*money.progress(of), *money.by_source(of), *regions_executed(of)]
    pace = monitoring.chart(of)
    return [
        heading("achievement", 1),
        heading("input", 2),
        heading("receipt", 3),
        paragraph(*received) if received else paragraph(Message("report_money.none")),
        heading("progress", 3),
        paragraph(*executed) if executed else paragraph(Message("report_money.none")),
        *([pace] if pace else []),
        heading("managed", 2),
        *managed(of),
        heading("overall", 2),
        *(texts.blocks(of, "results", under=2) or [texts.gap("results")]),
        heading("achieved", 2),
        tables.completions(of),
        *indicators(of),
    ]


def managed(of: Assessment) -> list[Block]:
    """Return a section for each of the seven things asked about the management of the money."""
    blocks: list[Block] = []
    for key in texts.MANAGED:
        problems = of.evaluation.texts.get(f"{key}_problems", "").strip()
        told = texts.blocks(of, f"{key}_problems", under=3) if problems and problems.rstrip("。") != "无" else []
        blocks += [Heading(Message(f"report_text.{key}").text("zh"), 3), *texts.blocks(of, key, under=3), *told]
    return blocks


def indicators(of: Assessment) -> list[Block]:
    """Return a section per group with target, actual value, completion and deviation of every indicator in it."""
    blocks: list[Block] = []
    begun: set[str] = set()
    for node, above in leaves(of):
        if node.rule is not None and node.rule.id == _MONEY:
            continue
        for level, group in enumerate(above[:2], 3):
            if group.code not in begun:
                name = Message("report_title.completed", {"name": group.name}).text("zh") if level == 3 else group.name
                blocks.append(Heading(name, level))
                begun.add(group.code)
        blocks.append(paragraph(*deviation(of, node), kind="item"))
    return blocks
