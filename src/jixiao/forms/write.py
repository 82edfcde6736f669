"""填表: a form and an assessed Evaluation to a Table."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Align, Cell, Table
from jixiao.evaluation.model import Reason
from jixiao.evaluation.published import points, published
from jixiao.figures.figure import Figure
from jixiao.figures.units import unit
from jixiao.forms.form import EMPTY, Aside, Block, Label, Line, completed
from jixiao.indicators.indicator import Actual, Group, RuleRef
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.forms.form import Column, Field, Form, Kind
    from jixiao.indicators.indicator import Indicator

_LEFT: tuple[Kind, ...] = ("text", "process", "reason")
_DASHED: tuple[Kind, ...] = ("points", "money", "figure", "rule")
_OPEN = ("texts", "funds", "reasons")
_REFERENCE = re.compile(r"\{([^{}\n]+)\}")
WHY, MEASURE = "偏差原因：", "改进措施："


class Paper(NamedTuple):
    """What a form is filled from and how it prints: the assessed Evaluation, the form, the language of derivations."""

    of: Assessment
    form: Form
    lang: str = "zh"


class Row(NamedTuple):
    """A row of cells, its hidden key, and whether a label beside the part leaves it out."""

    cells: list[Cell]
    key: str | None = None
    last: bool = False


def write(form: Form, of: Assessment, *, lang: str = "zh") -> Table:
    """Return the form filled in; every value cell carries the exact value and the path it came from."""
    paper = Paper(of, form, lang)
    rows = [row for part in form.layout for row in _part(part, paper)]
    subtitle = form.subtitle.format(year=of.evaluation.year)
    return Table.of(
        [row.cells for row in rows],
        head_rows=1 if isinstance(form.layout[0], Block) else 0,
        caption="\n".join(filter(None, (form.title, subtitle))),
        widths=form.widths(),
        keys=tuple(row.key for row in rows),
        unit=form.money_unit if form.unit_line else None,
        landscape=form.landscape,
        name=form.title,
    )


def printed(form: Form, of: Assessment) -> dict[str, Cell]:
    """Return the cells of a filled form by the path that each one prints."""
    return {cell.bind: cell for _, _, cell in write(form, of).cells() if cell.bind is not None}


def _part(part: Line | Block | Aside, paper: Paper) -> list[Row]:
    if isinstance(part, Line):
        return [Row([_line_cell(cell, paper) for cell in part.cells])]
    if isinstance(part, Block):
        return _block(part, paper)
    rows = [row for inner in part.parts for row in _part(inner, paper)]
    beside = sum(not row.last for row in rows)
    rows[0].cells.insert(0, Cell(part.label.text, rows=beside, head=True))
    for row in rows[beside:]:
        row.cells[0] = replace(row.cells[0], cols=row.cells[0].cols + 1)
    return rows


def _line_cell(cell: Label | Field, paper: Paper) -> Cell:
    if isinstance(cell, Label):
        align: Align = "left" if cell.kind == "sign" else "center"
        return Cell(cell.text, cols=cell.cols, head=cell.kind == "head" and bool(cell.text), align=align)
    block = paper.form.block()
    path = completed(cell.path, paper.of.evaluation.system(block.role) if block else None)
    filled = Cell(EMPTY) if path is None else cell_of(path, cell.kind, cell.places, paper)
    return replace(filled, cols=cell.cols)


def _block(part: Block, paper: Paper) -> list[Row]:
    """Return the head row, a row per indicator or section, and the total row."""
    nodes = part.nodes(paper.of.evaluation.system(part.role))
    rows = [Row([Cell(column.head, head=True) for column in part.columns])]
    seen: set[str] = set()
    for node, above in nodes:
        cells = []
        for column in part.columns:
            if column.kind == "group":
                cells += _group_cell(part, column, above, nodes, seen)
            elif column.kind == "leaf":
                cells.append(_named_cell(part, column.path.format(code=node.code), node))
            else:
                cells.append(cell_of(column.path.format(code=node.code), column.kind, column.places, paper))
        rows.append(Row(cells, f"{part.role}/{node.code}"))
    if part.total:
        rows.append(Row(_total(part, paper), last=True))
    return rows


def _group_cell(
    part: Block,
    column: Column,
    above: tuple[Group, ...],
    nodes: list[tuple[Group | Indicator, tuple[Group, ...]]],
    seen: set[str],
) -> list[Cell]:
    """Return a group's merged cell on its first row, nothing on the rows it covers, a blank where it is missing."""
    level = level_of(column)
    if len(above) < level:
        return [Cell("")]
    group = above[level - 1]
    path = f"{part.role}/{group.code}"
    if path in seen:
        return []
    seen.add(path)
    return [replace(_named_cell(part, path, group), rows=sum(1 for _, groups in nodes if group in groups))]


def level_of(column: Column) -> int:
    """Return the level of the groups that a group column names."""
    return 1 if "{1}" in column.path else 2


