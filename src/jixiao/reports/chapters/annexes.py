"""附件: the score table on landscape pages, and what stands behind every actual value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak, Table
from jixiao.findings import Message
from jixiao.reports import tables

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment


def annexes(of: Assessment, form: str = "score_table") -> list[Block]:
    """Return the annexes, each beginning a page under its number and title; `form` is the first of them."""
    first = tables.from_form(of, form)
    return [
        *_annex(1, first.caption or "", replace(first, landscape=False), landscape=first.landscape),
        *_annex(2, Message("report_title.evidence").text("zh"), tables.evidence(of), landscape=False),
    ]


def _annex(number: int, title: str, table: Table, *, landscape: bool) -> list[Block]:
    named = Message("report_title.annex", {"number": number, "title": title}).text("zh")
    return [PageBreak(landscape=landscape), Heading(named, 1, align="center"), replace(table, caption=None)]
