"""打开登记表: a register's files opened by an engine, its columns under the platform's names, all of them text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from jixiao.engines.database import brought, is_address
from jixiao.engines.files import Source, digested, found, kind_of
from jixiao.enrolment.identity import masked_within
from jixiao.enrolment.registers import REQUIRED, Held, fields, recognised
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from jixiao.enrolment.registers import Register

    Rows = tuple[Sequence[str], Sequence[Sequence[str | None]]]


def source(register: Register, folder: Path) -> Source:
    """Return a register's files; `CannotOpen` for one that is not there."""
    return Source(found(register.files, folder), register.delimiter, register.encoding)


def held(
    engine: Any, register: Register, folder: Path, sheet: Callable[[str], Rows], required: Sequence[str] | None = None
) -> Held:
    """Return a register opened; `sheet` reads an Excel file's heads and rows.

    A column of `required` (what the register's role demands, by default) that is missing is `CannotParse`.
    """
    files = brought(register.files[0], engine.spool) if is_address(register.files[0]) else source(register, folder)
    frame = _of_sheets(engine, files, sheet) if kind_of(files) == "excel" else engine.read(files)
    heads = tuple(frame.collect_schema().names())
    names = recognised(heads, register.mapping)
    wanted = REQUIRED[register.role] if required is None else required
    missing = [name for name in wanted if name not in names.values()]
    if missing:
        said = Message(
            "enrolment.missing_column", {"columns": [f"{name}（{fields()[name]['zh']}）" for name in missing]}
        )
        args = {"heads": [masked_within(head) for head in heads]}
        raise CannotParse(said, remedy=Message("enrolment.missing_column.remedy", args), place=Place(files.files[0]))
    known = frame.select(*(nw.col(head).alias(name) for head, name in names.items())) if names else frame
    return Held(register, known, tuple(names.values()), heads, () if files.table else files.files, files.table)


def _of_sheets(engine: Any, files: Source, sheet: Callable[[str], Rows]) -> nw.LazyFrame[Any]:
    heads: Sequence[str] = ()
    rows: list[Sequence[str | None]] = []
    for name in files.files:
        these, body = sheet(name)
        heads = heads or these
        if list(these) != list(heads):
            said = Message("engine.columns_differ", {"first": files.files[0]})
            raise CannotParse(said, remedy=Message("engine.columns_differ.remedy"), place=Place(name))
        rows += body
    frame: nw.LazyFrame[Any] = engine.frame(dict.fromkeys(heads, "text"), rows)
    return frame


def digests(registers: Sequence[Register], folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file; `CannotParse` for the same file given twice."""
    files = (source(register, folder).files for register in registers if not is_address(register.files[0]))
    return digested(name for names in files for name in names)
