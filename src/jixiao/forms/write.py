"""填表: a form and an assessed Evaluation to a Table."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Align, Cell, Table
from jixiao.documents.footer import footer
from jixiao.evaluation.model import Reason
from jixiao.evaluation.published import points, published
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure
from jixiao.figures.notation import is_placeholder
from jixiao.figures.units import unit
from jixiao.findings import worst
from jixiao.forms.form import EMPTY, Aside, Block, Column, Label, Line, completed, fitted
from jixiao.indicators.indicator import Actual, Group, RuleRef
from jixiao.scoring import rule as rules

if TYPE_CHECKING:
    from collections.abc import Container

    from jixiao.evaluation.assess import Assessment
    from jixiao.forms.form import Field, Form, Item, Kind, Part
    from jixiao.indicators.indicator import Indicator

_LEFT: tuple[Kind, ...] = ("text", "process", "reason")
_DASHED: tuple[Kind, ...] = ("points", "money", "figure", "rule")
_OPEN = ("texts", "funds", "reasons", "monitoring")
_REFERENCE = re.compile(r"\{([^{}\n]+)\}")
WHY, MEASURE = "偏差原因：", "改进措施："
WORDED = "定性"
_APART = re.compile(r"(?P<sign>[≥≤＞＜＝><=]?)(?P<value>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d\s]*)")


class Paper(NamedTuple):
    """What a form is filled from and how it prints: the assessed Evaluation, the form, the language of derivations.

    `only` are the paths that are asked for, None for all of them.
    """

    of: Assessment
    form: Form
    lang: str = "zh"
    only: Container[str] | None = None


class Row(NamedTuple):
    """A row of cells, its hidden key, whether a label beside the part leaves it out, and its lowest height in mm."""

    cells: list[Cell]
    key: str | None = None
    last: bool = False
    height: float = 0


def write(form: Form, of: Assessment, *, lang: str = "zh", version: str | None = None) -> Table:
    """Return the form filled in; every value cell carries the exact value and the path it came from.

    `version` is what the footer calls the state of the evaluation: by default the day that its data are of.
    """
    form = fitted(form, of.evaluation)
    paper = Paper(of, form, lang)
    rows = [row for part in form.layout for row in _part(part, paper)]
    subtitle = form.subtitle.format(year=of.evaluation.year)
    table = Table.of(
        [row.cells for row in rows],
        head_rows=_heads_of(form.layout[0]),
        caption="\n".join(filter(None, (form.title, subtitle))),
        widths=form.widths(),
        keys=tuple(row.key for row in rows),
        unit=form.money_unit if form.unit_line else None,
        landscape=form.landscape,
        name=form.title,
        heights=tuple(row.height for row in rows) if any(row.height for row in rows) else (),
        form=f"{form.id}/{form.version}",
    )
    if form.turned:
        table = _on_its_side(table)
    return replace(table, footer=footer(f"版本 {version}" if version else state(of), [table]))


def state(of: Assessment) -> str:
    """Return what a footer calls the state of an evaluation: the day that its data are of, else its year.

    While an error-level finding stands it is a draft.
    """
    since = dated(of.evaluation.as_of) if of.evaluation.as_of else f"{of.evaluation.year}年度"
    return f"{'草稿' if worst(of.findings) == 'error' else '版本'} {since}"


def dated(text: str) -> str:
    """Return a date as official documents print it, words that are none as they are.

    >>> dated("2024-06-30"), dated("6月底前")
    ('2024年6月30日', '6月底前')
    """
    said = day(text)
    return text if said is None or said.day is None else str(said)


def printed(form: Form, of: Assessment, only: Container[str] | None = None) -> dict[str, Cell]:
    """Return the cells of a filled form by the path that each one prints; what was split is one again.

    `only` are the paths that are asked for, None for all of them; the others may be missing.
    """
    form = fitted(form, of.evaluation)
    paper, found = Paper(of, form, only=only), dict[str, Cell]()
    for cell in (cell for part in form.layout for row in _part(part, paper) for cell in row.cells):
        if cell.bind is None:
            continue
        path, _, piece = cell.bind.partition("#")
        before = found.get(path)
        split = bool(piece) and before is not None
        found[path] = replace(before, text=joined(before.text, cell.text)) if split and before else cell
    return found


def _part(part: Line | Block | Aside, paper: Paper) -> list[Row]:
    if isinstance(part, Line):
        return [Row([_line_cell(cell, paper) for cell in part.cells], height=part.height)]
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
    """Return the head row, a row for each thing the block runs over (a blank one for nothing), and the total row."""
    items = part.items(paper.of)
    rows = _heads(part)
    seen: set[str] = set()
    total_first = items and items[0].derived is not None and items[0].derived.key == part.total_label
    for number, item in enumerate(items, 0 if total_first else 1):
        cells = []
        for column in part.columns:
            if column.kind == "group":
                cells += _group_cell(part, column, item, items, seen)
            else:
                cells.append(_item_cell(part, column, item, number, paper))
        rows.append(Row(cells, item.path))
    if not items:
        rows.append(Row([Cell("") for _ in part.columns]))
    if part.total:
        rows.append(Row(_total(part, paper), last=True))
    return rows


def _on_its_side(table: Table) -> Table:
    """Return the table with the names of what the block runs over as its heads."""
    names, *rows = table.turned().grid
    heads = tuple(cell and replace(cell, head=True, align="center") for cell in names)
    body = (tuple(cell and replace(cell, align="right" if cell.hint else cell.align) for cell in row) for row in rows)
    return replace(table.turned(), grid=(heads, *body), head_rows=1, landscape=False)


def _heads_of(part: Part) -> int:
    """Return how many rows of heads a form begins with."""
    return len(_heads(part)) if isinstance(part, Block) else 0


def _heads(part: Block) -> list[Row]:
    """Return the row of heads, or two where some stand below a head that they share."""
    if not any(column.over for column in part.columns):
        return [Row([Cell(column.head, head=True) for column in part.columns])]
    upper: list[Cell] = []
    for over, columns in groupby(part.columns, lambda column: column.over):
        named = list(columns)
        upper += [Cell(over, cols=len(named), head=True)] if over else [Cell(one.head, 2, head=True) for one in named]
    return [Row(upper), Row([Cell(column.below(), head=True) for column in part.columns if column.over])]


def _item_cell(part: Block, column: Column, item: Item, number: int, paper: Paper) -> Cell:
    """Return the cell of one row in one column."""
    if column.kind == "number":
        return Cell(str(number or ""))
    if column.kind == "blank":
        return Cell("")
    if item.node is not None and column.kind == "leaf":
        return _named_cell(part, column.path.format(code=item.node.code), item.node)
    if item.derived is not None:
        name = column.path.removeprefix("{row}/")
        path = item.derived.stored.get(name) or f"{item.path}/{name}"
        return _shown(item.derived.values.get(name), path, column, paper)
    code = item.node.code if item.node is not None else ""
    cell = cell_of(column.path.format(code=code, row=item.path), column.kind, column.places, paper)
    if column.piece is None:
        return cell
    return replace(cell, text=pieces(cell.text)[column.piece], bind=f"{cell.bind}#{column.piece}")


def _group_cell(part: Block, column: Column, item: Item, items: list[Item], seen: set[str]) -> list[Cell]:
    """Return a group's merged cell on its first row, nothing on the rows it covers, a blank where it is missing."""
    level = level_of(column)
    if len(item.above) < level:
        return [Cell("")]
    group = item.above[level - 1]
    path = f"{part.role}/{group.code}"
    if path in seen:
        return []
    seen.add(path)
    return [replace(_named_cell(part, path, group), rows=sum(1 for other in items if group in other.above))]


