"""指标表: tables with one indicator a row, whatever their columns are called and in whatever order they stand.

The heads are those of every registered form and of `heads.yaml`. Gives for each indicator its weight, score, rate,
target, actual value and reason, and for groups and the whole their weights and scores, with what they say together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jixiao.figures.actual import Echo
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.figure import Figure
from jixiao.figures.target import Target
from jixiao.figures.target_notation import measure_of
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.units import BARE, unit
from jixiao.review.recognising.heads import head_text, roles_of, turned_down
from jixiao.review.recognising.material import Grid, Material, is_number
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.documents.document import Cell
    from jixiao.figures.actual import Value
    from jixiao.figures.unread import Unread

_TOTAL = re.compile(r"(总分|合计|总计|总得分|综合得分|得分合计|总分值|总评分)")
_SECTIONS = re.compile("决策|过程|管理|绩效|产出|效益|满意|成本|投入|效果|完成指标|可持续")
_FOOT = re.compile(
    r"(填[写报表制](单位|部门|人|日期|时间)?|联系人|联系电话|审核人|复核人|经办人|制表人|(单位|部门|项目)?负责人|盖章|日期)([（(\d].*)?"
)
_SUBTOTAL = re.compile(r"小计")
_WEIGHTED = re.compile(r"[（(]\s*(?P<weight>\d+(?:\.\d+)?)\s*分?\s*[）)]$")
_CODE = re.compile(r"^(?P<code>[A-Z]\d{0,4})(?=\D)")
_FORM = 40  # blocks that one form takes at most between its funds and its indicators, where it was read in pieces
_FUNDS = re.compile(r"(年初|全年|调整后)?预算数|全年执行数|执行数|预算执行率|执行率")


@dataclass(eq=False)
class Indicator:
    """One row: its names, its claims by kind, and the target and actual value as they were read."""

    name: str
    row: int
    groups: tuple[str, str]
    claims: dict[str, Claim] = field(default_factory=dict)
    target: Target | Unread | None = None
    actual: Value | None = None
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    code: str = ""


@dataclass(eq=False)
class ScoreTable:
    """A recognised table: its indicators, group weights named in brackets, totals, the execution row of the funds."""

    grid: Grid
    roles: dict[str, int]
    indicators: list[Indicator]
    total: dict[str, Claim]
    execution: dict[str, Claim]
    stated: dict[str, Claim]
    trusted_groups: bool
    subtotals: list[tuple[str, dict[str, Claim], tuple[Indicator, ...]]]
    pending: str = ""
    borrowed: bool = False  # whether the execution row stands in the table before
    unread: bool = False  # whether an execution row stands before it and could not be read
    among_loose: bool = False  # whether the document holds pieces of tables that could not be read


def borrow(table: ScoreTable, before: Grid | None, laid: Material) -> None:
    """Give a table without an execution row the one that stands before it, or the mark that it could not be read."""
    table.among_loose = bool(laid.loose)
    if table.execution:
        return
    near = range(table.grid.block - _FORM, table.grid.block)
    found = _execution(before, 0, len(before.rows)) if before is not None and before.block in near else {}
    if "score" in found:
        table.execution, table.borrowed = found, True
    elif any(passage.block in near for passage in laid.loose):
        said = (passage for passage in (*laid.loose, *laid.passages) if passage.block in near)
        pieces = "".join(passage.text for passage in said if "。" not in passage.text)
        table.unread = "执行率" in pieces and "得分" in pieces


def recognise(grid: Grid) -> list[ScoreTable]:
    """Return the indicator tables in a grid: one, or several under one another, or none."""
    turned = turned_down(grid)
    if turned is not None:
        grid = turned
    starts = [(row, roles) for row in range(len(grid.rows)) if (roles := roles_of(grid, row)) is not None]
    distinct: list[tuple[int, dict[str, int]]] = []
    for row, roles in starts:
        if not distinct or roles != distinct[-1][1]:
            distinct.append((row, roles))
    found = []
    for number, (row, roles) in enumerate(distinct):
        end = distinct[number + 1][0] if number + 1 < len(distinct) else len(grid.rows)
        begin = distinct[number - 1][0] if number else 0
        table = _read(grid, row, end, roles, begin)
        if table.indicators:
            found.append(table)
    return found


def _read(grid: Grid, head: int, end: int, roles: dict[str, int], begin: int) -> ScoreTable:
    table = ScoreTable(grid, roles, [], {}, {}, {}, _trusted(grid, head, end, roles), [])
    groups = ["", ""]
    since, closed = 0, False
    for row in range(head + 1, end):
        if roles_of(grid, row) is not None:
            continue
        label = _label(grid, row, roles)
        if _TOTAL.fullmatch(label):
            table.total |= _totals(grid, row, roles)
            closed = bool(table.indicators)
        elif _FOOT.fullmatch(label) or _one_cell(grid, row, roles) or (closed and not _marked(grid, row, roles)):
            continue
        elif _SUBTOTAL.search(label):
            claims = _totals(grid, row, roles)
            table.subtotals.append((groups[0], claims, tuple(table.indicators[since:])))
            since = len(table.indicators)
        else:
            shift = _shift(grid, row, roles)
            table.roles = {role: at + shift for role, at in roles.items() if 0 <= at + shift < grid.width()}
            _take(table, row, groups)
    table.roles = roles
    table.execution |= _execution(grid, begin, head)
    return table


def _trusted(grid: Grid, head: int, end: int, roles: dict[str, int]) -> bool:
    """Return whether group names stand in the first row of their group, as they do where spans are known."""
    at = roles.get("level1")
    rows = [
        row
        for row in range(head + 1, end)
        if roles_of(grid, row) is None and not _TOTAL.fullmatch(_label(grid, row, roles))
    ]
    first = next((row for row in rows if grid.text(row, roles["level3"])), None)
    if at is None or first is None or not grid.text(first, at):
        return False
    spanned = any((cell := grid.cell(row, at)) is not None and cell.rows > 1 for row in rows)
    return spanned or all(
        _SECTIONS.search(grid.text(row, at)) for row in rows if grid.text(row, at) and grid.text(row, roles["level3"])
    )


def _shift(grid: Grid, row: int, roles: dict[str, int]) -> int:
    """Return by how many columns a row that lost or gained leading cells in plain text stands beside its heads."""
    for step in (0, -1, 1, -2, 2):
        name, weight, score = (roles.get(role, -9) + step for role in ("level3", "weight", "score"))
        target = roles.get("target", -9) + step
        if not grid.text(row, name) or is_number(grid.text(row, name)) or not 0 <= name < grid.width():
            continue
        if "weight" in roles and "score" in roles:
            full, awarded = grid.figure(row, weight, "weight"), grid.figure(row, score, "score")
            if full is not None and awarded is not None:
                return step
        elif target >= 0 and grid.text(row, target):
            return step
    return 0


def _marked(grid: Grid, row: int, roles: dict[str, int]) -> bool:
    """Return whether a row below the total gives marks; explanations that follow a total give none."""
    return any(grid.figure(row, roles[role], role) is not None for role in ("weight", "score") if role in roles)


def _one_cell(grid: Grid, row: int, roles: dict[str, int]) -> bool:
    """Return whether one cell runs over all columns of a row that matter, as notes below a table do."""
    cells = [grid.cell(row, at) for role, at in roles.items() if role not in ("level1", "level2")]
    return len(cells) > 1 and cells[0] is not None and all(cell is cells[0] for cell in cells)


def _label(grid: Grid, row: int, roles: dict[str, int]) -> str:
    """Return the first text of a row that begins there, not in a cell that spans down from above."""
    for at in range(grid.width()):
        cell = grid.cell(row, at)
        if cell is not None and grid.text(row, at) and not (row and grid.cell(row - 1, at) is cell):
            return re.sub(r"[\s:：》]", "", grid.text(row, at))
    return ""


def _totals(grid: Grid, row: int, roles: dict[str, int]) -> dict[str, Claim]:
    """Return the figures of a total row: by column, or in order where the row lost its spans."""
    wanted = [role for role in ("weight1", "weight2", "weight", "score", "score_rate", "deduction") if role in roles]
    found = {role: grid.figure(row, roles[role], role) for role in wanted}
    if all(claim is not None for claim in found.values()):
        return {role: claim for role, claim in found.items() if claim is not None}
    seen: set[int] = set()
    figures = []
    for column in range(grid.width()):
        claim = grid.figure(row, column, "score")
        if claim is not None and id(claim) not in seen:
            seen.add(id(claim))
            figures.append((column, claim))
    ordered = sorted(wanted, key=lambda role: roles[role])
    if len(figures) == len(ordered):
        return {role: claim for role, (_, claim) in zip(ordered, figures, strict=True)}
    return {role: claim for role, claim in found.items() if claim is not None}


def _take(table: ScoreTable, row: int, groups: list[str]) -> None:
    grid, roles = table.grid, table.roles
    _enter(table, row, groups)
    name = grid.text(row, roles["level3"])
    claims: dict[str, Claim] = {
        role: claim
        for role in ("weight", "score", "score_rate", "completion", "deviation", "deduction")
        if role in roles and (claim := grid.figure(row, roles[role], role)) is not None
    }
    texts = {role: grid.text(row, at) for role, at in roles.items()}
    if "score_rate" in claims and not _possible(claims["score_rate"]):
        return
    if not claims and not texts.get("target") and not texts.get("actual"):
        _go_on(table, name, texts)
        return
    if table.pending and not _CODE.match(name):
        name = table.pending + name
    table.pending = ""
    if not name:
        return
    code = _CODE.match(name)
    indicator = Indicator(
        _WEIGHTED.sub("", name[code.end() :] if code else name),
        row,
        (groups[0], groups[1]),
        claims,
        texts=texts,
        code=code["code"] if code else "",
        cells={role: cell for role, at in roles.items() if (cell := grid.cell(row, at)) is not None},
    )
    _measures(indicator, grid, roles)
    if "weight" not in claims and (named := _WEIGHTED.search(name)) and (cell := indicator.cells.get("level3")):
        read = read_points(named["weight"])
        place = replace(cell.place, quote=cell.text) if cell.place else None
        claims["weight"] = Claim("weight", indicator.name, None, (read.num, read.den, ""), read, named["weight"], place)
    table.indicators.append(indicator)


def _enter(table: ScoreTable, row: int, groups: list[str]) -> None:
    """Keep the groups that begin in a row, with the weights that they state."""
    for level, role in enumerate(("level1", "level2")):
        text = table.grid.text(row, table.roles[role]) if role in table.roles else ""
        if text and text != groups[level]:
            groups[level] = text
            if level == 0:
                groups[1] = ""
            _stated(table, row, table.roles[role], text)
            _stated_beside(table, row, f"weight{level + 1}", text)


def _go_on(table: ScoreTable, name: str, texts: dict[str, str]) -> None:
    """Take a row without figures as the rest of a name or of an explanation, or as the beginning of a name."""
    if name and _CODE.match(name):
        table.pending = name
    elif name and table.pending:
        table.pending += name
    elif name and table.indicators and not any(text for role, text in texts.items() if role != "level3"):
        table.indicators[-1].name += name
    elif table.indicators and texts.get("process"):
        table.indicators[-1].texts["process"] = table.indicators[-1].texts.get("process", "") + texts["process"]


def _possible(rate: Claim) -> bool:
    """Return whether a score rate can be one: a percentage, or a bare number up to 100."""
    assert rate.figure is not None
    return rate.figure.unit.name == "%" or 0 <= rate.figure.num <= 100 * rate.figure.den


def _stated(table: ScoreTable, row: int, column: int, text: str) -> None:
    """Keep the weight that a group names in brackets (A1 项目立项（7）)."""
    match = _WEIGHTED.search(text)
    cell = table.grid.cell(row, column)
    if match is None or cell is None:
        return
    read = read_points(match["weight"])
    place = replace(cell.place, quote=cell.text) if cell.place else None
    key = _CODE.match(text)
    table.stated[key["code"] if key else text] = Claim(
        "weight", text, None, (read.num, read.den, ""), read, match["weight"], place, text
    )


def _stated_beside(table: ScoreTable, row: int, role: str, text: str) -> None:
    """Keep the weight that stands in a column of its own beside a group."""
    at = table.roles.get(role)
    claim = table.grid.figure(row, at, "weight") if at is not None else None
    if claim is not None:
        code = _CODE.match(text)
        table.stated.setdefault(code["code"] if code else text, claim)


def read_points(text: str) -> Figure:
    """Return points as a figure."""
    from jixiao.figures.figure import figure  # noqa: PLC0415

    return figure(text)


def _measures(indicator: Indicator, grid: Grid, roles: dict[str, int]) -> None:
    spelt = indicator.texts.get("target", "")
    if spelt:
        expected = unit(indicator.texts["unit"]) or BARE if indicator.texts.get("unit") else BARE
        sign = indicator.texts.get("sign", "")
        indicator.target = read_target(f"{sign}{spelt}" if sign in "≥≤=><＝" and sign else spelt, expected=expected)
        _measured(indicator, grid, roles, "target", BARE)
    spelt = indicator.texts.get("actual", "")
    if spelt:
        indicator.actual = read_actual(spelt, indicator.target)
        _measured(indicator, grid, roles, "actual", measure_of(indicator.target))


def _measured(indicator: Indicator, grid: Grid, roles: dict[str, int], role: str, lent: object) -> None:
    """Add the claim of a target's or an actual value's figure."""
    cell = grid.cell(indicator.row, roles[role])
    value = indicator.target if role == "target" else indicator.actual
    if isinstance(value, Echo):  # it measures nothing, and yet it is printed and has to stand so elsewhere
        value = read_target(value.spelt)
    shown = value.figure() if isinstance(value, Target) else value
    if cell is None or not isinstance(shown, Figure):
        return
    text = grid.text(indicator.row, roles[role])
    place = replace(cell.place, quote=cell.text.strip()[:60]) if cell.place else None
    indicator.claims[role] = Claim(
        role, indicator.name, None, (shown.num, shown.den, shown.unit.base), replace(shown, spelt=text), text, place
    )


def _execution(grid: Grid, begin: int, head: int) -> dict[str, Claim]:
    """Return weight, score, rate, budget and executed of the funds row above the indicators."""
    for row in range(begin, head):
        names = [head_text(grid.text(row, column)) for column in range(grid.width())]
        if not any("执行率" in name for name in names) or not any(name in ("分值", "得分", "权重") for name in names):
            continue
        for below in range(row + 1, head):
            if not any("总额" in grid.text(below, column) or "合计" in grid.text(below, column) for column in range(3)):
                continue
            return _by_head(grid, below, names)
    return _labelled(grid, begin, head)


_LABELS = {
    "分值": "weight",
    "权重": "weight",
    "得分": "score",
    "执行率": "rate",
    "预算执行率": "rate",
    "执行数": "executed",
}


def _labelled(grid: Grid, begin: int, head: int) -> dict[str, Claim]:
    """Return the same of a form that gives each of them in the cell beside its label."""
    found: dict[str, Claim] = {}
    for row in range(begin, head):
        for column in range(grid.width() - 1):
            name = head_text(grid.text(row, column))
            kind = "budget" if re.fullmatch(r"(全年|调整后)?预算数", name) else _LABELS.get(name)
            beside = next(
                (at for at in range(column + 1, grid.width()) if grid.cell(row, at) is not grid.cell(row, column)), 0
            )
            claim = grid.figure(row, beside, kind) if kind is not None and beside else None
            if kind is not None and claim is not None:
                found.setdefault(kind, claim)
    return found if {"weight", "score", "rate"} <= found.keys() else {}


def _by_head(grid: Grid, row: int, names: list[str]) -> dict[str, Claim]:
    kinds = (
        ("weight", "分值"),
        ("weight", "权重"),
        ("score", "得分"),
        ("rate", "执行率"),
        ("executed", "执行数"),
        ("budget", "全年预算"),
        ("budget", "调整后预算"),
        ("budget", "预算数"),
        ("budget", "年初预算"),
    )
    found: dict[str, Claim] = {}
    for kind, word in kinds:
        for column, name in enumerate(names):
            if kind not in found and word in name and (kind != "executed" or "率" not in name):
                claim = grid.figure(row, column, kind)
                if claim is not None:
                    found[kind] = claim
    return found
