"""附件: the score table on landscape pages, and what stands behind every actual value."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak, Paragraph, Table
from jixiao.evaluation.amendments import original
from jixiao.evaluation.assess import assess
from jixiao.findings import Message
from jixiao.forms.form import forms_for
from jixiao.funds.money import Funds
from jixiao.reports import tables
from jixiao.reports.chapters.headings import heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jixiao.documents.document import Block, Document
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation

_TRANSFER = "transfer_self_evaluation_table"
_SET = ("objective", "central_department", "remarks")  # what a goal table says before there are results
_BY_REGION = ("fund_allocation_table", "fund_execution_table")


def annexes(of: Assessment, form: str = "score_table") -> list[Block]:
    """Return the annexes, each beginning a page under its number and title; `form` is the first of them."""
    first = tables.from_form(of, form)
    return [
        *annex(1, (first.caption or "").partition("\n")[0], first),
        *annex(2, Message("report_title.evidence").text("zh"), tables.evidence(of)),
    ]


def with_annexes(report: Document, parts: Iterable[Sequence[Block]]) -> Document:
    """Return a report with further annexes behind its own: each part begins with its title as a heading.

    Headings inside an annex sink below those that the contents list names.
    """
    blocks = list(report.blocks)
    own = Message("report_title.annexes").text("zh")
    number = sum(1 for block in blocks if isinstance(block, Heading) and block.text.startswith(own))
    for title, *inside in parts:
        assert isinstance(title, Heading)
        number += 1
        blocks += [PageBreak(), Heading(titled(number, title.text), 1, align="center")]
        blocks += [replace(block, level=block.level + 2) if isinstance(block, Heading) else block for block in inside]
    return replace(report, blocks=tuple(blocks))


def annex(number: int, title: str, table: Table) -> list[Block]:
    """Return a table on pages of its own under its number and title; a form keeps the margins that it has alone."""
    page = PageBreak(landscape=table.landscape, narrow=table.form is not None)
    return [page, Heading(titled(number, title), 1, align="center"), replace(table, caption=None, landscape=False)]


def titled(number: int, title: str) -> str:
    """Return the heading of an annex."""
    return Message("report_title.annex", {"number": number, "title": title}).text("zh")


def listed(of: Assessment) -> list[Block]:
    """Return 附件 as the last chapter of a transfer report: what is annexed, by number and title."""
    titles = [title for title, _ in _transfer_tables(of)]
    named = [titled(number, title) for number, title in enumerate(titles, 1)]
    return [heading("annexes", 1), *(Paragraph(name, "item") for name in named)]


def transfer_tables(of: Assessment) -> list[Block]:
    """Return the self-evaluation table, and before it the table as it was where targets were changed by consent."""
    found: list[Block] = []
    for number, (title, table) in enumerate(_transfer_tables(of), 1):
        found += annex(number, title, table)
    return found


def _transfer_tables(of: Assessment) -> list[tuple[str, Table]]:
    table = tables.from_form(of, _TRANSFER)
    name = (table.caption or "").partition("\n")[0]
    if not of.evaluation.amendments:
        return [(name, table), *_fund_tables(of)]
    before = assess(_unfilled(original(of.evaluation)))
    titles = [Message(f"report_title.{when}", {"title": name}).text("zh") for when in ("before", "after")]
    return [(titles[0], tables.from_form(before, _TRANSFER)), (titles[1], table), *_fund_tables(of)]


def _unfilled(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation with its objectives and without results: nothing was reported on what was changed."""
    kept = {name: text for name, text in evaluation.texts.items() if name in _SET}
    return replace(evaluation, actuals={}, overrides={}, reasons={}, funds=Funds(), texts=kept)


def _fund_tables(of: Assessment) -> list[tuple[str, Table]]:
    """Return how the money was divided and executed by region, where the ledger says it."""
    known = [table for table in forms_for(of.evaluation) if table.id in _BY_REGION]
    return [(one.title, tables.from_form(of, one.id)) for one in known]
