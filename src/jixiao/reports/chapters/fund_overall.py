"""收支余总体情况: what all funds together took in, paid out and keep, and what was to be reached with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Heading, PageBreak
from jixiao.findings import Message
from jixiao.funds import accounts
from jixiao.reports import money, texts
from jixiao.reports.chapters.basics import goals
from jixiao.reports.chapters.fund_headings import heading, of_ledger
from jixiao.reports.chapters.headings import heading as known_heading
from jixiao.reports.fund_narrative import balance, flow, name_of
from jixiao.reports.prose import paragraph, quoted
from jixiao.reports.report import title_lines

if TYPE_CHECKING:
    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.funds.ledger import Ledger


def opening(of: Assessment) -> list[Block]:
    """Return the title and who evaluated which funds; page numbers begin here."""
    said = {name: quoted(of, f"head/{name}") for name in ("unit", "project")} | {"year": quoted(of, "year")}
    title: list[Block] = [PageBreak(numbers="arabic"), Heading(title_lines(of), 0)]
    return [*title, *([paragraph(Message("report_fund.opening", said))] if of.evaluation.head.unit else [])]


def chapter(of: Assessment) -> list[Block]:
    """Return the chapter; a bundle without accounts says what was budgeted and executed."""
    return [
        heading("overall", 1),
        heading("sums", 2),
        *_sums(of),
        heading("objectives", 2),
        *(paragraph(*said) for said in _budgeted(of)),
        known_heading("objective", 3),
        *texts.blocks(of, "objective", under=3),
        *goals(of),
    ]


def with_accounts(of: Assessment) -> Ledger | None:
    """Return the ledger if it has accounts."""
    ledger = of.evaluation.funds.ledger
    return ledger if ledger is not None and ledger.accounts else None


def _sums(of: Assessment) -> list[Block]:
    if with_accounts(of) is None:
        said = money.budget(of)
        return [paragraph(*said) if said else paragraph(Message("report_money.none"))]
    told = [*flow(of, "income"), *flow(of, "expenditure"), *balance(of)]
    return [paragraph(*told, Message("report_fund.see_accounts")), of_ledger(of, "fund_account_summary")]


def _budgeted(of: Assessment) -> list[list[Message]]:
    """Return what was budgeted for the expenditure of every fund, and on which items."""
    ledger = with_accounts(of)
    found = []
    for scheme in accounts.schemes(ledger) if ledger is not None else ():
        at = f"funds/tables/accounts/{scheme}/expenditure/budget"
        parts = [
            Message(
                "report_fund.part.budget",
                {"name": item.item, "amount": quoted(of, f"{_items(scheme)}/{item.item}/budget")},
            )
            for item in accounts.items(ledger, scheme, "expenditure")  # type: ignore[arg-type]
            if ledger is not None and accounts.known(ledger, item, "budget") is not None
        ]
        whole = quoted(of, at)
        if whole.value is not None:
            said = {"year": quoted(of, "year"), "name": name_of(of, scheme), "budget": whole, "parts": parts}
            found.append([Message("report_fund.budgeted_for" if parts else "report_fund.budgeted", said)])
    return found


def _items(scheme: str) -> str:
    return f"funds/tables/composition/{scheme}/expenditure"
