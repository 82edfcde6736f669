"""预警: persons whose bills reach a line, and measures beyond an alert line month by month, with what is behind each.

A line is a figure with its unit. Measures are held against it region by region, scheme by scheme and month by month;
what is not computable raises no alert and is told in the measures themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.figures.figure import Figure, compared
from jixiao.figures.notation import figure
from jixiao.findings import Message
from jixiao.settlements.cells import Cell, cell_of, groupings
from jixiao.settlements.conditions import all_met
from jixiao.settlements.gathering import placed_rows
from jixiao.settlements.measure import measures
from jixiao.settlements.tables import table
from jixiao.settlements.values import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jixiao.settlements.measure import Measure
    from jixiao.settlements.tables import Held, Terms
    from jixiao.settlements.values import Computed

MOST = 500  # lines of a list: those with the largest amounts
LIST_HEADS = ("period", "region", "scheme", "key", "psn_no", "fixmedins_code", "amount")
PERSON_HEADS = ("period", "psn_no", "region", "visits", "bill", "funds")


class Line(NamedTuple):
    """An alert line: a measure that should stay at most or at least at a figure."""

    measure: str
    word: str
    limit: Figure


class HighCost(NamedTuple):
    """A line for the bills of one person in a year or a month, in 分."""

    limit: int
    per: str


class Alert(NamedTuple):
    """A measure beyond its line at one grouping."""

    line: Line
    cell: Cell
    found: Figure


def lines(raw: Iterable[Mapping[str, str]]) -> tuple[list[Line], list[HighCost], list[Message]]:
    """Return the alert lines that entries state, and what is wrong with others."""
    asked: list[Line] = []
    persons: list[HighCost] = []
    wrong: list[Message] = []
    for entry in raw:
        words = [word for word in ("at_most", "at_least", "high_cost") if word in entry]
        limit = figure(entry[words[0]]) if len(words) == 1 else None
        said = "，".join(f"{name}: {text}" for name, text in entry.items())
        if not isinstance(limit, Figure):
            wrong.append(Message("settlements.alert.line", {"said": said}))
        elif words == ["high_cost"]:
            fen = limit.num * 100 // limit.den
            if limit.unit.base == "元" and entry.get("per", "year") in ("year", "month"):
                persons.append(HighCost(fen, entry.get("per", "year")))
            else:
                wrong.append(Message("settlements.alert.line", {"said": said}))
        elif entry.get("measure") not in measures():
            wrong.append(
                Message(
                    "settlements.measure.unknown", {"measure": entry.get("measure", "—"), "known": list(measures())}
                )
            )
        else:
            asked.append(Line(entry["measure"], words[0], limit))
    return asked, persons, wrong


def beyond(of: Computed, asked: Sequence[Line]) -> tuple[list[Alert], list[Message]]:
    """Return where measures lie beyond their lines, and lines whose unit is not the measure's."""
    found: list[Alert] = []
    wrong: list[Message] = []
    for line in asked:
        name = measures()[line.measure].table
        for cell in of.cells(name) if name in of.gathered else ():
            got = value(of, line.measure, cell)
            if isinstance(got, Message) or len(cell.period) == 4:
                continue
            order = compared(got.figure, line.limit)
            if order is None:
                wrong.append(
                    Message(
                        "settlements.alert.unit",
                        {"measure": line.measure, "unit": got.figure.unit.name, "limit": line.limit},
                    )
                )
                break
            if (order > 0) if line.word == "at_most" else (order < 0):
                found.append(Alert(line, cell, got.figure))
    return found, wrong


def behind(engine: Any, held: Held, terms: Terms, measure: Measure, cells: Sequence[Cell]) -> list[tuple[Any, ...]]:
    """Return the rows behind a measure in the cells that raised an alert, largest amounts first."""
    of = table(held.given.table)
    part = measure.above[0]
    amount = part.column if part.how == "sum" else "medfee_sumamt" if "medfee_sumamt" in held.columns else None
    rows = placed_rows(held, terms).filter(all_met(part.where, terms.codes) & ~nw.col("_cell").is_null())
    key = nw.col(of.key) if of.key in held.columns else nw.lit(None, dtype=nw.String)
    shown = [
        key.alias("key"),
        *(
            nw.col(name) if name in held.columns else nw.lit(None, dtype=nw.String).alias(name)
            for name in ("psn_no", "fixmedins_code")
        ),
        (nw.col(amount) if amount else nw.lit(0)).alias("amount"),
    ]
    wanted = set(cells)
    numbers = [number for number in _numbers(engine, rows) if groupings(cell_of(number)) & wanted]
    chosen = rows.filter(nw.col("_cell").is_in(numbers)).select("_cell", *shown)
    found = engine.gather([chosen.sort("amount", "key", descending=[True, False], nulls_last=True).head(MOST)])[0]
    return [(c.period, c.region, c.scheme, *rest) for number, *rest in found for c in (cell_of(number),)]


def _numbers(engine: Any, rows: nw.LazyFrame[Any]) -> list[int]:
    return [row[0] for row in engine.gather([rows.select("_cell").unique()])[0]]


def high_cost(engine: Any, held: Held, terms: Terms, line: HighCost) -> list[tuple[Any, ...]]:
    """Return the persons whose bills reach the line: period, person, a region, visits, bills and funds in 分."""
    rows = placed_rows(held, terms).filter(~nw.col("psn_no").is_null())
    period = nw.col(table(held.given.table).period)
    rows = rows.with_columns(_period=period // 100 if line.per == "year" else period)
    if terms.year is not None:
        rows = rows.filter(period // 100 == terms.year)
    funds = nw.col("fund_pay_sumamt" if "fund_pay_sumamt" in held.columns else "medfee_sumamt").sum()
    by_person = rows.group_by("_period", "psn_no").agg(
        nw.col("insu_admdvs").max().alias("region"), nw.len().alias("visits"),
        nw.col("medfee_sumamt").sum().alias("bill"), funds.alias("funds"),
    )  # fmt: skip
    (found,) = engine.gather([by_person.filter(nw.col("bill") >= line.limit)])
    spelt = [(_period(row[0]), row[1], f"{row[2]:06d}", *row[3:]) for row in found]
    return sorted(spelt, key=lambda row: (row[0], -row[4], row[1]))


def _period(number: int) -> str:
    return f"{number}" if number < 10_000 else f"{number // 100}-{number % 100:02d}"
