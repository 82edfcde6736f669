"""找格子: where in somebody else's workbook the values of an evaluation belong, and which of them belong nowhere.

A place is found as a filled-in form is read: by the form's heads and labels, and a row by its code or its names. What a
template calls otherwise is said by a `Wording`. Rows left blank for indicators are given to those that no row names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Cell, Table
from jixiao.figures.notation import clean, is_placeholder
from jixiao.findings import Finding, Message, Place
from jixiao.forms.entries import settled
from jixiao.forms.form import by_rule
from jixiao.forms.read import read
from jixiao.forms.recognise import Match, anchors, head_text, names_of, recognise
from jixiao.forms.said_unit import MONEY_UNIT
from jixiao.forms.write import level_of, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jixiao.evaluation.assess import Assessment
    from jixiao.forms.form import Block, Column, Form
    from jixiao.forms.read import Reading
    from jixiao.indicators.indicator import Group
    from jixiao.indicators.system import System

_LABELS = 3  # of a form's labels that show a sheet without its repeated block to be that form


@dataclass(frozen=True, slots=True)
class Wording:
    """What a template says in its own words.

    `cells` are paths by `sheet!cell`, `rows` are codes by what stands anywhere in a row (a hidden key, a name), `heads`
    are a form's heads and labels by the template's.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)


class Spot(NamedTuple):
    """A cell that a value belongs to: its path, the cell that we print for it, where it is, and what stands there."""

    path: str
    ours: Cell
    place: Place
    standing: str


class Placing(NamedTuple):
    """What belongs where, what belongs nowhere, and the unit that the sheet says its amounts are in (None: none)."""

    form: Form
    spots: list[Spot]
    findings: list[Finding]
    money: str | None


def placed(forms: Sequence[Form], table: Table, of: Assessment, wording: Wording) -> Placing | None:
    """Return the spots of one sheet; None where it is no form that is known."""
    table = _worded(table, of, wording)
    met = recognise(forms, table) or _by_labels(forms, table)
    if met is None:
        return None
    form, match = met
    block = form.block()
    system = of.evaluation.system(block.role) if block else None
    table = table.turned() if match.turned else table
    match = match._replace(turned=False)
    table, apart = _elsewhere(table, block, match, system)
    table = _with_blanks_named(table, block, match, system)
    reading = _with_entries(of, form, read(form, table, match, system))
    names = _row_names(of, block)
    ours = {path: cell for path, cell in printed(form, of).items() if cell.text.strip() and path not in names}
    spots = [
        Spot(path, ours[path], cell.place, cell.text) for path, cell in apart if path in ours and cell.place is not None
    ]
    spots += [
        Spot(path, ours[path], place, _standing(table, place, reading, path))
        for path, place in _cells(reading, form, of)
        if path in ours and place.row is not None
    ]
    there = {spot.path for spot in spots}
    nowhere = [
        _nowhere(path, cell, table) for path, cell in ours.items() if path not in there and _is_value(path, cell)
    ]
    unknown = [_unknown(found) for found in reading.findings]
    return Placing(form, spots, [*unknown, *nowhere], _money(table, match))


def _with_entries(of: Assessment, form: Form, reading: Reading) -> Reading:
    """Return the reading with computed rows under the paths of what their names mean, too."""
    block = form.block()
    if block is None or block.derive is None:
        return reading
    meant = settled(of, form, reading)[1]
    values, places = {**reading.values, **meant.values}, {**reading.places, **meant.places}
    return reading._replace(values=values, places=places)


def _row_names(of: Assessment, block: Block | None) -> set[str]:
    """Return the paths of the names of computed rows: a table is known by them, they are not filled in."""
    if block is None or block.derive is None:
        return set()
    return {block.naming().path.format(row=item.path) for item in block.items(of)}


def _cells(reading: Reading, form: Form, of: Assessment) -> Iterator[tuple[str, Place]]:
    """Yield the places that were read, the name of an indicator under the path that a form binds it to."""
    block = form.block()
    derived = [(item.path, item.derived) for item in block.items(of) if item.derived is not None] if block else []
    kept = {f"{path}/{name}": stored for path, row in derived for name, stored in row.stored.items()}
    for read_at, place in reading.places.items():
        path = kept.get(read_at, read_at)
        bound = path.removesuffix("/name")
        if read_at in kept:
            yield path, place
            continue
        yield (bound if block and bound != path and bound.count("/") == 1 else path), place


def _standing(table: Table, place: Place, reading: Reading, path: str) -> str:
    said = next((cell.text for _, _, cell in table.cells() if cell.place == place), "")
    return "" if said.startswith(_GIVEN) else said


def _is_value(path: str, cell: Cell) -> bool:
    """Return whether a printed cell is missed where a template has no room for it: groups and dashes are not."""
    role, _, rest = path.partition("/")
    named = role in ("scored", "declared") and not cell.hint and (rest.count("/") == 0 or rest.endswith("/name"))
    return not is_placeholder(clean(cell.text)) and not named


def _nowhere(path: str, cell: Cell, table: Table) -> Finding:
    said = Message(
        "fill.nowhere", {"path": path, "value": cell.text.replace("\n", " ")[:60], "sheet": table.name or ""}
    )
    return Finding("fill_nowhere", "warning", said, Message("fill.nowhere.remedy"), (path,), printed=cell.text)


