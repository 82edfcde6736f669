"""基金报告的标题: headings by their message, and the tables of the ledger under the report's own captions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Heading
from jixiao.findings import Message
from jixiao.reports import tables

if TYPE_CHECKING:
    from jixiao.documents.document import Table
    from jixiao.evaluation.assess import Assessment


def heading(name: str, level: int, fund: str = "") -> Heading:
    """Return the heading whose wording is `report_fund.title.<name>`, of a fund where one is named."""
    return Heading(Message(f"report_fund.title.{name}", {"name": fund} if fund else {}).text("zh"), level)


def of_ledger(of: Assessment, form_id: str) -> Table:
    """Return a table of the ledger with its title alone as caption: the report says which year it is about."""
    table = tables.from_form(of, form_id)
    return replace(table, caption=(table.caption or "").partition("\n")[0], landscape=False)
