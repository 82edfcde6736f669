"""打开引擎: an engine by its name, with a scratch folder that vanishes with it."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.errors import NotKnown, NoTool
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("polars", "duckdb", "spark")
_UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_LEAST = 10**8


@contextmanager
def opened(
    name: str | None = None,
    *,
    memory: str | None = None,
    master: str | None = None,
    scratch: Path | None = None,
    capped: str = "duckdb",
) -> Iterator[Any]:
    """Give an engine: the one named, else Spark where a master is, else Polars; under a memory cap that of `capped`.

    `memory` is a cap such as 2GB, `master` a Spark master, `scratch` the folder for what spills.
    """
    chosen = name or ("spark" if master else capped if memory else "polars")
    if chosen not in NAMES:
        raise NotKnown(
            Message("engine.unknown", {"name": chosen}), remedy=Message("engine.unknown.remedy", {"known": list(NAMES)})
        )
    with tempfile.TemporaryDirectory(prefix="jixiao-", dir=scratch, ignore_cleanup_errors=True) as folder:
        engine = _engine(chosen, Path(folder), cap(memory) if memory else None, master)
        try:
            yield engine
        finally:
            engine.close()


def cap(text: str) -> int:
    """Return the bytes of a memory cap; `NotKnown` for what is none, or too little for anything.

    >>> cap("2GB"), cap("512 MiB")
    (2000000000, 536870912)
    """
    read = re.fullmatch(r"([0-9]{1,6})\s*([MGT]I?B)", text.strip().upper())
    found = int(read[1]) * _UNITS[read[2]] if read else 0
    if found < _LEAST:
        raise NotKnown(Message("engine.memory", {"found": text}), remedy=Message("engine.memory.remedy"))
    return found


def _engine(name: str, spool: Path, memory: int | None, master: str | None) -> Any:
    try:
        if name == "polars":
            from jixiao.engines.polars_engine import PolarsEngine  # noqa: PLC0415  (loaded when used)

            return PolarsEngine(spool, memory=memory)
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
