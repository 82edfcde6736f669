"""定位: the first row of a file that holds a value, for messages; slow, and only on the way to an error."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from jixiao.engines.delimited import prepared
from jixiao.engines.files import Source, kind_of
from jixiao.enrolment.registers import recognised
from jixiao.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping


def first_row(source: Source, column: str, value: str | None, mapping: Mapping[str, str]) -> Place | None:
    """Return the file and row of a value: the head of a text file is row 1, the data of a Parquet file begin at 1."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        return _first_row(source, column, value, mapping, Path(folder))


def _first_row(source: Source, column: str, value: str | None, mapping: Mapping[str, str], spool: Path) -> Place | None:
    for name in source.files:
        kind = kind_of(source)
        if kind == "excel":
            return Place(name)
        if kind == "delimited":
            parts = prepared(Source((name,), source.delimiter, source.encoding), spool)
            scan = pl.scan_csv(
                parts.files[0], separator=parts.delimiter, infer_schema=False, null_values=["\\N", ""],
                quote_char='"' if parts.quoted else None, row_index_name="#row", row_index_offset=2, glob=False,
            )  # fmt: skip
        else:
            scan = pl.scan_parquet(name, row_index_name="#row", row_index_offset=1, glob=False)
        heads = recognised(scan.collect_schema().names(), mapping)
        held = pl.col(next(head for head, known in heads.items() if known == column)).cast(pl.String)
        row = scan.filter(held.is_null() if value is None else held == value).select("#row").head(1).collect()
        if len(row):
            return Place(name, line=row.item())
    return None
