"""打开结算数据: a table's files opened by an engine, its columns under the platform's names and countable."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.engines.database import brought, is_address
from jixiao.engines.files import Source, digested, found
from jixiao.engines.settlements_columns import Wanted, converted
from jixiao.enrolment.identity import hidden
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.settlements.measure import parts_of
from jixiao.settlements.tables import Held, recognised, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jixiao.settlements.tables import Given, Period


_NUMBERS = count(1)  # of staged files, in whatever spool folder they lie


def source(given: Given, folder: Path, spool: Path | None = None) -> Source:
    """Return a table's files, those of a database address brought into `spool`; `CannotOpen` for one not there."""
    if is_address(given.files[0]) and spool is not None:
        return brought(given.files[0], spool)
    return Source(found(given.files, folder), given.delimiter, given.encoding)


def held(engine: Any, given: Given, folder: Path, *, period: Period = "month") -> Held:
    """Return a table opened; `CannotParse` where a column is missing without which nothing can be counted.

    For years alone its period is made a year (202400), which is quicker.
    """
    files = source(given, folder, engine.spool)
    return held_frame(engine, given, engine.read(files, typed=True), period=period, place=Place(files.files[0]))


def held_frame(
    engine: Any, given: Given, frame: nw.LazyFrame[Any], *, period: Period = "month", place: Place | None = None
) -> Held:
    """Return a frame, as an engine has read it, as a table; `CannotParse` where a needed column is missing."""
    of = table(given.table)
    heads = tuple(frame.collect_schema().names())
    names = recognised(of, heads, given.mapping)
    missing = [name for name in of.needed if name not in names.values() and name not in given.constants]
    if missing:
        columns = [f"{name}（{of.columns[name].zh}）" for name in missing]
        said = Message("settlements.missing_column", {"table": of.zh, "columns": columns})
        remedy = Message("settlements.missing_column.remedy", {"heads": [hidden(head) for head in heads]})
        raise CannotParse(said, remedy=remedy, place=place)
    kinds: dict[str, str] = {name: column.kind for name, column in of.columns.items()}
    if period == "year" and not any(of.period in part.columns() for part in parts_of(of.name)):
        kinds[of.period] = "year"
    wanted = [Wanted(head, name, kinds[name]) for head, name in names.items()]
    made, unread = converted(engine, frame, wanted, fen=given.fen)
    constants = {name: value for name, value in given.constants.items() if name not in names.values()}
    if constants:
        regions = {name for name in constants if of.columns[name].kind == "region"}
        said_of_all = {name: int(value) if name in regions else value for name, value in constants.items()}
        made = made.with_columns(**{name: nw.lit(value) for name, value in said_of_all.items()})
    numbered = tuple(one.name for one in wanted if one.kind == "id" and engine.name == "polars")
    return Held(given, made, (*names.values(), *constants), unread, heads, numbered)


def stager(engine: Any) -> Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]]:
    """Return a function that computes a frame once, to be read several times.

    Polars keeps it in memory (compressing it costs as much as computing it), the others in a Parquet file.
    """
    if engine.name == "polars":
        return lambda frame: nw.from_native(frame.to_native().collect(engine="streaming").lazy())

    def staged(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        path = engine.spool / f"staged-{next(_NUMBERS)}.parquet"
        engine.write(frame, path)
        files = sorted(map(str, path.glob("*.parquet"))) if path.is_dir() else [str(path)]
        read: nw.LazyFrame[Any] = engine.read(Source(tuple(files)), typed=True)
        return read

    return staged


def digests(given: Given, folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a table; `CannotParse` for the same file given twice."""
    return {} if is_address(given.files[0]) else digested(source(given, folder).files)