def _unknown(found: Finding) -> Finding:
    """Return what did not fit in reading, as what it means for filling: the row stays as it is."""
    if found.check != "unknown_row":
        return replace(found, severity="warning")
    said, remedy = Message("fill.unknown_row", {"name": found.printed}), Message("fill.unknown_row.remedy")
    return replace(found, check="fill_unknown_row", severity="warning", because=said, remedy=remedy)


_GIVEN = "\u2063"  # before a name that we put into a blank row to be read


def _worded(table: Table, of: Assessment, wording: Wording) -> Table:
    """Return the table with its own words for heads, labels and rows replaced by ours."""
    heads = {head_text(name): ours for name, ours in wording.heads.items()}
    codes = {node.code: node.name for system in of.evaluation.systems for node, _ in system.walk()}
    keys = {clean(key): code for key, code in wording.rows.items()}
    grid = []
    for row in table.grid:
        named = next((keys[clean(cell.text)] for cell in row if cell and clean(cell.text) in keys), None)
        line = [
            replace(cell, text=heads[head_text(cell.text)]) if cell and head_text(cell.text) in heads else cell
            for cell in row
        ]
        grid.append(tuple(line))
        if named in codes:
            table = replace(table, keys=(*table.keys, *(None,) * (len(grid) - 1 - len(table.keys)), f"/{named}"))
    return replace(table, grid=tuple(grid))


def _elsewhere(
    table: Table, block: Block | None, match: Match, system: System | None
) -> tuple[Table, list[tuple[str, Cell]]]:
    """Return the cells of rows on the indicator that our form prints in its head, and the table without their names."""
    code = by_rule(system, block.without) if block and system and block.without else None
    node = system.find(code) if system and code else None
    if block is None or system is None or node is None:
        return table, []
    leaf = block.naming()
    groups = {clean(group.name) for other, above in system.walk() if other.code == code for group in above}
    grid, found = [list(row) for row in table.grid], []
    for number, row in enumerate(table.filled()[match.head_row + 1 :], match.head_row + 1):
        cell = row[match.columns[leaf.head]]
        beside = {clean(other.text) for other in row if other is not None}
        if cell is None or clean(cell.text) != clean(node.name) or (groups and not groups & beside):
            continue
        grid[number][match.columns[leaf.head]] = replace(cell, text="")
        at = {column: row[match.columns[column.head]] for column in block.columns if column.head in match.columns}
        found += [(column.path.format(code=code), other) for column, other in at.items()
                  if other is not None and column.kind not in ("group", "leaf")]  # fmt: skip
    return replace(table, grid=tuple(map(tuple, grid))), found


def _by_labels(forms: Sequence[Form], table: Table) -> tuple[Form, Match] | None:
    """Return the form most of whose labels stand in a sheet that has no repeated block."""
    said = {head_text(cell.text) for _, _, cell in table.cells()}
    best: tuple[int, Form] | None = None
    for form in forms:
        labels = {label for anchor in anchors(form) for label in (anchor.left, anchor.above) if label is not None}
        count = sum(1 for label in labels if names_of(label) & said)
        if count >= _LABELS and (best is None or count > best[0]):
            best = (count, form)
    return (best[1], Match(len(table.grid), {}, 0)) if best else None


def _with_blanks_named(table: Table, block: Block | None, match: Match, system: System | None) -> Table:
    """Return the table with the indicators that no row names in its blank rows, marked as put there by us."""
    if block is not None and not block.of_system():
        return table
    if block is None or match.head_row >= len(table.grid):
        empty: tuple[Cell | None, ...] = tuple(Cell("") for _ in (table.grid[0] if table.grid else ()))
        return replace(table, grid=(*table.grid, empty)) if table.grid else table
    leaf = block.naming()
    at = match.columns[leaf.head]
    rows = table.filled()
    texts = {clean(cell.text) for row in rows[match.head_row + 1 :] for cell in row if cell}
    known = texts | {(key or "").partition("/")[2] for key in table.keys}
    left = [pair for pair in block.nodes(system) if not {clean(pair[0].name), pair[0].code} & known]
    grid = [list(row) for row in table.grid]
    keys = [*table.keys, *(None,) * (len(grid) - len(table.keys))]
    for number in range(match.head_row + 1, len(grid)):
        cell = grid[number][at] if at < len(grid[number]) else None
        blank = not any(other.text.strip() for other in grid[number] if other is not None)
        if left and cell is not None and blank and keys[number] is None:
            node, above = left.pop(0)
            grid[number][at] = replace(cell, text=_GIVEN + node.name)
            keys[number] = f"{block.role}/{node.code}"
            for column in block.columns:
                beside = grid[number][match.columns[column.head]] if column.head in match.columns else None
                for group in _group(column, above):
                    if beside is not None:
                        grid[number][match.columns[column.head]] = replace(beside, text=_GIVEN + group.name)
    return replace(table, grid=tuple(map(tuple, grid)), keys=tuple(keys))


def _group(column: Column, above: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return the group that a column names, of those above an indicator; nothing for another column."""
    return above[level_of(column) - 1 : level_of(column)] if column.kind == "group" else ()


def _money(table: Table, match: Match) -> str | None:
    """Return the unit that stands above the block, of the sheet or behind a label of amounts."""
    for row in table.grid[: match.head_row + 1]:
        for cell in row:
            found = MONEY_UNIT.search(cell.text.replace("\n", "")) if cell is not None else None
            if found:
                return found[1]
    return None
