"""结算列: columns of any type made into what measures count with: text, money in integer 分, months as numbers.

This is what the expression layer cannot say: reading text without raising, and the unscaled integer of a decimal.
A binary float is taken only where its fifteen digits are an amount with two decimals; it then means that amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Sequence

AMOUNT = "[+-]?[0-9]{1,14}([.][0-9]{1,2})?"
PARSED = ("amount", "year", "month", "day", "region")
_FIFTEEN_DIGITS = 1e15
_PLAIN = 19  # digits that a 64-bit integer may not hold
_DATES = ("year", "month", "day")


class Wanted(NamedTuple):
    """A column to be made: its head in the file, the name it gets, its kind."""

    head: str
    name: str
    kind: str


def converted(
    engine: Any, frame: nw.LazyFrame[Any], wanted: Sequence[Wanted], *, fen: bool
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    """Return the wanted columns and the names of those that may hold what cannot be read.

    For these a Boolean column `<name>!` says where, and `<name>?` what stands there as text; unused they cost nothing.

    Amounts become 分 as 64-bit integers, `year` year × 100, `month` year × 100 + month, `day` month × 100 + day,
    `region` its six digits as a number, the rest text. `fen` says that integers count 分 already. What cannot be read
    becomes null. Polars counts numbers in half the time of texts: there `<name>#` is an `id` as a number, where that is
    the same thing.
    """
    polars = engine.name == "polars"
    return (_by_polars if polars else _by_sql)(engine, frame, wanted, fen=fen)


# ── Polars ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _by_polars(
    engine: Any, frame: nw.LazyFrame[Any], wanted: Sequence[Wanted], *, fen: bool
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    import polars as pl  # noqa: PLC0415  (one engine is loaded, not all)

    native = frame.to_native()
    schema = native.collect_schema()
    columns, doubtful = [], []
    for column in wanted:
        raw, kind = pl.col(column.head), schema[column.head]
        made = _polars_column(raw, kind, column.kind, fen=fen)
        columns.append(made.alias(column.name))
        if column.kind in PARSED and not _surely(column.kind, kind):
            doubtful.append(column.name)
            columns.append((raw.is_not_null() & made.is_null()).alias(f"{column.name}!"))
            columns.append(raw.cast(pl.String).alias(f"{column.name}?"))
        if column.kind == "id":
            columns.append(_polars_number(made).alias(f"{column.name}#"))
    lazy: nw.LazyFrame[Any] = nw.from_native(native.select(columns))
    return lazy, tuple(doubtful)


def _polars_number(text: Any) -> Any:
    """Return the number of a text of digits that no other text is the number of; null for other texts."""
    import polars as pl  # noqa: PLC0415

    plain = (text >= "1") & (text < ":") & (text.str.len_bytes() < _PLAIN)
    return pl.when(plain).then(text.cast(pl.Int64, strict=False))


def _surely(kind: str, found: Any) -> bool:
    """Return whether every value of a Polars type can be read as that kind."""
    if kind == "amount":
        return bool(found.is_integer() or (found.is_decimal() and found.scale <= 2))
    return kind != "region" and bool(found.is_temporal())


def _polars_column(raw: Any, found: Any, kind: str, *, fen: bool) -> Any:  # noqa: PLR0911  (one per kind)
    import polars as pl  # noqa: PLC0415

    if kind == "amount":
        return _polars_amount(raw, found, fen=fen)
    if kind in _DATES:
        if found.is_temporal():
            if getattr(found, "time_zone", None):
                raw = raw.dt.convert_time_zone("Asia/Shanghai")
            year = raw.dt.year().cast(pl.Int64) * 100
            if kind == "year":
                return year
            return year + raw.dt.month() if kind == "month" else (year + raw.dt.month()) * 100 + raw.dt.day()
        text = raw.cast(pl.String)
        compact = text.str.contains(r"^[0-9]{6}")
        at = [(0, 4), (4, 2), (6, 2)], [(0, 4), (5, 2), (8, 2)]
        year, month, day = (
            pl.when(compact).then(text.str.slice(*one)).otherwise(text.str.slice(*other)).cast(pl.Int64, strict=False)
            for one, other in zip(*at, strict=True)
        )
        told = pl.when(text.str.contains(r"^[0-9]{4}([0-9]{2}|[-/.][0-9]{2})") & month.is_between(1, 12))
        if kind != "day":
            return told.then(year * 100 + (month if kind == "month" else 0))
        return pl.when(day.is_between(1, 31) & month.is_between(1, 12)).then((year * 100 + month) * 100 + day)
    text = raw if found == pl.String else raw.cast(pl.String)
    if kind == "region":
        number = text.cast(pl.Int64, strict=False)
        return pl.when((text.str.len_bytes() == 6) & (number >= 100_000)).then(number)
    return text


def _polars_amount(raw: Any, found: Any, *, fen: bool) -> Any:
    import polars as pl  # noqa: PLC0415

    if found.is_integer():
        return raw.cast(pl.Int64) if fen else raw.cast(pl.Int64) * 100
    if found.is_decimal():
        if found.scale <= 2:
            return raw.to_physical().cast(pl.Int64) * 10 ** (2 - found.scale)
        cut = 10 ** (found.scale - 2)
        whole = raw.to_physical()
        return pl.when(whole % cut == 0).then((whole // cut).cast(pl.Int64))
    if found.is_float():
        near = (raw.cast(pl.Float64) * 100).round()
        close = (near / 100 - raw).abs() * _FIFTEEN_DIGITS <= raw.abs()
        return pl.when(close & (near.abs() < 2.0**53)).then(near.cast(pl.Int64, strict=False))
    text = raw.cast(pl.String).str.strip_chars()
    fits = text.str.contains(f"^{AMOUNT}$")
    number = pl.when(fits).then(text.str.strip_prefix("+")).cast(pl.Decimal(18, 2), strict=False)
    return number.to_physical().cast(pl.Int64)


# ── SQL: DuckDB and Spark ────────────────────────────────────────────────────────────────────────────────────────────


def _by_sql(
    engine: Any, frame: nw.LazyFrame[Any], wanted: Sequence[Wanted], *, fen: bool
) -> tuple[nw.LazyFrame[Any], tuple[str, ...]]:
    native, spark = frame.to_native(), engine.name == "spark"
    if spark:
        types = {field.name: field.dataType.simpleString().upper() for field in native.schema.fields}
    else:
        types = dict(zip(native.columns, (str(kind).upper() for kind in native.types), strict=True))
    mark = "`" if spark else '"'
    columns, doubtful = [], []
    for column in wanted:
        raw, found = f"{mark}{column.head.replace(mark, mark * 2)}{mark}", types[column.head]
        made = _sql_column(raw, found, column.kind, spark=spark, fen=fen)
        columns.append(f"{made} AS {mark}{column.name}{mark}")
        if column.kind in PARSED and not _surely_sql(column.kind, found):
            doubtful.append(column.name)
            columns.append(f"({raw} IS NOT NULL AND ({made}) IS NULL) AS {mark}{column.name}!{mark}")
            columns.append(f"CAST({raw} AS {'STRING' if spark else 'VARCHAR'}) AS {mark}{column.name}?{mark}")
    chosen = native.selectExpr(*columns) if spark else native.select(", ".join(columns))
    lazy: nw.LazyFrame[Any] = nw.from_native(chosen)
    return lazy, tuple(doubtful)


def _scale(found: str) -> int:
    return int(found.rstrip(")").rpartition(",")[2])


def _surely_sql(kind: str, found: str) -> bool:
    if kind == "amount":
        return found.endswith("INT") or found in ("INTEGER", "HUGEINT") or (
            found.startswith("DECIMAL") and _scale(found) <= 2
        )  # fmt: skip
    return kind != "region" and found.startswith(("DATE", "TIMESTAMP"))


def _sql_column(raw: str, found: str, kind: str, *, spark: bool, fen: bool) -> str:
    text = f"trim(CAST({raw} AS {'STRING' if spark else 'VARCHAR'}))"
    if kind == "amount":
        return _sql_amount(raw, text, found, spark=spark, fen=fen)
    if kind in _DATES:
        return _sql_date(raw, text, found, kind, spark=spark)
    if kind == "region":
        number = f"try_cast({text} AS BIGINT)"
        return f"CASE WHEN length({text}) = 6 AND {number} >= 100000 THEN {number} END"
    return raw if found in ("VARCHAR", "STRING") else f"CAST({raw} AS {'STRING' if spark else 'VARCHAR'})"


def _sql_amount(raw: str, text: str, found: str, *, spark: bool, fen: bool) -> str:
    if _surely_sql("amount", found):
        whole = not found.startswith("DECIMAL")
        return f"CAST({raw} AS BIGINT)" if whole and fen else f"CAST({raw} * 100 AS BIGINT)"
    if found.startswith("DECIMAL"):
        return f"CASE WHEN {raw} = round({raw}, 2) THEN CAST(round({raw}, 2) * 100 AS BIGINT) END"
    if found in ("DOUBLE", "FLOAT", "REAL"):
        near = f"round(CAST({raw} AS DOUBLE) * 100)"
        close = f"abs({near} / 100 - {raw}) * {_FIFTEEN_DIGITS} <= abs({raw})"
        return f"CASE WHEN {close} AND abs({near}) < 9007199254740992 THEN CAST({near} AS BIGINT) END"
    fits = f"{text} RLIKE '^{AMOUNT}$'" if spark else f"regexp_full_match({text}, '{AMOUNT}')"
    return f"CASE WHEN {fits} THEN CAST(CAST({text} AS DECIMAL(18, 2)) * 100 AS BIGINT) END"


def _sql_date(raw: str, text: str, found: str, kind: str, *, spark: bool) -> str:
    if _surely_sql(kind, found):
        if found == "TIMESTAMP WITH TIME ZONE":
            raw = f"timezone('Asia/Shanghai', {raw})"
        month = f"CAST(year({raw}) * 100 + {'0' if kind == 'year' else f'month({raw})'} AS BIGINT)"
        return f"({month} * 100 + day({raw}))" if kind == "day" else month

    def matches(pattern: str) -> str:
        return f"{text} RLIKE '^{pattern}'" if spark else f"regexp_matches({text}, '^{pattern}')"

    def number(one: int, other: int, length: int) -> str:
        at = f"CASE WHEN {matches('[0-9]{6}')} THEN {one} ELSE {other} END"
        return f"try_cast(substr({text}, {at}, {length}) AS BIGINT)"

    year, month, day = number(1, 1, 4), number(5, 6, 2), number(7, 9, 2)
    if kind != "day":
        told = f"{matches('[0-9]{4}([0-9]{2}|[-/.][0-9]{2})')} AND {month} BETWEEN 1 AND 12"
        return f"CASE WHEN {told} THEN {year} * 100 + {month if kind == 'month' else '0'} END"
    told = f"{month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 31"
    return f"CASE WHEN {told} THEN ({year} * 100 + {month}) * 100 + {day} END"