def pieces(text: str) -> dict[str, str]:
    """Return sign, value and unit of a printed target; words are 定性, and what does not come apart is all value.

    >>> pieces("≥41万人"), pieces("有效减轻")
    ({'sign': '≥', 'value': '41', 'unit': '万人'}, {'sign': '定性', 'value': '有效减轻', 'unit': ''})
    """
    apart = _APART.fullmatch(text)
    if apart:
        return {"sign": apart["sign"] or "", "value": apart["value"], "unit": apart["unit"]}
    worded = bool(text) and not re.search(r"\d", text) and not is_placeholder(text)
    return {"sign": WORDED if worded else "", "value": text, "unit": ""}


def joined(*parts: str) -> str:
    """Return what pieces that stand in columns of their own say together."""
    return "".join(part for part in parts if part != WORDED)


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
    """Return the cell that prints the value at a path, a blank one where it is not asked for."""
    if paper.only is not None and path not in paper.only:
        return Cell("")
    value = _standing(path, paper.of)
    if kind == "process":
        return Cell(_process(path, value, paper), bind=path, align="left")
    return _shown(value, path, Column("", path, kind, places=places), paper)


def _shown(value: Any, path: str, column: Column, paper: Paper) -> Cell:
    """Return the cell that prints a value in a column."""
    kind, places = column.kind, column.places
    align: Align = "left" if kind in _LEFT else "center"
    figure = value.value if kind == "rate" and isinstance(value, Actual) else value
    if isinstance(figure, Figure) and kind in ("points", "rate", "money"):
        return _number(figure, kind, places, path, paper.form)
    if value is None:
        missing = paper.form.style.no_rate if kind == "rate" else EMPTY if kind in _DASHED else ""
        return Cell(missing, bind=path, align=align)
    said = _quoting(value, paper.of) if path.startswith("texts/") else _said(value, kind, paper.lang)
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
    weight = section.weight()
    return section.rate() if name == "score_rate" else points(weight) if weight is not None else None


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


def _said(value: Any, kind: Kind, lang: str) -> str:
    if kind == "date":
        return dated(value)
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


def _unrounded(actual: Actual) -> str:
    """Return an actual value as tables print it, behind it what was rounded so: the derivation computes with that."""
    exact, shown = str(actual.value), str(actual)
    return shown if exact == shown else f"{shown}（修约前 {exact}）"


def _process(path: str, steps: Any, paper: Paper) -> str:
    """Return the scoring process: the actual value, its derivation, and the points it ends in."""
    code = path.split("/")[1]
    actual, score = paper.of.actuals.get(code), published(paper.of, path.replace("/process", "/score"))
    said = [f"业绩值 {_unrounded(actual)}"] if actual is not None else []
    said += [step.text(paper.lang) for step in steps or ()]
    said += [f"根据评价标准得 {score} 分"] if score is not None else []
    return "；".join(said) + ("。" if said else "")
