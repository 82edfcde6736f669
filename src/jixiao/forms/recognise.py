"""识表: which known form a table is, by its heads, wherever in the table they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.notation import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Table
    from jixiao.forms.form import Block, Column, Form

ENOUGH = 60
KEY_HEAD = "jixiao"


class Match(NamedTuple):
    """Where a form was found: the row of its heads, the position of each column by its head, and how sure (0-100)."""

    head_row: int
    columns: dict[str, int]
    sure: int


def recognise(forms: Iterable[Form], table: Table) -> tuple[Form, Match] | None:
    """Return the form whose heads fit best, or None where none fits well enough."""
    found = [(form, match) for form in forms if (match := matched(form, table)) is not None]
    return max(found, key=lambda pair: (pair[1].sure, len(pair[1].columns)), default=None)


def matched(form: Form, table: Table) -> Match | None:
    """Return where a form's heads stand in a table, or None where they do not."""
    block = form.block()
    if block is None:
        return None
    best: Match | None = None
    for number, row in enumerate(table.filled()):
        heads = [head_text(cell.text) if cell else "" for cell in row]
        columns = _columns(block, heads)
        if any(column.required and column.head not in columns for column in block.columns):
            continue
        sure = (
            len(columns)
            * 100
            // max(
                len(block.columns),
                sum(1 for head in dict.fromkeys(heads) if head and head != KEY_HEAD),
            )
        )
        if sure >= ENOUGH and (best is None or sure > best.sure):
            best = Match(number, columns, sure)
    return best


def _columns(block: Block, heads: list[str]) -> dict[str, int]:
    taken: dict[str, int] = {}
    for column in block.columns:
        at = next(
            (at for at, head in enumerate(heads) if head in _names(column) and at not in taken.values()),
            None,
        )
        if at is not None:
            taken[column.head] = at
    return taken


def _names(column: Column) -> set[str]:
    return {head_text(name) for name in (column.head, *column.aliases)}


def head_text(text: str) -> str:
    """Return a head without spaces, line breaks and what stands in brackets behind it."""
    return re.sub(r"[（(].*?[）)]$", "", clean(text).replace("\n", ""))
