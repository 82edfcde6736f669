"""限内存引擎: DuckDB under a memory cap; what does not fit spills to disk."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw

from jixiao.engines.delimited import prepared
from jixiao.engines.files import blamed, checked_parquet, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jixiao.engines.files import Source
    from jixiao.keys import Pads

_KINDS = {"text": "VARCHAR", "integer": "BIGINT"}
_CSV, _PARQUET = "FORMAT csv, HEADER", "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
_BATCH = 100_000
_MOMENT = 0.2  # seconds between two looks at how far a file has been written


class DuckDBEngine:
    """Implements `enrolment.engine.Engine` on DuckDB; staged tables lie in a database file in `spool`."""

    name = "duckdb"

    def __init__(self, spool: Path, *, memory: int | None = None, threads: int | None = None) -> None:
        """Open a database in `spool`; `memory` is a cap in bytes, none means DuckDB's own (80% of the machine)."""
        settings: dict[str, Any] = {"temp_directory": str(spool / "spill"), "preserve_insertion_order": False}
        if memory:
            settings["memory_limit"] = f"{memory}B"
        if threads:
            settings["threads"] = threads
        self._db = duckdb.connect(str(spool / "work.duckdb"), config=settings)
        self._db.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        self.spool = spool
        self._read: list[Source] = []
        self._names = (f"staged{number}" for number in count(1))

    def read(self, source: Source, *, typed: bool = False) -> nw.LazyFrame[Any]:
        """Return a source's rows, every column as text, or as a Parquet file types it."""
        self._read.append(source)
        if kind_of(source) == "parquet":
            checked_parquet(source, lambda path: self._db.read_parquet(path).columns)
            relation = self._db.read_parquet(list(source.files))
            if not typed and any(str(kind) != "VARCHAR" for kind in relation.types):
                relation = relation.select(
                    ", ".join(f"{_quoted(name)}::VARCHAR AS {_quoted(name)}" for name in relation.columns)
                )
            return _lazy(relation)
        parts = prepared(source, self.spool)
        with self._problems():
            relation = self._db.read_csv(
                [str(path) for path in parts.files],  # type: ignore[arg-type]  # a list is welcome, its stub says otherwise
 delimiter=parts.delimiter, header=True, all_varchar=True,
                na_values=["\\N", ""], quotechar='"' if parts.quoted else "", escapechar='"' if parts.quoted else "",
                null_padding=True, strict_mode=True, max_line_size=1 << 20,
            )  # fmt: skip
        return _lazy(relation)

    def frame(self, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> nw.LazyFrame[Any]:
        """Return rows of ours as a frame."""
        name = next(self._names)
        spelt = ", ".join(f"{_quoted(column)} {_KINDS[kind]}" for column, kind in columns.items())
        self._db.execute(f"CREATE TABLE {name} ({spelt})")
        if rows:
            unnested = ", ".join(f"unnest(?::{_KINDS[kind]}[])" for kind in columns.values())
            for start in range(0, len(rows), _BATCH):
                by_column = [list(values) for values in zip(*rows[start : start + _BATCH], strict=True)]
                self._db.execute(f"INSERT INTO {name} SELECT {unnested}", by_column)
        return _lazy(self._db.table(name))

    def parts(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Add area, rest and last; `//` of BIGINT is exact here. TRY_CAST takes 1e16 too, so the text must return."""
        relation = frame.to_native()
        split = relation.select(
            f"*, TRY_CAST(left({column}, 17) AS BIGINT) AS _head, CASE WHEN substr({column}, 18) = 'X' THEN 10 "
            f"WHEN substr({column}, 18) BETWEEN '0' AND '9' AND strlen({column}) = 18 "
            f"THEN ascii(substr({column}, 18)) - 48 END AS _last"
        )
        guarded = split.select(
            "* REPLACE (CASE WHEN _head >= 10000000000000000 AND _last IS NOT NULL "
            f"AND starts_with({column}, _head::VARCHAR) "
            "THEN _head END AS _head)"
        )
        kept = ", ".join(map(_quoted, relation.columns))
        return _lazy(
            guarded.select(
                f"{kept}, _head // 100000000000 AS area, _head % 100000000000 AS rest, "
                "CASE WHEN _head IS NOT NULL THEN _last::BIGINT END AS last"
            )
        )

    def fingerprint(
        self, frame: nw.LazyFrame[Any], column: str, into: str, dropped: str, below: int
    ) -> nw.LazyFrame[Any]:
        """Add a hash of the text without the dropped characters."""
        relation = self.bare(frame, column, "_text", dropped).to_native()
        kept = ", ".join(_quoted(name) for name in relation.columns if name != "_text")
        return _lazy(relation.select(f"{kept}, (hash(_text) % {below})::BIGINT AS {into}"))

    def bare(self, frame: nw.LazyFrame[Any], column: str, into: str, dropped: str) -> nw.LazyFrame[Any]:
        """Add a text without the dropped characters, null where none are left; only those that hold one are changed."""
        text = column
        if dropped:
            held = f"regexp_matches({column}, {_literal(f'[{re.escape(dropped)}]')})"
            text = f"CASE WHEN {held} THEN translate({column}, {_literal(dropped)}, '') ELSE {column} END"
        return _lazy(frame.to_native().select(f"*, nullif({text}, '') AS {into}"))

    def keyed(self, frame: nw.LazyFrame[Any], texts: Mapping[str, nw.Expr], pads: Pads) -> nw.LazyFrame[Any]:
        """Put the tokens of texts under their names, beside or in place of other columns: `keys.tokeniser` in bulk."""
        self._db.execute("SET VARIABLE inner_pad = $1::BLOB", [pads.inner])
        self._db.execute("SET VARIABLE outer_pad = $1::BLOB", [pads.outer])
        relation = frame.with_columns(**{f"_text_{name}": text for name, text in texts.items()}).to_native()
        kept = [_quoted(name) for name in frame.collect_schema().names() if name not in texts]
        within = "unhex(sha256(getvariable('inner_pad') || encode({})))"
        tokens = [
            f"sha256(getvariable('outer_pad') || {within.format(_quoted(f'_text_{name}'))}) AS {_quoted(name)}"
            for name in texts
        ]
        return _lazy(relation.select(", ".join([*kept, *tokens])))

    def repeated(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Count the values."""
        kept = frame.filter(~nw.col(column).is_null())
        counts = kept.group_by(column).agg(nw.len().alias("_times"))
        return counts.filter(nw.col("_times") > 1).select(column)

    def divided(
        self,
        frame: nw.LazyFrame[Any],
        flag: str,
        kept: Mapping[str, nw.Expr],
        others: Sequence[str],
        beside: Sequence[nw.LazyFrame[Any]] = (),
    ) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], list[list[tuple[Any, ...]]]]:
        """Compute both kinds of rows into one table; the others lie in one list, null in all rows but theirs."""
        name, columns = next(self._names), {f"_{column}": nw.col(column) for column in others}
        relation = frame.select(nw.col(flag).alias("_flag"), **kept, **columns).to_native()
        kinds = dict(zip(relation.columns, relation.types, strict=True))
        listed = ", ".join(f"{_quoted(column)}::VARCHAR" for column in columns)
        told = ", ".join(
            f"_rest[{at}]::{kinds[column]} AS {_quoted(column[1:])}" for at, column in enumerate(columns, start=1)
        )
        with self._problems():
            relation.select(
                f"_flag, {', '.join(map(_quoted, kept))}, CASE WHEN NOT _flag THEN [{listed}] END AS _rest"
            ).to_table(name)
            rows = _lazy(self._db.table(name).filter("NOT _flag").select(told))
        flagged = _lazy(self._db.table(name)).filter(nw.col("_flag")).select(*kept)
        return flagged, rows, self.gather(beside)

    def gather(self, frames: Sequence[nw.LazyFrame[Any]]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of several frames."""
        with self._problems():
            return [one.to_native().fetchall() for one in frames]

    def batches(self, frame: nw.LazyFrame[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a frame in batches."""
        with self._problems():
            result = self._db.cursor().execute(frame.to_native().sql_query())
            while rows := result.fetchmany(_BATCH):
                yield rows

    def counter(self, first: int, last: int) -> nw.LazyFrame[Any]:
        """Return the integers from first to last, not included, in a column `i`."""
        return _lazy(self._db.sql(f"SELECT range AS i FROM range({first}, {last})"))

    def write(self, frame: nw.LazyFrame[Any], path: Path, told: Callable[[float], None] = lambda share: None) -> None:
        """Write a frame as one file, Parquet or CSV by its ending; `told` hears what share of it is done."""
        kind = _CSV if path.suffix == ".csv" else _PARQUET
        copy = f"COPY ({frame.to_native().sql_query()}) TO {_literal(str(path))} ({kind})"
        with self._problems(path), ThreadPoolExecutor(1) as pool:
            writing = pool.submit(self._db.execute, copy)
            try:
                while not wait([writing], _MOMENT).done:
                    told(max(0.0, self._db.query_progress()) / 100)
                writing.result()
            except KeyboardInterrupt:
                self._db.interrupt()
                raise

    def union(self, frames: Iterable[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """Return the rows of frames with the same columns."""
        return nw.concat(list(frames), how="vertical")

    def close(self) -> None:
        """Close the database; its file goes with the spool folder."""
        self._db.close()

    @contextmanager
    def _problems(self, into: Path | None = None) -> Iterator[None]:
        """Turn what DuckDB says about broken files into our errors, naming the file and the row."""
        try:
            yield
        except duckdb.Error as problem:
            raise blamed(self._read, str(problem), into or self.spool) from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    """Return a table of the engine's own as a frame of the expression layer."""
    frame: nw.LazyFrame[Any] = nw.from_native(native)
    return frame
