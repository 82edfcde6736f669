"""结算指标: the measures of settlement records at every grouping, with what is wrong in the records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.engines.opening import opened
from jixiao.engines.settlements import digests, held, stager
from jixiao.enrolment.identity import hidden
from jixiao.findings import Finding, Message, ordered
from jixiao.formats import json_write, results, settlements_file, settlements_summary, settlements_table
from jixiao.formats.whole import whole
from jixiao.operations.bound_results import bound_results
from jixiao.operations.outcome import Outcome
from jixiao.regions import pooling_area, renamed_prefixes
from jixiao.settlements import checks, values
from jixiao.settlements.gathering import gathered
from jixiao.settlements.measure import measures
from jixiao.settlements.profile import examples, repeated_keys
from jixiao.settlements.tables import Terms, table
from jixiao.settlements.values import Computed, Value, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.formats.settlements_file import Settlements
    from jixiao.settlements.gathering import Gathered
    from jixiao.settlements.tables import Period


class Measured(NamedTuple):
    """Computed tables with their title, the digests of their files, and the indicators whose values were written."""

    computed: Computed
    title: str
    digests: dict[str, str]
    written: tuple[str, ...] = ()

    def summary(self) -> dict[str, Any]:
        """Return `measures/1`."""
        return summary(self)


def settlements_measures(
    folder: Path,
    out: Path | None = None,
    *,
    year: int | None = None,
    monthly: bool = False,
    set_aside: bool = False,
    engine: str | None = None,
    memory: str | None = None,
    master: str | None = None,
    bundle: Path | None = None,
    progress: Callable[[str], None] = lambda stage: None,
) -> Outcome[Measured]:
    """Return the measures of the tables that `settlements.yaml` in a folder names; write them into `out`.

    `year` overrides the file's; `monthly` adds the months; `set_aside` leaves contradictory rows out, with their count,
    where else what rests on them is not computable. With `bundle` the values of its indicators bound to settlements are
    left in it, unless an error-level finding stands. Raises `CannotOpen`, `CannotParse` and `CannotWrite`.
    """
    given = settlements_file.read(folder)
    base = folder if folder.is_dir() else folder.parent
    terms = terms_of(given, year, "month" if monthly else "year", set_aside=set_aside)
    progress("digests")
    files = {name: told for one in given.tables.values() for name, told in digests(one, base).items()}
    files |= {str(base / name): results.digest(base / name) for name in given.summaries.values()}
    scratch = out.parent if out else None
    with opened(engine, memory=memory, master=master, scratch=scratch) as machine:
        found, columns, findings = _counted(machine, given, base, terms, progress)
    for name, file in given.summaries.items():
        found[name] = settlements_summary.read(base / file, name, terms)
        columns[name] = tuple(table(name).columns)
        findings += checks.after(table(name), found[name], terms, {})
    computed = Computed(terms, found, columns, _as_of(terms, found))
    findings += checks.regions(computed, lambda code, of: pooling_area(code, of) is not None)
    made = Measured(computed, given.title, {os.path.relpath(name, base): told for name, told in files.items()})
    outcome = Outcome(made, tuple(ordered(findings)))
    if out is not None:
        progress("writing")
        _write(made, out)
    if bundle is None:
        return outcome
    written, more = bound_results(
        bundle, values.SOURCE, lambda binding: values.measure(computed, binding.measure, binding.where),
        [Path(name) for name in files], blocked=outcome.exit_code() != 0,
    )  # fmt: skip
    return Outcome(made._replace(written=written), tuple(ordered([*findings, *more])))


def _counted(
    machine: Any, given: Settlements, base: Path, terms: Terms, progress: Callable[[str], None]
) -> tuple[dict[str, Gathered], dict[str, tuple[str, ...]], list[Finding]]:
    """Return what an engine counts in each table, the columns that it has, and what is found on the way."""
    found, columns, findings = {}, {}, list[Finding]()
    for name, one in given.tables.items():
        progress("reading")
        opened_table = held(machine, one, base, period=terms.period)
        progress("measuring")
        found[name], columns[name] = gathered(machine, opened_table, terms, stager(machine)), opened_table.columns
        shown = examples(machine, opened_table, found[name], terms)
        shown = {wrong: tuple(map(hidden, texts)) for wrong, texts in shown.items()}
        findings += checks.after(table(name), found[name], terms, shown)
        doubled, keys = repeated_keys(machine, opened_table)
        findings += checks.repeated(table(name), (doubled, [*map(hidden, keys)]))
    return found, columns, findings


def _write(made: Measured, out: Path) -> None:
    with whole(out) as staging:
        (staging / "measures.json").write_bytes(json_write.dumped(made.summary()))
        (staging / "measures.csv").write_bytes(settlements_table.csv_of(made.computed))
        for kind, table_of_kind in settlements_table.kinds_of(made.computed).items():
            (staging / f"{kind}.csv").write_bytes(table_of_kind)


def terms_of(given: Settlements, year: int | None, period: Period, *, set_aside: bool) -> Terms:
    """Return the terms that a file and the command give."""
    wanted = year or given.terms.year
    codes = given.terms.codes._replace(year=wanted)
    renamed = renamed_prefixes(wanted)
    return given.terms._replace(year=wanted, period=period, codes=codes, set_aside=set_aside, renamed=renamed)


def _as_of(terms: Terms, found: Mapping[str, Gathered]) -> str | None:
    """Return the last day of the year that is counted, of several the latest."""
    years = [cell.period for one in found.values() for cell in one.parts if len(cell.period) == 4]
    year = str(terms.year) if terms.year else max(years, default=None)
    return None if year is None else f"{year}-12-31"


def summary(of: Measured) -> dict[str, Any]:
    """Return `measures/1`: every measure at every grouping, a value with its parts or why there is none."""
    computed = of.computed
    return {
        "schema": "measures/1",
        "title": of.title,
        "year": None if computed.terms.year is None else str(computed.terms.year),
        "counted": {
            name: {"rows": str(one.rows), "counted": str(one.counted), "refunds": str(one.refunds[0])}
            for name, one in computed.gathered.items()
        },
        "digests": of.digests,
        "values": [
            {"measure": name, "region": cell.region, "scheme": cell.scheme, "period": cell.period,
             **_said(value(computed, name, cell))}
            for name, measure in measures().items() if measure.table in computed.gathered
            for cell in computed.cells(measure.table)
        ],
    }  # fmt: skip


def _said(found: Value | Message) -> dict[str, Any]:
    if isinstance(found, Message):
        return {"value": None, "why": {"id": found.id, "text": found.text("zh")}}
    parts = {name: json_write.figure(part) for name, part in found.parts.items()}
    return {"value": json_write.figure(found.figure), "parts": parts}
