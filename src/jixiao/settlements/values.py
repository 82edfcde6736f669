"""统计值: the exact value of a measure at one grouping, with its parts, or why it is not computable (never 0 instead).

Amounts are 分 until here; Python divides. Growth on another year is (this − that) ÷ that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.indicators.indicator import Measured
from jixiao.settlements.cells import Cell
from jixiao.settlements.codes import SCHEMES
from jixiao.settlements.faults import touched
from jixiao.settlements.measure import Measure, measures
from jixiao.settlements.sql import query
from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.settlements.gathering import Gathered
    from jixiao.settlements.measure import Part
    from jixiao.settlements.tables import Terms

SOURCE = "settlements"
WHERE = ("region", "scheme", "period", "against")
_UNITS = {"psn_no": "人", "fixmedins_code": "家", "insu_admdvs": "个"}


class Computed(NamedTuple):
    """What the tables that were given say: the gathered parts by table, and the columns that are in each."""

    terms: Terms
    gathered: Mapping[str, Gathered]
    columns: Mapping[str, tuple[str, ...]]
    as_of: str | None = None

    def cells(self, name: str) -> list[Cell]:
        """Return the groupings of a table in the year that is asked for: all before schemes before regions."""
        year = self.terms.year
        kept = [cell for cell in self.gathered[name].parts if year is None or cell.period.startswith(str(year))]
        order = (*SCHEMES, None)
        return sorted(
            kept,
            key=lambda cell: (cell.period, cell.region or "", -1 if cell.scheme is None else order.index(cell.scheme)),
        )


class Value(NamedTuple):
    """An exact figure with the parts it was computed from."""

    figure: Figure
    parts: Mapping[str, Figure]


def value(of: Computed, name: str, cell: Cell) -> Value | Message:
    """Return a measure at a grouping, or why it cannot be computed."""
    measure = measures()[name]
    why = _unusable(of, measure, cell)
    if why is not None:
        return why
    found = of.gathered[measure.table].parts[cell]
    above, below = (sum(found[part] for part in parts) for parts in (measure.above, measure.below))
    if measure.below and below <= 0:
        return Message("settlements.why.zero", {"part": [str(part) for part in measure.below], "found": below})
    return Value(_figure(measure, above, below), _parts(measure, found))


def _unusable(of: Computed, measure: Measure, cell: Cell) -> Message | None:
    if measure.table not in of.gathered:
        return Message("settlements.why.no_table", {"table": table(measure.table).zh})
    columns = dict.fromkeys(column for part in measure.parts() for column in part.columns())
    missing = [column for column in columns if column not in of.columns[measure.table]]
    if missing:
        return Message("settlements.why.no_column", {"columns": missing})
    gathered = of.gathered[measure.table]
    if cell not in gathered.parts:
        said = [text for text in (cell.region, cell.scheme, cell.period) if text]
        return Message("settlements.why.no_rows", {"where": said})
    return None if of.terms.set_aside else _spoilt(gathered, columns, cell)


def _spoilt(gathered: Gathered, columns: Iterable[str], cell: Cell) -> Message | None:
    """Return which rows of a cell spoil what is computed from columns."""
    columns = set(columns)
    wrong = {
        fault: n for fault, n in gathered.faults[cell].items() if n and any(name in columns for name in touched(fault))
    }
    if wrong:
        named = [
            Message(f"settlements.fault.{fault.partition('.')[0]}", {"column": fault.partition(".")[2]})
            for fault in wrong
        ]
        return Message("settlements.why.faults", {"faults": named, "rows": max(wrong.values())})
    return None


def _figure(measure: Measure, above: int, below: int) -> Figure:
    """Return the value in the measure's unit; sums of money are 分."""
    money = measure.above[0].how == "sum"
    if measure.unit == "%":
        return exactly(above, below, PERCENT)
    counted = unit(measure.unit)
    assert counted is not None, measure.unit
    return exactly(above, (below or 1) * (100 if money else 1), counted)


def _parts(measure: Measure, found: Mapping[Part, int]) -> dict[str, Figure]:
    row = table(measure.table).row
    counted = {
        part: "元" if part.how == "sum" else _UNITS[part.column or ""] if part.how == "distinct" else row
        for part in measure.parts()
    }
    units = {part: unit(name) for part, name in counted.items()}
    return {
        str(part): exactly(found[part], 100 if part.how == "sum" else 1, of)
        for part, of in units.items()
        if of is not None
    }


def measure(of: Computed, name: str, where: Mapping[str, str]) -> tuple[Figure, Measured] | Message:
    """Return the value an indicator is bound to, with its parts and its query, or why it cannot be computed.

    `where` may hold region, scheme, period (2024 or 2024-03; else the year of the terms) and against (a year): growth.
    """
    if name not in measures():
        return Message("settlements.measure.unknown", {"measure": name, "known": list(measures())})
    odd = sorted(set(where) - set(WHERE))
    if odd or where.get("scheme", SCHEMES[0]) not in SCHEMES:
        return Message("settlements.measure.where", {"odd": odd or [where["scheme"]], "known": [*WHERE, *SCHEMES]})
    period = where.get("period") or _only_year(of, measures()[name].table)
    if period is None:
        return Message("settlements.why.years", {})
    cell = Cell(where.get("region"), where.get("scheme"), period)
    found = value(of, name, cell)
    if isinstance(found, Message):
        return found
    if "against" in where:
        grown = _growth(of, name, found.figure, cell, where["against"])
        if isinstance(grown, Message):
            return grown
        found = grown
    asked = query(measures()[name], of.terms, cell)
    return found.figure, Measured(SOURCE, name, dict(found.parts), dict(where), asked, as_of=of.as_of)


def _growth(of: Computed, name: str, now: Figure, cell: Cell, year: str) -> Value | Message:
    """Return (now − then) ÷ then, both being its parts."""
    then_cell = cell._replace(period=year + cell.period[4:])
    then = value(of, name, then_cell)
    if isinstance(then, Message):
        return then
    if then.figure.num == 0:
        return Message("settlements.why.zero", {"part": [name], "found": 0})
    change = now.num * then.figure.den - then.figure.num * now.den
    parts = {cell.period: now, then_cell.period: then.figure}
    return Value(exactly(change, then.figure.num * now.den, PERCENT), parts)


def _only_year(of: Computed, name: str) -> str | None:
    if of.terms.year is not None:
        return str(of.terms.year)
    years = {cell.period[:4] for cell in of.gathered[name].parts} if name in of.gathered else {"—"}
    return years.pop() if len(years) == 1 else None
