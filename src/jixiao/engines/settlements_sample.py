"""写出样例: frames in 分 and text made into what the platform stores: amounts as decimals, times as times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence


def as_stored(frame: nw.LazyFrame[Any], amounts: Sequence[str], times: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return a Polars frame with DECIMAL(16, 2) in place of 分 and timestamps in place of text."""
    decimals = [(pl.col(name).cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(16, 2)) for name in amounts]
    stamps = [pl.col(name).str.to_datetime("%Y-%m-%d %H:%M:%S") for name in times]
    lazy: nw.LazyFrame[Any] = nw.from_native(frame.to_native().with_columns(*decimals, *stamps))
    return lazy
