"""数据表: the tables that measures are computed from, their columns, and how files and terms are given.

>>> table("settlements").needed[0], table("settlements").columns["inscp_scp_amt"].kind
('setl_id', 'amount')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jixiao import library
from jixiao.settlements.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import narwhals as nw

Kind = Literal["id", "code", "region", "month", "day", "amount"]
Period = Literal["year", "month"]
Level = Literal["prefecture", "county"]
TABLES = ("settlements", "contributions", "payments", "supervision")


class Column(NamedTuple):
    """A known column: its name, what it is called, its kind, its name in the platform's tables, other names.

    `null_is_zero`: a null says that nothing was paid.
    """

    name: str
    zh: str
    kind: Kind
    stored: str
    also: tuple[str, ...] = ()
    null_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: names, key and period columns, codes of rows that count, needed columns, all columns, a row's unit."""

    name: str
    zh: str
    stored: str
    key: str | None
    period: str
    counted: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    columns: Mapping[str, Column]
    row: str = "人次"


@dataclass(frozen=True, slots=True)
class Given:
    """One table as it stands on disk: files, local column names, CSV dialect.

    `constants` are columns that the files lack because every row says the same; `fen`: integers count 分, not 元.
    """

    table: str
    files: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    encoding: str | None = None
    fen: bool = False


class Terms(NamedTuple):
    """What is counted by: the year (None: every year in the files), periods, regions, codes, and faulty rows.

    `renamed` turns a former four-digit region prefix into the present one. `set_aside` leaves contradictory rows out
    (with their count) where otherwise what rests on them is not computable.
    """

    year: int | None
    period: Period = "year"
    level: Level = "prefecture"
    codes: Codes = Codes()
    renamed: Mapping[str, str] = {}
    set_aside: bool = False


class Held(NamedTuple):
    """A table that an engine has opened: known columns under their names, codes as text, money as integer 分.

    `unread` names the columns that may hold what is no amount or date: a Boolean column `<name>!` says where.
    `numbered` names columns of identifiers whose plain numbers stand in `<name>#` as well (null: not plain).
    """

    given: Given
    frame: nw.LazyFrame[Any]
    columns: tuple[str, ...]
    unread: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()


@cache
def table(name: str) -> Table:
    """Return one of `TABLES`."""
    raw = library.read("settlements/fields.yaml")[name]
    columns = {
        column: Column(
            column, entry["zh"], entry["kind"], entry.get("stored", column), tuple(entry["also"]),
            entry.get("null") == "zero",
        )
        for column, entry in raw["columns"].items()
    }  # fmt: skip
    counted = {column: tuple(codes) for column, codes in raw["counted"].items()}
    key, period, needed = raw.get("key"), raw["period"], tuple(raw["needed"])
    row = raw.get("row", "人次")
    return Table(name, raw["zh"], raw["stored"], key, period, counted, needed, columns, row)


def recognised(of: Table, heads: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the platform's name for every head that is known: by the mapping, its own name or another of its names.

    >>> recognised(table("settlements"), ["INSCP_AMT", "统筹支付", "remark"], {"统筹支付": "hifp_pay"})
    {'INSCP_AMT': 'inscp_scp_amt', '统筹支付': 'hifp_pay'}
    """
    names = {alias: column.name for column in of.columns.values() for alias in (column.name, column.zh, *column.also)}
    found: dict[str, str] = {}
    for head in heads:
        name = mapping.get(head) or names.get(head.strip().lower()) or names.get(head.strip())
        if name is not None and name not in found.values():
            found[head] = name
    return found
