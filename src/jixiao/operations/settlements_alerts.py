"""预警: measures beyond their alert lines month by month and high-cost persons, each with the list behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.engines.opening import opened
from jixiao.engines.settlements import held, stager
from jixiao.enrolment.identity import hidden, masked
from jixiao.errors import CannotParse
from jixiao.figures import exact
from jixiao.findings import Finding, Message
from jixiao.formats import csv_write, settlements_file
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.operations.settlements_measures import terms_of
from jixiao.settlements import alerts
from jixiao.settlements.gathering import gathered
from jixiao.settlements.measure import measures
from jixiao.settlements.values import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from jixiao.settlements.alerts import Alert, HighCost
    from jixiao.settlements.tables import Held, Terms

    List = tuple[tuple[str, ...], list[tuple[Any, ...]]]

_ALERT_HEADS = ("measure", "region", "scheme", "period", "found", "word", "limit")


class Alerted(NamedTuple):
    """The alerts, and by file name the rows of each list, with its heads."""

    alerts: tuple[Alert, ...]
    lists: dict[str, List]


def settlements_alerts(
    folder: Path,
    out: Path | None = None,
    *,
    year: int | None = None,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome[Alerted]:
    """Return the alerts of the lines that `settlements.yaml` states; write them with their lists into `out`.

    Contradictory rows are set aside. Every alert is a warning. `CannotParse` for a line that cannot be understood.
    """
    given = settlements_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    asked, persons, wrong = alerts.lines(given.alerts)
    if wrong or not (asked or persons):
        said = wrong[0] if wrong else Message("settlements.alert.none")
        raise CannotParse(said, remedy=Message("settlements.alert.line.remedy"), place=given.place)
    terms = terms_of(given, year, "month", set_aside=True)
    wanted = {measures()[line.measure].table for line in asked} | ({"settlements"} if persons else set())
    with opened(engine, memory=memory, master=master, scratch=out.parent if out else None) as machine:
        progress("reading")
        tables = {name: held(machine, one, base) for name, one in given.tables.items() if name in wanted}
        progress("measuring")
        found = {name: gathered(machine, one, terms, stager(machine)) for name, one in tables.items()}
        made = Computed(terms, found, {name: one.columns for name, one in tables.items()})
        raised, odd = alerts.beyond(made, asked)
        if odd:
            raise CannotParse(odd[0], remedy=Message("settlements.alert.line.remedy"), place=given.place)
        lists = _lists(machine, tables, terms, raised, persons)
    outcome = Outcome(
        Alerted(tuple(raised), lists), tuple([*map(_finding, raised), *(_persons(line, lists) for line in persons)])
    )
    if out is not None:
        progress("writing")
        _write(outcome.value, out)
    return outcome


def _lists(
    machine: Any, tables: Mapping[str, Held], terms: Terms, raised: Sequence[Alert], persons: Sequence[HighCost]
) -> dict[str, List]:
    """Return the lists behind the alerts by the names of their files: rows that raised one, persons beyond a line."""
    lists: dict[str, List] = {}
    for name in dict.fromkeys(alert.line.measure for alert in raised):
        cells = [alert.cell for alert in raised if alert.line.measure == name]
        measure = measures()[name]
        rows = alerts.behind(machine, tables[measure.table], terms, measure, cells)
        lists[f"{name}.csv"] = (alerts.LIST_HEADS, [(*row[:-1], _yuan(row[-1])) for row in rows])
    for line in persons if "settlements" in tables else ():
        rows = alerts.high_cost(machine, tables["settlements"], terms, line)
        lists[f"high_cost_{line.per}.csv"] = (alerts.PERSON_HEADS, [(*row[:4], *map(_yuan, row[4:])) for row in rows])
    return lists


def _write(made: Alerted, out: Path) -> None:
    with whole(out) as staging:
        (staging / "alerts.csv").write_bytes(csv_write.write(map(_texts, (_ALERT_HEADS, *map(_row, made.alerts)))))
        for name, (heads, rows) in made.lists.items():
            (staging / name).write_bytes(csv_write.write(map(_texts, (heads, *rows))))
            (staging / name).chmod(0o600)  # persons stand in it


def _texts(row: Sequence[Any]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _row(alert: Alert) -> tuple[Any, ...]:
    return alert.line.measure, *alert.cell, alert.found.published(2), alert.line.word, alert.line.limit


def _finding(alert: Alert) -> Finding:
    where = " ".join(text for text in alert.cell if text)
    args = {"measure": alert.line.measure, "where": where, "found": alert.found.published(2), "limit": alert.line.limit}
    said = Message(f"settlements.alert.beyond.{alert.line.word}", args)
    return Finding(
        "settlements_alert", "warning", said, Message("settlements.alert.remedy", {"list": f"{alert.line.measure}.csv"})
    )


def _persons(line: alerts.HighCost, lists: dict[str, Any]) -> Finding:
    name = f"high_cost_{line.per}.csv"
    per = Message(f"settlements.alert.per.{line.per}")
    args = {"per": per, "limit": exact.spelt(line.limit, 2, strip=True), "count": len(lists.get(name, ((), ()))[1])}
    remedy = Message("settlements.alert.remedy", {"list": name})
    return Finding(
        "settlements_high_cost",
        "warning" if args["count"] else "note",
        Message("settlements.alert.persons", args),
        remedy,
    )


def _yuan(fen: int | None) -> str:
    return "" if fen is None else exact.spelt(fen, 2)


def settlements_alerts_json(of: Alerted) -> dict[str, Any]:
    """Return `alerts/1`: every alert, and the lists with their rows; persons are masked, files hold them in full."""
    return {
        "schema": "alerts/1",
        "alerts": [
            dict(zip(_ALERT_HEADS, (text and str(text) for text in _row(alert)), strict=True)) for alert in of.alerts
        ],
        "lists": {
            name: [{head: _shown(head, cell) for head, cell in zip(heads, row, strict=True)} for row in rows]
            for name, (heads, rows) in of.lists.items()
        },
    }


def _shown(head: str, cell: object) -> str | None:
    return None if cell is None else (masked if head == "psn_no" else hidden)(str(cell))
