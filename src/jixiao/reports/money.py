"""资金情况: the sentences on budget, receipt and execution, of the whole and by source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Run
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure, compared, figure
from jixiao.findings import Message
from jixiao.reports.prose import joined, quoted

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
    said += receipt(of)
    if funds.total("executed") is not None:
        basis = Message(f"report_money.basis.{funds.executed_basis if funds.executed_basis in _BASES else 'unsaid'}")
        rate = quoted(of, "funds/rate/execution_rate")
        executed = {"amount": quoted(of, "funds/total/executed"), "rate": rate, "basis": basis}
        said.append(Message("report_money.executed", executed))
    return said


def receipt(of: Assessment) -> list[Message]:
    """Return what was received until the closing date."""
    if of.evaluation.funds.total("received") is None:
        return []
    rate = quoted(of, "funds/rate/receipt_rate")
    received = {"amount": quoted(of, "funds/total/received"), "rate": rate, "date": closing(of)}
    return [Message("report_money.received", received)]


def received_by_source(of: Assessment) -> list[Message]:
    """Return what was received of every source that has any."""
    parts = []
    for source in of.evaluation.funds.sources:
        if isinstance(source.money.received, Figure) and source.money.received.num:
            at = f"funds/sources/{source.name}"
            said = {"budget": quoted(of, f"{at}/revised_budget"), "received": quoted(of, f"{at}/received")}
            said["rate"] = quoted(of, f"{at}/rate/receipt_rate")
            parts.append(Message("report_money.source_received", {"name": source.name, **said}))
    return [Message("report_money.by_source", {"parts": joined(parts)})] if len(parts) > 1 else []


def closing(of: Assessment) -> Run:
    """Return the closing date of the data as documents print it, or the end of the evaluated year."""
    spelt = of.evaluation.as_of or f"{of.evaluation.year}-12-31"
    return Run(str(day(spelt) or spelt), value=spelt, bind="as_of")


def progress(of: Assessment) -> list[Message]:
    """Return what was executed of the revised budget, whether all of it, and by source; nothing where none is said."""
    funds = of.evaluation.funds
    if funds.total("executed") is None:
        return []
    basis = Message(f"report_money.basis.{funds.executed_basis if funds.executed_basis in _BASES else 'unsaid'}")
    rate = quoted(of, "funds/rate/budget_execution_rate")
    said = {"date": closing(of), "executed": quoted(of, "funds/total/executed"), "basis": basis, "rate": rate}
    side = compared(rate.value, figure("100%")) if isinstance(rate.value, Figure) else None
    against = [] if side is None else [Message(f"report_money.against.{('met', 'over', 'under')[side]}")]
    return [Message("report_money.progress", said), *against]


def by_source(of: Assessment) -> list[Message]:
    """Return budget, execution and rate of every source; sources without any money are named together."""
    parts, unused = [], []
    for source in of.evaluation.funds.sources:
        budgeted, executed = source.money.revised_budget, source.money.executed
        if not isinstance(budgeted, Figure) or not isinstance(executed, Figure):
            continue
        if budgeted.num == executed.num == 0:
            unused.append(Message("report_money.name", {"name": source.name}))
            continue
        at = f"funds/sources/{source.name}"
        named = {"budget": quoted(of, f"{at}/revised_budget"), "executed": quoted(of, f"{at}/executed")}
        rate = quoted(of, f"{at}/rate/budget_execution_rate")
        parts.append(Message("report_money.source", {"name": source.name, **named, "rate": rate}))
    if unused:
        parts.append(Message("report_money.unused", {"names": unused}))
    return [Message("report_money.by_source", {"parts": joined(parts)})] if len(parts) > 1 else []
