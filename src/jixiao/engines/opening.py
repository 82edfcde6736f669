"""打开引擎: an engine by its name, with a scratch folder that vanishes with it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.errors import NotKnown, NoTool
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("polars", "duckdb", "spark")


@contextmanager
def opened(
    name: str | None = None, *, memory: str | None = None, master: str | None = None, scratch: Path | None = None
) -> Iterator[Any]:
    """Give an engine: the one named, else Polars, else DuckDB where a memory cap is asked for.

    `memory` is a cap such as 2GB, `master` a Spark master, `scratch` the folder for what spills.
    """
    chosen = name or ("duckdb" if memory else "spark" if master else "polars")
    if chosen not in NAMES:
        raise NotKnown(
            Message("engine.unknown", {"name": chosen}), remedy=Message("engine.unknown.remedy", {"known": list(NAMES)})
        )
    with tempfile.TemporaryDirectory(prefix="jixiao-", dir=scratch, ignore_cleanup_errors=True) as folder:
        engine = _engine(chosen, Path(folder), memory, master)
        try:
            yield engine
        finally:
            engine.close()


def _engine(name: str, spool: Path, memory: str | None, master: str | None) -> Any:
    try:
        if name == "polars":
            from jixiao.engines.polars_engine import PolarsEngine  # noqa: PLC0415  (loaded when used)

            return PolarsEngine(spool)
        if name == "duckdb":
            from jixiao.engines.duckdb_engine import DuckDBEngine  # noqa: PLC0415

            return DuckDBEngine(spool, memory=memory)
        from jixiao.engines.spark_engine import SparkEngine  # noqa: PLC0415

        return SparkEngine(spool, master=master or "local[*]", memory=memory)
    except ModuleNotFoundError as problem:
        args = {"library": problem.name, "extra": "spark" if name == "spark" else name}
        raise NoTool(
            Message("engine.absent_library", args), remedy=Message("engine.absent_library.remedy", args)
        ) from None
