"""数据库表: a PostgreSQL table brought over as Parquet, in batches, for any engine (extra `postgres`).

A register's `files` then hold one address, `postgresql://user@host/database?table=schema.table`; what it leaves out
(a password above all) libpq takes from its environment and `~/.pgpass`, so that no secret stands in registers.yaml.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jixiao.engines.files import Source
from jixiao.errors import CannotOpen, NoTool
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMES = ("postgresql://", "postgres://")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")


def is_address(name: str) -> bool:
    """Return whether a register's file is a database address."""
    return name.startswith(_SCHEMES)


def brought(address: str, into: Path) -> Source:
    """Return the table of an address as Parquet files in a folder; `CannotOpen` where it cannot be had."""
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415  (loaded when a database is read)
    except ModuleNotFoundError as problem:
        args = {"library": problem.name, "extra": "postgres"}
        raise NoTool(
            Message("engine.absent_library", args), remedy=Message("engine.absent_library.remedy", args)
        ) from None
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    table = query.pop("table", "")
    shown = Place(f"{parts.scheme}://{parts.hostname or ''}{parts.path}?table={table}")
    told = hashlib.sha256()
    if not _NAME.fullmatch(table):
        raise CannotOpen(
            Message("engine.table", {"table": table or "—"}), remedy=Message("engine.table.remedy"), place=shown
        )
    uri = urlunsplit(parts._replace(query=urlencode(query)))
    quoted = ".".join(f'"{name}"' for name in table.split("."))
    path = into / f"table-{len(list(into.iterdir()))}.parquet"
    try:
        with dbapi.connect(uri) as connection, connection.cursor() as cursor:
            cursor.execute("SET synchronize_seqscans = off")  # the same rows come in the same order, so one digest
            cursor.execute(f"SELECT * FROM {quoted}")  # the name has been checked and is quoted
            with cursor.fetch_record_batch() as batches, parquet.ParquetWriter(path, _plain_schema(batches)) as writer:
                for batch in batches:
                    columns = [getattr(column, "storage", column) for column in batch.columns]
                    plain = type(batch).from_arrays(columns, schema=writer.schema)
                    told.update(plain.serialize())
                    writer.write_batch(plain)
    except (dbapi.Error, OSError) as problem:
        why = str(problem).splitlines()[0][:200]
        raise CannotOpen(
            Message("engine.database", {"why": why}), remedy=Message("engine.database.remedy"), place=shown
        ) from None
    return Source((str(path),), table=(shown.file or "", told.hexdigest()))


def _plain_schema(batches: Any) -> Any:
    """Return the schema with what the driver wraps (NUMERIC, as text) unwrapped."""
    schema = batches.schema
    for at, field in enumerate(schema):
        schema = schema.set(at, field.with_type(getattr(field.type, "storage_type", field.type)))
    return schema
