"""资金明细引擎: a long ledger summed by DuckDB, every amount a whole number of 分 before it is added.

Reads    one row per region, month, account (and level): `region`, and any of `level`, `account`, `month`; any of
         `allocated`, `received`, `paid` (Chinese heads too), as text, whole numbers or decimals, never binary floats
Gives    the sums of the whole and by each key, in 分
Nulls    a blank amount is nothing paid; a row without a region is refused
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from jixiao.engines.files import Source, blamed, checked_parquet, kind_of
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.funds.long import AMOUNTS, KEYS, Cents, Sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADS = {
    "region": ("region", "地区", "地区代码", "统筹区"), "level": ("level", "资金级次", "级次"),
    "account": ("account", "账户", "科目", "险种"), "month": ("month", "月份", "月"),
    "allocated": ("allocated", "分配数", "预算数", "分配"), "received": ("received", "到账数", "到位数", "到账"),
    "paid": ("paid", "支付数", "执行数", "支付"),
}  # fmt: skip
SCALES = {"分": 1, "元": 100, "万元": 1_000_000}
_SHOWN = 5  # bad rows that one error names
_FLOATS = ("FLOAT", "DOUBLE", "REAL")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "HUGEINT")


class _Columns(NamedTuple):
    keys: dict[str, str]
    amounts: dict[str, str]
    kinds: dict[str, str]


def summed(source: Source, unit: str, *, codes: Iterable[str] | None = None) -> Sums:
    """Return the sums of a long ledger whose amounts are in `unit` (分, 元, 万元).

    `codes`: the regions that may stand in it. `CannotParse` names the file and the first rows that cannot be taken: an
    amount that is no plain number or finer than a cent, a negative receipt or payment, a region that is not known.
    """
    with duckdb.connect() as db:
        try:
            return _summed(_relation(db, source), Place(source.files[0]), unit, codes)
        except duckdb.Error as problem:
            raise blamed([source], str(problem), Path(source.files[0])) from None


def summed_rows(
    heads: Sequence[str],
    rows: Sequence[Sequence[str | None]],
    path: Path,
    unit: str,
    codes: Iterable[str] | None = None,
) -> Sums:
    """Return the sums of rows of text, as they come from a workbook."""
    with duckdb.connect() as db:
        names = ", ".join(f"{_quoted(head)} VARCHAR" for head in heads)
        db.execute(f"CREATE TABLE ledger ({names})")
        if rows:
            by_column = [list(values) for values in zip(*rows, strict=True)]
            db.execute(f"INSERT INTO ledger SELECT {', '.join('unnest(?::VARCHAR[])' for _ in heads)}", by_column)
        return _summed(db.table("ledger"), Place(str(path)), unit, codes)


def _relation(db: duckdb.DuckDBPyConnection, source: Source) -> Any:
    if kind_of(source) == "parquet":
        checked_parquet(source, lambda path: db.read_parquet(path).columns)
        return db.read_parquet(list(source.files))
    files: Any = list(source.files)
    return db.read_csv(files, header=True, all_varchar=True, strict_mode=True)


def _summed(relation: Any, place: Place, unit: str, codes: Iterable[str] | None) -> Sums:
    columns = _columns(relation, place)
    cents = {name: _cents(columns, name, SCALES[unit]) for name in columns.amounts}
    keys = [f"{_quoted(column)}::VARCHAR AS {name}" for name, column in columns.keys.items()]
    chosen = ", ".join((*keys, *(f"{cents[name]} AS {name}" for name in cents)))
    if any(columns.kinds[column] not in _WHOLE for column in columns.amounts.values()):
        _refuse_unread(relation, columns, cents, place)
    rows = relation.select(chosen)
    found = _grouped(rows, list(columns.keys), list(cents))
    _refuse(rows, found, place, codes)
    return found


def _grouped(rows: Any, keys: list[str], amounts: list[str]) -> Sums:
    """Return the sums by every key and of the whole: the file is read once."""
    sums = ", ".join(f"coalesce(sum({name}), 0)" for name in amounts)
    below = " OR ".join(f"{name} < 0" for name in amounts if name != "allocated") or "false"
    by: dict[str, dict[str, Cents]] = {key: {} for key in keys}
    sets = ", ".join((*(f"({key})" for key in keys), "()"))
    lines, negative, whole = 0, 0, tuple(0 for _ in amounts)
    query = f"GROUPING({', '.join(keys)}), {', '.join(keys)}, count(*), count(*) FILTER ({below}), {sums}"
    for which, *rest in rows.aggregate(query, f"GROUPING SETS ({sets})").fetchall():
        values, count, wrong, found = rest[: len(keys)], rest[len(keys)], rest[len(keys) + 1], rest[len(keys) + 2 :]
        if which == (1 << len(keys)) - 1:
            lines, negative, whole = count, wrong, tuple(map(int, found))
            continue
        at = next(number for number in range(len(keys)) if not which >> (len(keys) - 1 - number) & 1)
        by[keys[at]][values[at] or ""] = tuple(map(int, found))
    return Sums(tuple(amounts), lines, whole, by, negative)


def _columns(relation: Any, place: Place) -> _Columns:
    """Return which column is what, by its head; a binary floating-point amount is refused."""
    kinds = {name: str(kind) for name, kind in zip(relation.columns, relation.types, strict=True)}
    named = {
        name: next((column for column in relation.columns if column.strip().lower() in spellings), None)
        for name, spellings in HEADS.items()
    }
    keys = {name: column for name in KEYS if (column := named[name]) is not None}
    amounts = {name: column for name in AMOUNTS if (column := named[name]) is not None}
    if "region" not in keys or not amounts:
        args: dict[str, Any] = {"heads": list(relation.columns)}
        raise CannotParse(Message("funds.long.heads", args), remedy=Message("funds.long.heads.remedy"), place=place)
    for column in amounts.values():
        if kinds[column] in _FLOATS:
            args = {"column": column, "kind": kinds[column]}
            raise CannotParse(Message("funds.long.float", args), remedy=Message("funds.long.float.remedy"), place=place)
    return _Columns(keys, amounts, kinds)


def _cents(columns: _Columns, name: str, scale: int) -> str:
    """Return the expression of an amount in whole 分, null where it is no such number."""
    column = columns.amounts[name]
    quoted, kind = _quoted(column), columns.kinds[column]
    if kind in _WHOLE:
        return f"{quoted}::BIGINT * {scale}" if scale > 1 else f"{quoted}::BIGINT"
    plain = f"trim({quoted}::VARCHAR)"
    exact = f"try_cast({plain} AS DECIMAL(28, 8)) * {scale}"
    return (
        f"CASE WHEN {plain} IS NULL OR {plain} = '' THEN 0 "
        f"WHEN regexp_full_match({plain}, '[+-]?[0-9]+([.][0-9]{{1,8}})?') AND {exact} = round({exact}, 0) "
        f"THEN ({exact})::BIGINT END"
    )


def _refuse_unread(relation: Any, columns: _Columns, cents: dict[str, str], place: Place) -> None:
    """Refuse amounts that are no whole number of cents, naming rows and texts."""
    for name, expression in cents.items():
        column = columns.amounts[name]
        bad = (
            relation.select(f"row_number() OVER () AS n, {_quoted(column)}::VARCHAR AS t, {expression} AS c")
            .filter("c IS NULL").limit(_SHOWN).fetchall()
        )  # fmt: skip
        if bad:
            args = {"column": column, "spelt": bad[0][1], "rows": [number + 1 for number, *_ in bad]}
            at = Place(place.file, line=bad[0][0] + 1)
            raise CannotParse(Message("funds.long.amount", args), remedy=Message("funds.long.amount.remedy"), place=at)


def _refuse(rows: Any, sums: Sums, place: Place, codes: Iterable[str] | None) -> None:
    """Refuse regions that nobody knows and what is received or paid below zero."""
    args: dict[str, Any]
    if sums.negative:
        below = " OR ".join(f"{name} < 0" for name in sums.amounts if name != "allocated")
        number, *cells = _first(rows, below)
        args = {"row": "、".join(str(cell) for cell in cells), "count": sums.negative}
        at = Place(place.file, line=number + 1)
        raise CannotParse(Message("funds.long.negative", args), remedy=Message("funds.long.negative.remedy"), place=at)
    present = set(sums.by["region"])
    unknown = sorted(present - set(codes)) if codes is not None else sorted(present & {""})
    if unknown:
        number, *_ = _first(rows, "coalesce(region, '') = '" + unknown[0].replace("'", "''") + "'")
        args = {"codes": [code or "—" for code in unknown[:_SHOWN]]}
        at = Place(place.file, line=number + 1)
        raise CannotParse(Message("funds.long.region", args), remedy=Message("funds.long.region.remedy"), place=at)


def _first(rows: Any, condition: str) -> tuple[Any, ...]:
    """Return the number (from 1) and the cells of the first row of a kind."""
    numbered = rows.select("row_number() OVER () AS n, *").filter(condition).order("n").limit(1)
    found: tuple[Any, ...] = numbered.fetchall()[0]
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
