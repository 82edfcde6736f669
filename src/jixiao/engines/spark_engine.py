"""分布式引擎: Spark, for registers of a country; the same expressions, other machines (extra `spark`)."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import LongType, StringType, StructField, StructType

from jixiao.engines.delimited import prepared
from jixiao.engines.files import blamed, checked_parquet, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jixiao.engines.files import Source

_KINDS = {"text": StringType(), "integer": LongType()}
_BATCH = 100_000


class SparkEngine:
    """Implements `enrolment.engine.Engine` on Spark; staged tables are kept in memory and on disk."""

    name = "spark"

    def __init__(self, spool: Path, *, master: str = "local[*]", memory: int | None = None) -> None:
        """Open a session on `master`; a local one writes its shuffles into `spool`."""
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        settings = {
            "spark.ui.enabled": "false",
            "spark.local.dir": str(spool),
            "spark.sql.session.timeZone": "Asia/Shanghai",
            "spark.sql.ansi.enabled": "true",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "4" if master.startswith("local") else "200",
            "spark.driver.memory": f"{(memory or 3 * 2**30) // 2**20}m",
            "spark.driver.bindAddress": "127.0.0.1" if master.startswith("local") else "0.0.0.0",
            "spark.log.level": "ERROR",
        }
        builder = SparkSession.builder.master(master).appName("jixiao")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()
        self.spool = spool
        self._read: list[Source] = []

    def read(self, source: Source, *, typed: bool = False) -> nw.LazyFrame[Any]:
        """Return a source's rows, every column as text, or as a Parquet file types it."""
        self._read.append(source)
        if kind_of(source) == "parquet":
            checked_parquet(source, lambda path: self._session.read.parquet(path).columns)
            frame = self._session.read.parquet(*source.files)
            return _lazy(frame if typed else frame.select(*(f.col(name).cast("string") for name in frame.columns)))
        parts = prepared(source, self.spool)
        frame = self._session.read.csv(
            [str(path) for path in parts.files], sep=parts.delimiter, header=True, nullValue="\\N", mode="FAILFAST",
            quote='"' if parts.quoted else "", escape='"' if parts.quoted else "\\",
        )  # fmt: skip
        emptied = [f.when(f.col(name) != "", f.col(name)).alias(name) for name in frame.columns]
        return _lazy(frame.select(*emptied))

    def frame(self, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> nw.LazyFrame[Any]:
        """Return rows of ours as a frame."""
        schema = StructType([StructField(name, _KINDS[kind]) for name, kind in columns.items()])
        return _lazy(self._session.createDataFrame([tuple(row) for row in rows], schema))

    def parts(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Add area, rest and last; `div` of bigint is exact. try_cast takes blanks and signs: the text must return."""
        native = frame.to_native()
        plain = f"substr({column}, 1, 17) = CAST(try_cast(substr({column}, 1, 17) AS BIGINT) AS STRING)"
        head = f"CASE WHEN length({column}) = 18 AND {plain} THEN try_cast(substr({column}, 1, 17) AS BIGINT) END"
        tail = f"substr({column}, 18, 1)"
        digit = f"WHEN {tail} BETWEEN '0' AND '9' THEN CAST(ascii({tail}) - 48 AS BIGINT)"
        last = f"CASE WHEN {tail} = 'X' THEN 10L {digit} END"
        split = native.withColumn("_head", f.expr(head)).withColumn("_last", f.expr(last))
        usable = (f.col("_head") >= 10**16) & f.col("_last").isNotNull()
        split = split.withColumn("area", f.when(usable, f.expr("_head div 100000000000L")))
        split = split.withColumn("rest", f.when(usable, f.expr("_head % 100000000000L")))
        return _lazy(split.withColumn("last", f.when(usable, f.col("_last"))).drop("_head", "_last"))

    def fingerprint(
        self, frame: nw.LazyFrame[Any], column: str, into: str, dropped: str, below: int
    ) -> nw.LazyFrame[Any]:
        """Add a hash of the text without the dropped characters."""
        text = f.translate(f.col(column), dropped, "") if dropped else f.col(column)
        mark = f.pmod(f.xxhash64(text), f.lit(below).cast("bigint"))
        return _lazy(frame.to_native().withColumn(into, f.when(text != "", mark)))

    def repeated(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Count the values."""
        counts = frame.filter(~nw.col(column).is_null()).group_by(column).agg(nw.len().alias("_times"))
        return counts.filter(nw.col("_times") > 1).select(column)

    def divided(
        self,
        frame: nw.LazyFrame[Any],
        flag: str,
        kept: Mapping[str, nw.Expr],
        others: Sequence[str],
        beside: Sequence[nw.LazyFrame[Any]] = (),
    ) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], list[list[tuple[Any, ...]]]]:
        """Keep both kinds of rows where they were computed; what lies beside is computed on its own."""
        plain, odd = frame.filter(nw.col(flag)).select(**kept), frame.filter(~nw.col(flag)).select(*others)
        with self._problems():
            staged, others_found = (_lazy(one.to_native().persist()) for one in (plain, odd))
        return staged, others_found, self.gather(beside)

    def gather(self, frames: Sequence[nw.LazyFrame[Any]]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of several frames."""
        with self._problems():
            return [[tuple(row) for row in one.to_native().collect()] for one in frames]

    def batches(self, frame: nw.LazyFrame[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a frame in batches."""
        with self._problems():
            batch: list[tuple[Any, ...]] = []
            for row in frame.to_native().toLocalIterator():
                batch.append(tuple(row))
                if len(batch) >= _BATCH:
                    yield batch
                    batch = []
            yield batch

    def counter(self, first: int, last: int) -> nw.LazyFrame[Any]:
        """Return the integers from first to last, not included, in a column `i`."""
        return _lazy(self._session.range(first, last).withColumnRenamed("id", "i"))

    def write(self, frame: nw.LazyFrame[Any], path: Path) -> None:
        """Write a frame as a folder of Parquet or CSV files."""
        with self._problems():
            writer = frame.to_native().write
            writer.csv(str(path), header=True) if path.suffix == ".csv" else writer.parquet(str(path))

    def union(self, frames: Iterable[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """Return the rows of frames with the same columns."""
        return nw.concat(list(frames), how="vertical")

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """Turn what Spark says about broken files into our errors, naming the file and the row."""
        try:
            yield
        except PySparkException as problem:
            raise blamed(self._read, str(problem), self.spool) from None


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    """Return a table of the engine's own as a frame of the expression layer."""
    frame: nw.LazyFrame[Any] = nw.from_native(native)
    return frame