def _named_cell(part: Block, path: str, node: Group | Indicator) -> Cell:
    text = named(node) if part.coded else node.name
    if part.coded and isinstance(node, Group) and isinstance(node.weight, Decimal):
        text += f"（{node.weight}）"
    return Cell(text, value=node.name, bind=path)


def named(node: Group | Indicator) -> str:
    """Return code and name as tables print them, or the name alone where the code is the name."""
    return node.name if node.code == node.name else f"{node.code} {node.name}"


def _total(part: Block, paper: Paper) -> list[Cell]:
    """Return the total row: its label over the columns before the first total, then a cell per column."""
    first = next(number for number, column in enumerate(part.columns) if column.head in part.total)
    cells = [Cell(part.total_label, cols=first, head=True)]
    for column in part.columns[first:]:
        path = part.total.get(column.head)
        cells.append(cell_of(path, column.kind, column.places, paper) if path else Cell(""))
    return cells


def cell_of(path: str, kind: Kind, places: int | None, paper: Paper) -> Cell:
    """Return the cell that prints the value at a path."""
    value = _standing(path, paper.of)
    align: Align = "left" if kind in _LEFT else "center"
    if kind == "process":
        return Cell(_process(path, value, paper), bind=path, align=align)
    figure = value.value if kind == "rate" and isinstance(value, Actual) else value
    if isinstance(figure, Figure) and kind in ("points", "rate", "money"):
        return _number(figure, kind, places, path, paper.form)
    if value is None:
        missing = paper.form.style.no_rate if kind == "rate" else EMPTY if kind in _DASHED else ""
        return Cell(missing, bind=path, align=align)
    said = _quoting(value, paper.of) if path.startswith("texts/") else _said(value, paper.lang)
    return Cell(said, value=value, bind=path, align=align)


def _standing(path: str, of: Assessment) -> Any:
    """Return the published value at a path; texts, reasons and sources of money may simply not be there."""
    try:
        value = published(of, path)
    except KeyError:
        if path.partition("/")[0] in _OPEN:
            return None
        raise
    return _of_section(path, of) if value is None else value


def _of_section(path: str, of: Assessment) -> Figure | None:
    """Return the points or the rate of a first-level group whose weight is not stated but adds up from below."""
    role, code, name = (*path.split("/"), "", "")[:3]
    sections = of.card.sections if of.card is not None and of.card.role == role else ()
    section = next((section for section in sections if section.code == code), None)
    if section is None or name not in ("weight", "score_rate"):
        return None
    return points(section.full) if name == "weight" else section.rate()


def _number(figure: Figure, kind: Kind, places: int | None, path: str, form: Form) -> Cell:
    """Return a number as the form prints it; an amount in the form's unit, which stands in its head."""
    style = form.style
    if places is None:
        places = {"points": style.points, "rate": style.rate, "money": style.money}[kind]
    if kind == "money":
        measure = unit(form.money_unit)
        assert measure is not None and measure.base == figure.unit.base, f"{path}: {figure} is not {form.money_unit}"
        figure = figure.in_unit(measure)
    free = kind == "points" and places is None  # points print exactly, so that their sums are seen to add up
    exact = free and figure.places is not None
    shown = figure if exact else figure.published(2 if places is None else places, strip=places is None)
    thousands = kind == "money" and style.thousands
    text = shown.text(thousands=thousands)
    if kind == "money":
        text = text.removesuffix(form.money_unit)
    hint = "General" if free else _hint(shown, thousands)  # General shows all decimals of a weight typed over this one
    return Cell(text, value=shown, bind=path, hint=hint, align="right" if kind == "money" else "center")


def _hint(shown: Figure, thousands: bool) -> str:
    whole = "#,##0" if thousands else "0"
    decimals = f"{whole}.{'0' * shown.places}" if shown.places else whole
    return f"{decimals}%" if shown.unit.name == "%" else decimals


def _said(value: Any, lang: str) -> str:
    if isinstance(value, Reason):
        return f"{WHY}{value.why}\n{MEASURE}{value.measure}" if value.measure else value.why
    if isinstance(value, RuleRef):
        return rules.title(value.id, lang) if value.id in rules.known() else value.id
    return str(value)


def _quoting(text: str, of: Assessment) -> str:
    """Return a free text with its references (`{scored/score}`) filled in; one to nothing stays as it is."""

    def quoted(match: re.Match[str]) -> str:
        try:
            value = published(of, match[1].strip())
        except KeyError:
            value = None
        if isinstance(value, Figure) and value.spelt is None:
            value = value.published(2)  # a computed figure, as the report says it
        return match[0] if value is None else str(value)

    return _REFERENCE.sub(quoted, text)


def _process(path: str, steps: Any, paper: Paper) -> str:
    """Return the scoring process: the actual value, its derivation, and the points it ends in."""
    code = path.split("/")[1]
    actual, score = paper.of.actuals.get(code), published(paper.of, path.replace("/process", "/score"))
    said = [f"业绩值 {actual}"] if actual is not None else []
    said += [step.text(paper.lang) for step in steps or ()]
    said += [f"根据评价标准得 {score} 分"] if score is not None else []
    return "；".join(said) + ("。" if said else "")
