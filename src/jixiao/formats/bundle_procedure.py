"""评价过程和绩效监控的含义: their shapes in a bundle to values, and the values back to the tree of a file."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from jixiao.evaluation.monitoring import SPENT, Monitoring, Progress, Spending
from jixiao.evaluation.procedure import ENTRIES, VALUES, Procedure
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.figures.target import Target
    from jixiao.figures.units import Unit
    from jixiao.figures.unread import Unread
    from jixiao.formats.bundle_procedure_schema import MonitoringShape, ProcedureShape


def procedure(shape: ProcedureShape) -> Procedure:
    """Return what the shape means."""
    entries: dict[str, Any] = {}
    for name, entry in ENTRIES.items():
        said = [one.model_dump() for one in getattr(shape, name)]
        for told in said:
            told |= {value: read_actual(told[value]) for value in VALUES if told.get(value) is not None}
        entries[name] = tuple(entry(**told) for told in said)
    return Procedure(**entries)


def monitoring(shape: MonitoringShape, goals: Mapping[str, Target | Unread | None], measure: Unit) -> Monitoring:
    """Return what the shape means; `goals` lend their units to values, `measure` to amounts."""
    indicators = {}
    for code, given in shape.indicators.items():
        so_far, expected = (
            None if text is None else read_actual(text, goals.get(code)) for text in (given.so_far, given.expected)
        )
        indicators[code] = Progress(so_far, expected, given.cause, given.likelihood, given.measure)
    money = {
        name: Spending(
            *(None if text is None else figure(text, expected=measure) for text in (one.executed, one.expected))
        )
        for name, one in shape.money.items()
    }
    return Monitoring(
        shape.until,
        {name: spent for name, spent in money.items() if spent != Spending()},
        {code: progress for code, progress in indicators.items() if progress != Progress()},
    )


def procedure_tree(given: Procedure) -> dict[str, Any]:
    """Return the tree that reads as this procedure."""
    tree = {name: [_told(entry) for entry in getattr(given, name)] for name in ENTRIES}
    return {name: entries for name, entries in tree.items() if entries}


def monitoring_tree(given: Monitoring, amount: Callable[[Any], str | None]) -> dict[str, Any]:
    """Return the tree that reads as this monitoring; `amount` spells money."""
    money = {
        name: {column: amount(getattr(spent, column)) for column in SPENT if getattr(spent, column) is not None}
        for name, spent in given.money.items()
    }
    indicators = {code: _told(progress) for code, progress in given.indicators.items()}
    tree = {"until": given.until, "money": money, "indicators": indicators}
    return {name: value for name, value in tree.items() if value}


def _told(record: Any) -> dict[str, str]:
    """Return the fields of a record that are given, its values as they were spelt."""
    said = {spec.name: getattr(record, spec.name) for spec in fields(record)}
    return {name: _spelt(value) for name, value in said.items() if value not in (None, "")}


def _spelt(value: Any) -> str:
    return value.spelt if isinstance(value, Figure) and value.spelt is not None else str(value)
