"""资金表的样子: a fund table as a table for paper and screen, or as lines of text; amounts in the unit above it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Table
from jixiao.figures.units import BARE, Unit
from jixiao.findings import Message
from jixiao.funds.control import BOOKS
from jixiao.funds.ledger import WHOLE
from jixiao.funds.tables import ISSUED, SUBTOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.figures.figure import Figure
    from jixiao.funds.tables import FundTable, Key

_NO_RATE = "—"
_PEOPLE = Unit("人", "人")
_ROWS = {"long_region": "region", "long_level": "level", "long_account": "account", "long_month": "month",
         "final_settlement": "region", "sharing": "region", "monitoring": "month", "duties": "level",
         "equalisation": "region", "reconciliation": "month", "filings": "report"}  # fmt: skip
_FINER = {"final_settlement": 6}  # places of 万元, down to the cent: amounts a head foot as they are printed
_IN_HEADS = ("元", _PEOPLE.base, "元/人")  # units that the head of the column or the line above the table says
_FIXED = {WHOLE: "whole", SUBTOTAL: "subtotal", ISSUED: "issued"}
_WORDS = (
    "total", "budget", "received", "executed", "rate", "unspent", "this_year", "last_year", "change", "growth",
    "execution", "share", "surplus", "income", "expenditure", "balance", "allocated", "paid", "exact", "amount",
    "expected", "prepaid", "actual", "due", "over", "deduction", "cumulated", "schedule", "gap", "completion",
    "per_head", "burden", "given", "short", "widest",
    "opening", "owed", "contributed", "granted", "paid_out", "net", "closing", "count",
    "in_time", "in_time_rate", *BOOKS,
)  # fmt: skip


def shown(table: FundTable, lang: str = "zh", columns: Iterable[Key] | None = None) -> Table:
    """Return a fund table as it prints: amounts in the unit above it, rates to two places, no rate as —."""
    chosen = tuple(table.columns if columns is None else columns)
    depth = max((len(row.key) for row in table.rows), default=1)
    money = _money(table)
    heads = [Cell(_rows_of(table, lang), cols=depth, head=True)]
    heads += [Cell(" ".join(dict.fromkeys(_word(part, lang) for part in key)), head=True) for key in chosen]
    rows = [heads]
    for row in table.rows:
        names = [Cell(_word(part, lang), align="left") for part in row.key]
        names[-1] = replace(names[-1], cols=depth - len(names) + 1)
        rows.append([*names, *(_cell(row.cells.get(key), money, table, table.path(row, key)) for key in chosen)])
    title = Message(f"funds.table.{table.id}").text(lang)
    return Table.of(rows, head_rows=1, caption=title, name=title, unit=money.name or None, landscape=len(chosen) > 4)


def explained(table: FundTable, lang: str = "zh") -> Table | None:
    """Return how the rows of a fund table came about, a step a line; None where they say nothing."""
    told = [(row.label, "\n".join(step.text(lang) for step in row.steps)) for row in table.rows if row.steps]
    if not told:
        return None
    rows = [[Cell(_rows_of(table, lang), head=True), Cell(_word("steps", lang), head=True)]]
    rows += [[Cell(_word(name, lang), align="left"), Cell(steps, align="left")] for name, steps in told]
    title = Message("funds.table.explained", {"title": Message(f"funds.table.{table.id}")}).text(lang)
    return Table.of(rows, head_rows=1, caption=title, name=title, widths=(30, 130))


def lines(table: FundTable, lang: str = "zh") -> Iterator[list[str]]:
    """Yield a table as texts, its heads first: for tables as long as a province has counties."""
    money = _money(table)
    yield [
        _rows_of(table, lang),
        *(" ".join(dict.fromkeys(_word(part, lang) for part in key)) for key in table.columns),
    ]
    for row in table.rows:
        yield ["/".join(row.key), *(_text(row.cells.get(key), money, table) for key in table.columns)]


def _money(table: FundTable) -> Unit:
    """Return the unit that a table's amounts print in: that of the first."""
    cells = (cell for row in table.rows for cell in row.cells.values() if cell is not None)
    return next((cell.unit for cell in cells if cell.unit.base == "元"), BARE)


def _printed(figure: Figure, money: Unit, table: FundTable) -> Figure:
    if not figure.unit.base:
        return figure.published(2, strip=False)
    if figure.unit.base == _PEOPLE.base:
        return figure.in_unit(_PEOPLE).published(0)
    if figure.unit.base != "元":
        return figure.published(2)
    own = figure if figure.unit is money or figure.unit == money else figure.in_unit(money)
    return own.published(_FINER.get(table.id, 2) if money.num <= 10**4 else 4, strip=not table.id.startswith("long_"))


def _text(figure: Figure | None, money: Unit, table: FundTable) -> str:
    if figure is None:
        return _NO_RATE
    printed = _printed(figure, money, table)
    said = printed.unit.name if printed.unit.base in _IN_HEADS else ""
    return str(printed).removesuffix(said)


def _cell(figure: Figure | None, money: Unit, table: FundTable, path: str) -> Cell:
    if figure is None:
        return Cell(_NO_RATE, bind=path)
    printed = _printed(figure, money, table)
    hint = "General" if printed.unit.base else "0.00%"
    return Cell(_text(figure, money, table), value=printed, bind=path, align="right", hint=hint)


def _rows_of(table: FundTable, lang: str) -> str:
    """Return the head of the column that names the rows."""
    return Message(f"funds.column.{_ROWS.get(table.id, 'row')}").text(lang)


def _word(name: str, lang: str) -> str:
    if name in _FIXED:
        return Message(f"funds.column.{_FIXED[name]}").text(lang)
    return Message(f"funds.column.{name}").text(lang) if name in (*_WORDS, "steps") else name
