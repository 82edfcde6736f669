"""识表: which known form a table is, by its heads and labels, wherever in the table they stand."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jixiao.figures.notation import clean
from jixiao.forms.form import Field, Label, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jixiao.documents.document import Cell, Table
    from jixiao.forms.form import Block, Column, Form

    _Rows: TypeAlias = Sequence[Sequence[Cell | None]]

ENOUGH, _OURS = 60, 40
KEY_HEAD = "jixiao"
_MARK = re.compile(rf"{KEY_HEAD}:(?P<form>[\w-]+)/(?P<version>\d+)")


class Match(NamedTuple):
    """Where a form was found: the row of its heads, the position of each column by its head, and how sure (0-100).

    `own` counts the heads and labels that stand there in the form's own words: it parts forms that are alike.
    `turned`: the heads stand in a column.
    """

    head_row: int
    columns: dict[str, int]
    sure: int
    own: int = 0
    turned: bool = False


class Anchor(NamedTuple):
    """A field of a line and what names it: the label left of it and the head above it.

    `again`: how many labels of the same text stand left of that one in its line. `after`: it stands below the block.
    """

    field: Field
    left: Label | None
    above: Label | None
    again: int = 0
    after: bool = False


class Mark(NamedTuple):
    """What a table that we wrote says of itself: the id of its form and the version of its layout, and the cell."""

    form: str
    version: int
    cell: Cell


def mark_of(rows: _Rows) -> Mark | None:
    """Return what we wrote into the hidden column of a form, wherever the rows have moved."""
    for row in rows:
        for cell in row:
            said = _MARK.fullmatch(cell.text.strip()) if cell is not None else None
            if cell is not None and said is not None:
                return Mark(said["form"], int(said["version"]), cell)
    return None


def mark_text(form: str) -> str:
    """Return what is written into the hidden column: `self_evaluation_table/1`, made known as ours."""
    return f"{KEY_HEAD}:{form}"


def recognise(forms: Iterable[Form], table: Table) -> tuple[Form, Match] | None:
    """Return the form that the table says it is, else the one whose heads fit best; None where none fits well enough.

    A table that we wrote is known even where a head that its form cannot do without was renamed.
    """
    known, rows = tuple(forms), table.filled()
    heads = list(head_rows(rows))
    mark = mark_of(rows)
    named = next((form for form in known if mark is not None and form.id == mark.form), None)
    if named is not None and (match := _matched(named, rows, heads, ours=True)) is not None:
        return named, match
    found = [(form, match) for form in known if (match := _matched(form, rows, heads)) is not None]
    found += [(form, match) for form in known if form.turned and (match := _on_its_side(form, table)) is not None]
    return max(found, key=lambda pair: (pair[1].sure, pair[1].own), default=None)


def matched(form: Form, table: Table) -> Match | None:
    """Return where a form's heads stand in a table, or None where they do not."""
    rows = table.filled()
    upright = _matched(form, rows, list(head_rows(rows)))
    on_side = _on_its_side(form, table) if form.turned else None
    return on_side if on_side is not None and (upright is None or on_side.sure > upright.sure) else upright


def _on_its_side(form: Form, table: Table) -> Match | None:
    rows = table.turned().filled()
    match = _matched(form, rows, list(head_rows(rows)))
    return None if match is None else match._replace(turned=True)


def _matched(
    form: Form, rows: _Rows, candidates: list[tuple[int, list[str]]], *, ours: bool = False
) -> Match | None:  # fmt: skip
    block = form.block()
    if block is None:
        return None
    best: Match | None = None
    for number, heads in candidates:
        columns = _columns(block, heads, aliased=not ours)
        missing = any(column.required and column.head not in columns for column in block.columns)
        if (missing and not ours) or any(head_text(head) in heads for head in block.unlike):
            continue
        sure = len(columns) * 100 // max(len(block.columns), _different(heads, columns))
        if (form.loose or sure >= (_OURS if ours else ENOUGH)) and (best is None or sure > best.sure):
            own = sum(head_text(head) == heads[at] for head, at in columns.items())
            best = Match(number, columns, sure, own + _labels(form, rows[:number]))
    return best


def head_rows(rows: _Rows) -> Iterator[tuple[int, list[str]]]:
    """Yield every row as heads, by itself and as the lower half of heads that are broken over two rows."""
    for number, row in enumerate(rows):
        yield number, [head_text(cell.text) if cell else "" for cell in row]
    for number, (upper, lower) in enumerate(pairwise(rows), 1):
        joined = [
            head_text((over.text if over and over is not under else "") + (under.text if under else ""))
            for over, under in zip(upper, lower, strict=True)
        ]
        yield number, joined


def _columns(block: Block, heads: list[str], *, aliased: bool = True) -> dict[str, int]:
    """Return the position of each column, its own head before any alias."""
    taken: dict[str, int] = {}
    for names in (lambda column: {head_text(column.head)}, names_of)[: 1 + aliased]:
        for column in block.columns:
            if column.head in taken:
                continue
            at = next((at for at, head in enumerate(heads) if head in names(column) and at not in taken.values()), None)
            if at is not None:
                taken[column.head] = at
    return taken


def _different(heads: list[str], columns: dict[str, int]) -> int:
    """Return how many different heads stand in the row; what stands left of the first known one is not a head."""
    first = min(columns.values(), default=0)
    return sum(1 for head in dict.fromkeys(heads[first:]) if head and head != KEY_HEAD)


def _labels(form: Form, rows: _Rows) -> int:
    """Return how many of the labels above the block stand above it in the table."""
    said = {head_text(cell.text) for row in rows for cell in row if cell is not None}
    labels = {label for anchor in anchors(form) for label in (anchor.left, anchor.above) if label is not None}
    return sum(1 for label in labels if names_of(label) & said)


def anchors(form: Form) -> list[Anchor]:
    """Return every field of the form's lines with the labels that name it."""
    found: list[Anchor] = []
    after = False
    for parts, _ in form.runs():
        heads: dict[int, Label] = {}
        for part in parts:
            if not isinstance(part, Line):
                heads, after = {}, True
                continue
            found += (anchor._replace(after=after) for anchor in _line_anchors(part, heads))
            if all(isinstance(cell, Label) for cell in part.cells):
                heads = dict(_spread(part))
    return found


def _line_anchors(line: Line, heads: dict[int, Label]) -> Iterator[Anchor]:
    at, left, met = 0, None, [""]
    for cell in line.cells:
        if isinstance(cell, Field):
            yield Anchor(cell, left, heads.get(at), met[:-1].count(met[-1]))
        elif cell.kind == "head":
            left = cell
            met.append(cell.text)
        at += cell.cols


def _spread(line: Line) -> Iterator[tuple[int, Label]]:
    """Yield the labels of a line by the column that each begins in."""
    at = 0
    for cell in line.cells:
        if isinstance(cell, Label) and cell.text:
            yield at, cell
        at += cell.cols


@cache
def names_of(named: Column | Label) -> set[str]:
    """Return the texts under which a column or label is met."""
    own = named.text if isinstance(named, Label) else named.head
    return {head_text(name) for name in (own, *named.aliases)}


@lru_cache(maxsize=4096)
def head_text(text: str) -> str:
    r"""Return a head without spaces, line breaks, a colon behind it and what stands in brackets behind it.

    >>> head_text("全年执行数（B）"), head_text("其中：当年\n财政拨款:")
    ('全年执行数', '其中:当年财政拨款')
    """
    cleaned = re.sub(r"\s+", "", clean(text)).rstrip(":")
    return re.sub(r"[（(][^（()）]*[）)]$", "", cleaned)
