"""默认引擎: Polars in this process, streaming; under a memory cap its tables lie on disk and are sorted in shares."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from jixiao.engines.delimited import prepared
from jixiao.engines.files import blamed, checked_parquet, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jixiao.engines.files import Source

_KINDS = {"text": pl.String, "integer": pl.Int64}
_BATCH = 100_000
# What sorting a value takes with its copies, and the part of a cap that sorting may have; the rest is for reading.
_SORTED, _PART = 32, 4


class PolarsEngine:
    """Implements `enrolment.engine.Engine` on Polars' streaming engine; staged tables stay in memory unless capped."""

    name = "polars"

    def __init__(self, spool: Path, *, memory: int | None = None) -> None:
        """Keep transcoded inputs and, under a cap of `memory` bytes, staged tables in `spool`; its owner removes it."""
        self.spool = spool
        self._memory = memory
        self._read: list[Source] = []
        self._staged = (spool / f"staged-{number}.parquet" for number in count(1))

    def read(self, source: Source, *, typed: bool = False) -> nw.LazyFrame[Any]:
        """Return a source's rows, every column as text, or as a Parquet file types it."""
        self._read.append(source)
        if kind_of(source) == "parquet":
            checked_parquet(source, pl.read_parquet_schema)
            with self._problems():
                frame = pl.scan_parquet(list(source.files), missing_columns="raise", glob=False)
                schema = frame.collect_schema()
            text = [pl.col(name).cast(pl.String) for name, kind in schema.items() if kind != pl.String and not typed]
            return _lazy(frame.with_columns(text) if text else frame)
        parts = prepared(source, self.spool)
        scan = pl.scan_csv(
            [str(path) for path in parts.files], separator=parts.delimiter, infer_schema=False, glob=False,
            null_values=["\\N", ""], quote_char='"' if parts.quoted else None, truncate_ragged_lines=False,
        )  # fmt: skip
        with self._problems():
            scan.collect_schema()
        return _lazy(scan)

    def frame(self, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> nw.LazyFrame[Any]:
        """Return rows of ours as a frame."""
        schema = {name: _KINDS[kind] for name, kind in columns.items()}
        values = zip(*rows, strict=True) if rows else ((),) * len(schema)
        return _lazy(pl.DataFrame(dict(zip(schema, values, strict=True)), schema=schema).lazy())

    def parts(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Add area, rest and last. Division of Int64 is exact here, so one reading of the digits serves."""
        digits = pl.col(column).str.strip_suffix("X")
        split = frame.to_native().with_columns(
            digits.cast(pl.Int64, strict=False).alias("_digits"),
            (digits.str.len_bytes() == 17).alias("_x"),
            (pl.col(column).str.len_bytes() == 18).alias("_whole"),
        )
        head = pl.when(pl.col("_x")).then(pl.col("_digits")).otherwise(pl.col("_digits") // 10)
        split = split.with_columns(pl.when(pl.col("_whole") & (head >= 10**16)).then(head).alias("_head"))
        split = split.with_columns((pl.col("_head") // 10**11).alias("area"))
        last = pl.when(pl.col("_x")).then(pl.lit(10, pl.Int64)).otherwise(pl.col("_digits") - pl.col("_head") * 10)
        split = split.with_columns(
            (pl.col("_head") - pl.col("area") * 10**11).alias("rest"),
            pl.when(pl.col("_head").is_not_null()).then(last).alias("last"),
        )
        return _lazy(split.drop("_digits", "_x", "_whole", "_head"))

    def fingerprint(
        self, frame: nw.LazyFrame[Any], column: str, into: str, dropped: str, below: int
    ) -> nw.LazyFrame[Any]:
        """Add a hash of the text without the dropped characters."""
        text = pl.col(column)
        if dropped:
            text = text.str.replace_many(list(dropped), [""] * len(dropped))
        mark = (text.hash() % below).cast(pl.Int64)
        return _lazy(frame.to_native().with_columns(pl.when(text.str.len_bytes() > 0).then(mark).alias(into)))

    def repeated(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Sort and compare neighbours: half the time of counting, and no table of all values."""
        value = pl.col(column)
        values = frame.to_native().select(value).drop_nulls()
        if self._memory is None:
            return _lazy(_neighbours(values, value))
        with self._problems():
            shares = values.select(pl.len()).collect(engine="streaming").item() * _SORTED * _PART // self._memory + 1
            found = [_neighbours(values.filter(value % shares == share), value) for share in range(shares)]
            return _lazy(pl.concat([one.collect(engine="streaming") for one in found]).lazy())

    def divided(
        self,
        frame: nw.LazyFrame[Any],
        flag: str,
        kept: Mapping[str, nw.Expr],
        others: Sequence[str],
        beside: Sequence[nw.LazyFrame[Any]] = (),
    ) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], list[list[tuple[Any, ...]]]]:
        """Compute the flagged rows into memory and, in the same pass over the files, the others and what is beside."""
        if self._memory is not None:
            return self._divided_on_disk(frame, flag, kept, others, beside)
        plain, odd = frame.filter(nw.col(flag)).select(**kept), frame.filter(~nw.col(flag)).select(*others)
        with self._problems():
            wanted = [one.to_native() for one in (plain, odd, *beside)]
            first, second, *rest = pl.collect_all(wanted, engine="streaming")
        return _lazy(first.lazy()), _lazy(second.lazy()), [one.rows() for one in rest]

    def _divided_on_disk(
        self,
        frame: nw.LazyFrame[Any],
        flag: str,
        kept: Mapping[str, nw.Expr],
        others: Sequence[str],
        beside: Sequence[nw.LazyFrame[Any]],
    ) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], list[list[tuple[Any, ...]]]]:
        """Write both kinds of rows into one file: a pass that feeds several results holds all rows in memory."""
        path = next(self._staged)
        columns = {f"_{column}": nw.col(column) for column in others}
        both = frame.select(nw.col(flag).alias("_flag"), **kept, **columns).to_native()
        aside = (
            pl.when(~pl.col("_flag"))
            .then(pl.struct(*(pl.col(f"_{name}").alias(name) for name in others)))
            .alias("_rest")
        )
        with self._problems():
            both.select("_flag", *kept, aside).sink_parquet(path, compression="lz4", statistics=False)
        written = pl.scan_parquet(path, glob=False)
        odd = written.filter(~pl.col("_flag")).select(pl.col("_rest").struct.field("*"))
        return _lazy(written.filter(pl.col("_flag")).select(*kept)), _lazy(odd), self.gather(beside)

    def gather(self, frames: Sequence[nw.LazyFrame[Any]]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of several frames, computed together."""
        with self._problems():
            return [one.rows() for one in pl.collect_all([one.to_native() for one in frames], engine="streaming")]

    def batches(self, frame: nw.LazyFrame[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a frame in batches."""
        with self._problems():
            for batch in frame.to_native().collect_batches(chunk_size=_BATCH):
                yield batch.rows()

    def counter(self, first: int, last: int) -> nw.LazyFrame[Any]:
        """Return the integers from first to last, not included, in a column `i`."""
        return _lazy(pl.select(pl.int_range(first, last, dtype=pl.Int64).alias("i"), eager=False))

    def write(self, frame: nw.LazyFrame[Any], path: Path) -> None:
        """Write a frame as one file, Parquet or CSV by its ending."""
        with self._problems(path):
            if path.suffix == ".csv":
                frame.to_native().sink_csv(path)
            else:
                frame.to_native().sink_parquet(path)

    def union(self, frames: Iterable[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """Return the rows of frames with the same columns."""
        return nw.concat(list(frames), how="vertical")

    def close(self) -> None:
        """Let go of everything."""

    @contextmanager
    def _problems(self, into: Path | None = None) -> Iterator[None]:
        """Turn what Polars says about broken files and full disks into our errors, naming the file and the row."""
        try:
            yield
        except (pl.exceptions.PolarsError, OSError) as problem:
            raise blamed(self._read, str(problem), into or self.spool) from None


def _neighbours(values: pl.LazyFrame, value: pl.Expr) -> pl.LazyFrame:
    """Return the values that stand next to an equal one when sorted, each once."""
    return values.select(value.sort()).filter(value == value.shift()).unique()


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    """Return a table of the engine's own as a frame of the expression layer."""
    frame: nw.LazyFrame[Any] = nw.from_native(native)
    return frame
