"""组织实施和绩效管理情况: how the spending was organised, its pace, what each fund and indicator achieved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading
from jixiao.findings import Message
from jixiao.funds import accounts
from jixiao.reports import texts
from jixiao.reports.chapters import deviations
from jixiao.reports.chapters.fund_headings import heading
from jixiao.reports.chapters.fund_overall import with_accounts
from jixiao.reports.charts import monitoring
from jixiao.reports.fund_narrative import flow, items_moved, name_of
from jixiao.reports.prose import paragraph, quoted

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter."""
    managed = of.evaluation.texts.get("fund_management", "").strip()
    before = [*_pace(of), *texts.blocks(of, "results", under=2), *_by_fund(of)]
    among = any(isinstance(block, Heading) for block in before)
    return [
        heading("managed", 1),
        heading("organised", 2),
        *texts.blocks(of, "organisation", under=2),
        *(texts.blocks(of, "fund_management", under=2) if managed else []),
        heading("achieved", 2),
        *_spent(of),
        *before,
        *([heading("indicators", 3)] if among else []),  # nothing is numbered that stands alone
        *_unscored(of),
        *deviations.indicators(of),
    ]


def _spent(of: Assessment) -> list[Block]:
    """Return what all funds spent of their budget; without accounts the part before has said it."""
    if with_accounts(of) is None:
        return []
    rate = quoted(of, "funds/rate/budget_execution_rate")
    spent = quoted(of, "funds/tables/accounts/合计/expenditure/this_year")
    if rate.value is None or spent.value is None:
        return []
    return [paragraph(Message("report_fund.spent", {"spent": spent, "rate": rate}))]


def _pace(of: Assessment) -> list[Block]:
    chart = monitoring.chart(of)
    return [heading("pace", 3), paragraph(Message("report_chart.monitoring.see")), chart] if chart else []


def _by_fund(of: Assessment) -> list[Block]:
    """Return a section for each fund on what it paid for against budget and last year."""
    ledger = with_accounts(of)
    blocks: list[Block] = []
    for scheme in accounts.schemes(ledger) if ledger is not None else ():
        told = items_moved(of, "expenditure", scheme) or flow(of, "expenditure", scheme)
        blocks += [Heading(name_of(of, scheme), 3), paragraph(*told)] if told else []
    return blocks


def _unscored(of: Assessment) -> list[Block]:
    scored = of.evaluation.system("scored")
    unscored = scored is not None and (of.card is None or of.card.total is None)
    said = "report_fund.part_scored" if of.evaluation.overrides else "report_fund.unscored"
    return [paragraph(Message(said))] if unscored else []
