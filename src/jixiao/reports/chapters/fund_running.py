"""各项基金预算完成及运行情况: a section for each fund on its income, expenditure and balance, then all items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Message
from jixiao.funds import accounts
from jixiao.reports import money
from jixiao.reports.chapters.fund_headings import heading, of_ledger
from jixiao.reports.chapters.fund_overall import with_accounts
from jixiao.reports.fund_narrative import balance, flow, items_moved, made_of, name_of
from jixiao.reports.prose import paragraph

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter; without accounts it goes through the sources of the money."""
    ledger = with_accounts(of)
    if ledger is None:
        said = [*money.progress(of), *money.by_source(of)]
        return [heading("running", 1), paragraph(*said) if said else paragraph(Message("report_money.none"))]
    blocks: list[Block] = [heading("running", 1)]
    for scheme in accounts.schemes(ledger):
        blocks.append(heading("of_fund", 2, name_of(of, scheme)))
        taken = [*flow(of, "income", scheme), *made_of(of, "income", scheme), *items_moved(of, "income", scheme)]
        spent = [*flow(of, "expenditure", scheme), *made_of(of, "expenditure", scheme)]
        blocks += [paragraph(*told) for told in (taken, spent, balance(of, scheme)) if told]
    if any(item.item is not None and item.side != "balance" for item in ledger.accounts):
        blocks += [heading("structure", 2), paragraph(Message("report_fund.see_composition"))]
        blocks.append(of_ledger(of, "fund_composition"))
    return blocks
