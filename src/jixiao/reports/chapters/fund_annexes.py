"""附表: the self-evaluation tables of the funds, one for each fund whose indicators stand apart, else one for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Paragraph
from jixiao.funds import accounts
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Group
from jixiao.reports import tables
from jixiao.reports.chapters.annexes import annex, titled
from jixiao.reports.chapters.fund_headings import heading
from jixiao.reports.chapters.fund_overall import with_accounts
from jixiao.reports.fund_narrative import name_of

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment

_FORM, _SOURCE = "fund_self_evaluation_table", "社会保险基金"


def listed(of: Assessment) -> list[Block]:
    """Return the last part of the report: the annexed tables by number and title."""
    titles = [Paragraph(titled(number, title), "item") for number, (title, _) in enumerate(_tables(of), 1)]
    return [heading("annexes", 1), *titles] if titles else []


def annexed(of: Assessment) -> list[Block]:
    """Return the tables, each beginning a page under its number and title."""
    found: list[Block] = []
    for number, (title, one) in enumerate(_tables(of), 1):
        found += annex(number, title, tables.from_form(one, _FORM))
    return found


def _tables(of: Assessment) -> list[tuple[str, Assessment]]:
    """Return the title of every annexed table with the assessment that it is filled from."""
    scored = of.evaluation.system("scored")
    if scored is None:
        return []
    title = (tables.from_form(of, _FORM).caption or "").partition("\n")[0]
    ledger = with_accounts(of)
    schemes = accounts.schemes(ledger) if ledger is not None else []
    roots = {root.name: root for root in scored.roots if isinstance(root, Group)}
    if not schemes or not set(schemes) <= set(roots):
        return [(title, of)]
    return [
        (f"{name_of(of, scheme)}{title.removeprefix('社会保险')}", _alone(of, scheme, roots[scheme]))
        for scheme in schemes
    ]


def _alone(of: Assessment, scheme: str, root: Group) -> Assessment:
    """Return the assessment with the money and the indicators of one fund only."""
    money = next((one.money for one in of.evaluation.funds.sources if one.name == scheme), Money())
    systems = tuple(replace(one, roots=root.children) if one.role == "scored" else one for one in of.evaluation.systems)
    head = replace(of.evaluation.head, project=f"{name_of(of, scheme)}支出")
    return of._replace(
        evaluation=replace(of.evaluation, funds=Funds((Source(_SOURCE, money),)), systems=systems, head=head)
    )
