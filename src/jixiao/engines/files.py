"""数据文件: which files a register consists of, whether they are whole, and which of them is to blame."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from jixiao.errors import CannotOpen, CannotParse, CannotWrite, JixiaoError
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# What engines say when a disk is full; the second where that happens in the last bytes of a Parquet file, but also of
# a file to be read that is damaged.
_FULL, _PERHAPS_FULL = "no space left on device", "invalid thrift: transport error"
_DELIMITED = (".csv", ".txt", ".dat", ".tsv", ".gz")


@dataclass(frozen=True, slots=True)
class Source:
    """Files that hold one table: all Parquet or all delimited text; dialect None is found out from the first bytes.

    `table` is the address, without an account, and the SHA-256 of the rows of a database table they were brought from.
    """

    files: tuple[str, ...]
    delimiter: str | None = None
    encoding: str | None = None
    table: tuple[str, str] | None = None


def found(patterns: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Return the files that names or patterns mean, relative to a folder; `CannotOpen` for one that means none."""
    files: list[str] = []
    for pattern in patterns:
        matched = sorted(glob(str(folder / pattern)))  # noqa: PTH207  (a pattern may be absolute)
        if not matched:
            place = Place(str(folder / pattern))
            raise CannotOpen(Message("open.absent"), remedy=Message("engine.absent.remedy"), place=place)
        files += matched
    return tuple(files)


def kind_of(source: Source) -> Literal["parquet", "delimited", "excel"]:
    """Return what a source's files are, by their endings; `CannotOpen` for others and for a mixture."""
    kinds = set()
    for name in source.files:
        path = Path(name)
        _opened(path)
        ending = path.suffix.lower()
        kinds.add(
            "parquet" if ending in (".parquet", ".pq") else "excel" if ending in (".xlsx", ".xlsm")
            else "delimited" if ending in _DELIMITED else ending
        )  # fmt: skip
    if len(kinds) == 1 and (only := kinds.pop()) in ("parquet", "delimited", "excel"):
        return only  # type: ignore[return-value]
    place = Place(source.files[0])
    raise CannotOpen(Message("engine.kind"), remedy=Message("engine.kind.remedy"), place=place)


def _opened(path: Path) -> None:
    place = Place(str(path))
    try:
        if path.stat().st_size == 0:
            raise CannotOpen(Message("open.empty"), remedy=Message("open.empty.remedy"), place=place)
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise CannotOpen(Message("open.absent"), remedy=Message("engine.absent.remedy"), place=place) from None
    except IsADirectoryError:
        raise CannotOpen(Message("open.folder"), remedy=Message("engine.absent.remedy"), place=place) from None
    except PermissionError:
        raise CannotOpen(Message("open.forbidden"), remedy=Message("open.forbidden.remedy"), place=place) from None


def checked_parquet(source: Source, schema_of: Callable[[str], object]) -> None:
    """See that every Parquet file has its end and the same columns; `CannotOpen` names the file that has not."""
    first: list[str] | None = None
    for name in source.files:
        path = Path(name)
        with path.open("rb") as file:
            file.seek(-4, 2) if path.stat().st_size > 8 else None
            if file.read() != b"PAR1":
                raise truncated(name)
        try:
            columns = list(schema_of(name))  # type: ignore[call-overload]
        except Exception:
            raise truncated(name) from None
        first = first or columns
        if columns != first:
            said = Message("engine.columns_differ", {"first": source.files[0]})
            raise CannotParse(said, remedy=Message("engine.columns_differ.remedy"), place=Place(name))


def truncated(name: str) -> CannotOpen:
    """Return the error for a Parquet file that breaks off."""
    return CannotOpen(Message("engine.truncated"), remedy=Message("engine.truncated.remedy"), place=Place(name))


def blamed(sources: Iterable[Source], said: str, into: Path) -> JixiaoError:
    """Return the error for a failed computation: a full disk, a file that cannot be read, else what the engine said.

    `into` is what was written, a file or the folder for what spills.
    """
    from jixiao.engines.delimited import broken_row  # noqa: PLC0415  (it builds on this module)

    if _FULL not in said.lower():
        for source in sources:
            for name in source.files:
                problem = broken_row(source, name) if kind_of(source) == "delimited" else _damaged(name)
                if problem is not None:
                    return problem
    if any(mark in said.lower() for mark in (_FULL, _PERHAPS_FULL)):
        full = Message("write.cannot", {"why": Message("write.why.full")})
        return CannotWrite(full, remedy=Message("write.cannot.remedy"), place=Place(str(into.parent)))
    why = said.splitlines()[0][:300] if said else "—"
    return JixiaoError(Message("engine.failed", {"why": why}), remedy=Message("engine.failed.remedy"))


def _damaged(name: str) -> CannotOpen | None:
    """Return the error for a Parquet file some value of which cannot be read."""
    import polars as pl  # noqa: PLC0415  (only on the way to an error)

    try:
        pl.scan_parquet(name, glob=False).select(pl.all().hash().sum()).collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError):
        return truncated(name)
    return None


def digest(name: str) -> str:
    """Return the SHA-256 of a file."""
    with Path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hashed(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield files with their SHA-256, two of them being read at a time."""
    with ThreadPoolExecutor(2) as pool:
        yield from zip(names, pool.map(digest, names), strict=True)


def digested(names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of files by name; `CannotParse` for the same content given twice."""
    seen: dict[str, str] = {}
    first: dict[str, str] = {}
    for name, told in _hashed(list(names)):
        if told in first:
            said = Message("enrolment.same_file", {"first": first[told]})
            raise CannotParse(said, remedy=Message("enrolment.same_file.remedy"), place=Place(name))
        seen[name], first[told] = told, name
    return seen
