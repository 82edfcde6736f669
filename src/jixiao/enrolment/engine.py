"""引擎须知: what an engine has to do itself; all else is said once, in expressions that every engine runs.

Reading without guessing types, integers out of text without raising, a fingerprint, values that repeat, and keeping
a table that is read more than once: these the expression layer cannot say. `engines` holds the implementations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import narwhals as nw


class Engine(Protocol):
    """One machine for bulk tables; everything it gives is a lazy frame of the expression layer."""

    name: str

    def frame(self, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> nw.LazyFrame[Any]:
        """Return rows of ours as a frame; `columns` gives each column its kind: text or integer."""
        ...

    def parts(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Add `area`, `rest` and `last` of a column of certificate numbers.

        They are the first six digits, the next eleven, and the check digit (X is 10), all as integers where the
        text is 18 plain characters, the first of them not 0; all three are null elsewhere.
        """
        ...

    def fingerprint(
        self, frame: nw.LazyFrame[Any], column: str, into: str, dropped: str, below: int
    ) -> nw.LazyFrame[Any]:
        """Add an integer in [0, below) that equal texts share, the characters `dropped` left aside; null for none."""
        ...

    def repeated(self, frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
        """Return the values of an integer column that stand in it more than once, each once; nulls do not count."""
        ...

    def divided(
        self,
        frame: nw.LazyFrame[Any],
        flag: str,
        kept: Mapping[str, nw.Expr],
        others: Sequence[str],
        beside: Sequence[nw.LazyFrame[Any]] = (),
    ) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any], list[list[tuple[Any, ...]]]]:
        """Return the columns `kept` of the rows that bear a flag, and `others` of those that do not.

        Both are computed once, to be read several times. With them come the rows of small frames beside, all in one
        pass over the files where the engine can.
        """
        ...

    def gather(self, frames: Sequence[nw.LazyFrame[Any]]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of several small frames, computed together where the engine can."""
        ...

    def batches(self, frame: nw.LazyFrame[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a frame that may be large, in batches."""
        ...

    def counter(self, first: int, last: int) -> nw.LazyFrame[Any]:
        """Return the integers from first to last, not included, in a column `i`."""
        ...

    def write(self, frame: nw.LazyFrame[Any], path: Any) -> None:
        """Write a frame as one file, Parquet or CSV by its ending."""
        ...

    def union(self, frames: Iterable[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
        """Return the rows of frames with the same columns."""
        ...
