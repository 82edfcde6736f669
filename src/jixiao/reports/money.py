"""资金情况: the sentences on budget, receipt and execution, of the whole and by source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Run
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.reports.prose import quoted

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.funds.money import Column

_BASES = ("special_account", "treasury")


def parts(of: Assessment, column: Column) -> list[Message]:
    """Return name and amount of every source that has one in this column."""
    return [
        Message(
            "report_money.part", {"name": source.name, "amount": quoted(of, f"funds/sources/{source.name}/{column}")}
        )
        for source in of.evaluation.funds.sources
        if isinstance(getattr(source.money, column), Figure)
    ]


def budget(of: Assessment) -> list[Message]:
    """Return what was budgeted, at the beginning and in the end, and by source."""
    total = of.evaluation.funds.total
    said = []
    if total("original_budget") is not None:
        said.append(Message("report_money.original", {"amount": quoted(of, "funds/total/original_budget")}))
    if total("revised_budget") is not None:
        named = parts(of, "revised_budget")
        amount = {"amount": quoted(of, "funds/total/revised_budget"), "parts": named}
        said.append(Message("report_money.revised_parts" if named else "report_money.revised", amount))
    return said


def use(of: Assessment) -> list[Message]:
    """Return what was received and executed until the closing date, with both rates."""
    funds = of.evaluation.funds
    said: list[Message] = []
    if funds.total("received") is not None:
        rate = quoted(of, "funds/rate/receipt_rate")
        received = {"amount": quoted(of, "funds/total/received"), "rate": rate, "date": closing(of)}
        said.append(Message("report_money.received", received))
    if funds.total("executed") is not None:
        basis = Message(f"report_money.basis.{funds.executed_basis if funds.executed_basis in _BASES else 'unsaid'}")
        rate = quoted(of, "funds/rate/execution_rate")
        executed = {"amount": quoted(of, "funds/total/executed"), "rate": rate, "basis": basis}
        said.append(Message("report_money.executed", executed))
    return said


def closing(of: Assessment) -> Run:
    """Return the closing date of the data as documents print it, or the end of the evaluated year."""
    spelt = of.evaluation.as_of or f"{of.evaluation.year}-12-31"
    return Run(str(day(spelt) or spelt), value=spelt, bind="as_of")
