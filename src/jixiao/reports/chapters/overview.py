"""项目概况: background, what is done and how far, the money, the organisation, the objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.reports import money, tables, texts
from jixiao.reports.chapters.headings import heading
from jixiao.reports.charts import execution
from jixiao.reports.prose import paragraph, quoted

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter."""
    return [
        heading("overview", 1),
        heading("background", 2),
        *texts.blocks(of, "background", under=2),
        heading("content", 2),
        *texts.blocks(of, "content", under=2),
        *funds(of),
        heading("organisation", 2),
        heading("organised", 3),
        *texts.blocks(of, "organisation", under=3),
        heading("fund_management", 3),
        *texts.blocks(of, "fund_management", under=3),
        *objectives(of),
    ]


def funds(of: Assessment) -> list[Block]:
    """Return the section on the money: budget, receipt and execution, with the chart by source."""
    said, chart = money.budget(of), execution.chart(of)
    return [
        heading("funds", 2),
        heading("funds_budget", 3),
        paragraph(*said) if said else paragraph(Message("report_money.none")),
        heading("funds_use", 3),
        paragraph(*money.use(of)) if money.use(of) else paragraph(Message("report_money.none")),
        *([chart] if chart else []),
    ]


def objectives(of: Assessment) -> list[Block]:
    """Return the section on the objectives, with the declared table where there is one."""
    blocks: list[Block] = [heading("objectives", 2), heading("objective", 3), *texts.blocks(of, "objective", under=3)]
    if of.evaluation.system("declared") is None:
        return blocks
    counts = {f"level{level}": quoted(of, f"declared/count/{level}") for level in (1, 2, 3)}
    said = Message("report.objectives", {"year": quoted(of, "year"), **counts})
    return [*blocks, heading("year_objectives", 3), paragraph(said), tables.from_form(of, "objective_table")]
