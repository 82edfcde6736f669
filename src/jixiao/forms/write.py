"""填表: a form and an assessed Evaluation to a Table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Align, Cell, Table
from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure
from jixiao.forms.form import Block, Field, Label, Line
from jixiao.indicators.indicator import Group, Indicator

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.forms.form import Column, Form, Kind

EMPTY = "—"
_LEFT: tuple[Kind, ...] = ("text", "process")


def write(form: Form, of: Assessment, *, lang: str = "zh") -> Table:
    """Return the form filled in; every value cell carries the exact value and the path it came from."""
    rows: list[list[Cell]] = []
    keys: list[str | None] = []
    heads = 0
    for part in form.layout:
        if isinstance(part, Line):
            rows.append([_line_cell(cell, of, lang) for cell in part.cells])
            keys.append(None)
            continue
        block = _block(part, of, lang)
        heads = heads or len(rows) + 1
        rows += [cells for cells, _ in block]
        keys += [key for _, key in block]
    block_part = form.block()
    widths = tuple(column.width for column in block_part.columns) if block_part else ()
    return Table.of(
        rows,
        head_rows=heads,
        caption=form.title,
        widths=widths,
        keys=tuple(keys),
        landscape=form.landscape,
        name=form.title,
    )


def _line_cell(cell: Label | Field, of: Assessment, lang: str) -> Cell:
    if isinstance(cell, Label):
        return Cell(cell.text, cols=cell.cols, head=True)
    return replace(cell_of(cell.path, cell.kind, cell.places, of, lang), cols=cell.cols)


def _block(part: Block, of: Assessment, lang: str) -> list[tuple[list[Cell], str | None]]:
    """Return the head row, a row per indicator and the total row, each with its hidden key."""
    system = of.evaluation.system(part.role)
    rows: list[tuple[list[Cell], str | None]] = [([Cell(column.head, head=True) for column in part.columns], None)]
    leaves = [(node, above) for node, above in system.walk() if isinstance(node, Indicator)] if system else []
    seen: set[str] = set()
    for node, above in leaves:
        cells = []
        for column in part.columns:
            if column.kind == "group":
                cells += _group_cell(column, above, leaves, seen)
            else:
                cells.append(cell_of(column.path.format(code=node.code), column.kind, column.places, of, lang))
        rows.append((cells, f"{part.role}/{node.code}"))
    if part.total:
        rows.append((_total(part, of, lang), None))
    return rows


def _group_cell(
    column: Column,
    above: tuple[Group, ...],
    leaves: list[tuple[Indicator, tuple[Group, ...]]],
    seen: set[str],
) -> list[Cell]:
    """Return the merged cell of a group on its first row, nothing on the rows it covers, a blank where it is missing."""
    level = 1 if "{1}" in column.path else 2
    if len(above) < level:
        return [Cell("")]
    group = above[level - 1]
    path = f"{column.path.partition('/')[0]}/{group.code}"
    if path in seen:
        return []
    seen.add(path)
    count = sum(1 for _, groups in leaves if group in groups)
    weight = f"（{group.weight}）" if isinstance(group.weight, Decimal) else ""
    return [Cell(f"{named(group)}{weight}", rows=count, value=group.name, bind=path)]


def _total(part: Block, of: Assessment, lang: str) -> list[Cell]:
    """Return the total row: its label over the columns before the first total, then a cell per column."""
    first = next(number for number, column in enumerate(part.columns) if column.head in part.total)
    cells = [Cell(part.total_label, cols=first, head=True)]
    for column in part.columns[first:]:
        path = part.total.get(column.head)
        cells.append(cell_of(path, column.kind, column.places, of, lang) if path else Cell(""))
    return cells


def named(node: Group | Indicator) -> str:
    """Return code and name as tables print them, or the name alone where the code is the name."""
    return node.name if node.code == node.name else f"{node.code} {node.name}"


def cell_of(path: str, kind: Kind, places: int | None, of: Assessment, lang: str) -> Cell:
    """Return the cell that prints the value at a path."""
    value = published(of, path)
    align: Align = "left" if kind in _LEFT else "center"
    if kind == "leaf":
        return Cell(named(value), value=value.name, bind=path)
    if kind == "process":
        return Cell(_process(path, value, of, lang), bind=path, align="left")
    if isinstance(value, Figure) and kind in ("points", "rate", "money"):
        shown = value.published(2 if places is None else places, strip=places is None)
        return Cell(str(shown), value=shown, bind=path, hint=_hint(shown))
    return Cell(
        EMPTY if value is None and kind in ("points", "rate") else str(value or "") if value != 0 else "0",
        value=value,
        bind=path,
        align=align,
    )


def _hint(shown: Figure) -> str:
    decimals = f"0.{'0' * shown.places}" if shown.places else "0"
    return f"{decimals}%" if shown.unit.name == "%" else decimals


def _process(path: str, steps: Any, of: Assessment, lang: str) -> str:
    """Return the scoring process: the actual value, its derivation, and the points it ends in."""
    code = path.split("/")[1]
    actual, score = of.actuals.get(code), published(of, path.replace("/process", "/score"))
    said = [f"业绩值 {actual}"] if actual is not None else []
    said += [step.text(lang) for step in steps or ()]
    said += [f"根据评价标准得 {score} 分"] if score is not None else []
    return "；".join(said) + ("。" if said else "")
