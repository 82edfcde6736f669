"""读表: a filled-in form back to values by path, with the place of each; what does not fit is a finding.

A row is known by the hidden key we wrote, else by its printed code, else by its names. A field is known by the label
left of it and the head above it, wherever in the table they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.notation import clean, is_placeholder
from jixiao.figures.unread import Unread
from jixiao.findings import Finding, Message, Place
from jixiao.forms import own
from jixiao.forms.form import Label, Line, completed
from jixiao.forms.recognise import KEY_HEAD, Match, anchors, head_text, names_of
from jixiao.forms.said_unit import in_said_unit
from jixiao.forms.write import joined, level_of

if TYPE_CHECKING:
    from jixiao.documents.document import Cell, Table
    from jixiao.forms.form import Block, Column, Form, Kind
    from jixiao.forms.recognise import Anchor
    from jixiao.indicators.system import System

NEW = "+"
_CODE = r"[A-Z]\d{0,4}|\d{1,3}(?:\.\d{1,3})*"
_WEIGHT = re.compile(r"(?P<name>.+?)\s*[（(](?P<weight>\d+(?:\.\d+)?)分?[）)]", re.DOTALL)
_APART = re.compile(rf"\s*(?P<code>{_CODE})\s+(?P<name>\S.*)", re.DOTALL)
_TOGETHER = re.compile(rf"(?P<code>{_CODE})(?P<name>\D.*)", re.DOTALL)


class Named(NamedTuple):
    """What a cell that names a node says: its code, its name and the weight printed behind it."""

    code: str
    name: str
    weight: str | None


class Reading(NamedTuple):
    """What was read: texts, places and kinds by path, the node above each node, and what did not fit."""

    values: dict[str, str]
    places: dict[str, Place]
    within: dict[str, str]
    findings: list[Finding]
    kinds: dict[str, Kind]

    def take(self, path: str, text: str, kind: Kind, cell: Cell) -> None:
        """Keep what a cell says at a path; what was read first stands. A cell that could not be read is a finding."""
        if path in self.places:
            return
        self.places[path] = cell.place or Place(quote=cell.text)
        if isinstance(cell.value, Unread) and not text:
            said = {"printed": cell.value.spelt, "why": cell.value.why}
            self.findings.append(own.finding("form.unread", "error", cell, **said))
        else:
            self.values[path], self.kinds[path] = text, kind


class _Row(NamedTuple):
    """What a row is about: the code of its indicator, what its name says, the groups above it by level."""

    code: str
    said: Named
    above: dict[int, Named]


class _Rows(NamedTuple):
    """What the rows of a table are read by: the block, where its columns stand, the system that they belong to."""

    block: Block
    match: Match
    system: System | None

    def leaf(self) -> Column:
        """Return the column that names what a row is about."""
        return self.block.naming()

    def cell(self, column: Column, row: list[Cell | None]) -> Cell | None:
        """Return the cell of a row in a column of the form, or None where the table has no such column."""
        at = self.match.columns.get(column.head)
        return row[at] if at is not None and at < len(row) else None


def read(form: Form, table: Table, match: Match, system: System | None = None) -> Reading:
    """Read a recognised table; with a `system`, rows are matched to its codes and unknown rows are findings."""
    reading = Reading({}, {}, {}, [], {})
    block = form.block()
    assert block is not None
    table = table.turned() if match.turned else table
    rows = table.filled()
    match, odd = own.columns(form, rows, match)
    reading.findings.extend(odd)
    _take_fields(form, rows, match, system, reading)
    heads = [head_text(cell.text) if cell else "" for cell in rows[match.head_row]]
    key_at = heads.index(KEY_HEAD) if KEY_HEAD in heads else None
    reader = _Rows(block, match, system)
    signs = _signs(form)
    groups: dict[int, Named] = {}
    for at, row in enumerate(rows[match.head_row + 1 :], match.head_row + 1):
        texts = [clean(cell.text) if cell else "" for cell in row]
        if not any(texts) or _is_head(reader, row) or any(signs.fullmatch(text) for text in texts):
            continue
        if _is_total(reader, texts):
            _take_totals(reader, row, reading)
            break
        key = _key(table, at, row[key_at] if key_at is not None else None)
        if not block.of_system():
            _take_entry(reader, row, key, reading)
            continue
        groups = _groups(reader, row, groups)
        _take_row(reader, row, groups, key.partition("/")[2], reading)
    return in_said_unit(form, table, match, reading)


def named(text: str) -> Named:
    """Return the code, name and weight that a cell such as `A1 项目立项（7）` says; code is the name where none stands.

    >>> named("A1 项目立项 (7)"), named("产出指标")
    (Named(code='A1', name='项目立项', weight='7'), Named(code='产出指标', name='产出指标', weight=None))
    >>> named("C205基金结余")[:2], named("2024年报表")[:2]
    (('C205', '基金结余'), ('2024年报表', '2024年报表'))
    """
    coded = _APART.fullmatch(text) or _TOGETHER.fullmatch(clean(text))
    name = clean(coded["name"] if coded else text).replace("\n", "")
    weighted = _WEIGHT.fullmatch(name)
    if weighted:
        name = weighted["name"]
    return Named(coded["code"] if coded else name.replace("/", "∕"), name, weighted["weight"] if weighted else None)


def _key(table: Table, at: int, cell: Cell | None) -> str:
    """Return the hidden key of a row: in a column of its own, or kept beside the table."""
    return cell.text.strip() if cell is not None else (table.keys[at] or "" if at < len(table.keys) else "")


def _take_fields(
    form: Form, rows: list[list[Cell | None]], match: Match, system: System | None, reading: Reading
) -> None:  # fmt: skip
    """Read the lines above and below the block: each field where its label's row meets its head's column."""
    over, under = rows[: match.head_row], rows[match.head_row + 1 :]
    labels = {name for anchor in anchors(form) if anchor.left for name in names_of(anchor.left)}
    for anchor in anchors(form):
        field = anchor.field
        path = completed(field.path, system)
        cell = _field_cell(under if anchor.after else over, anchor, labels)
        if cell is None:
            continue
        if path is None:
            reading.findings.extend(_homeless(field.path, cell))
        else:
            reading.take(path, cell.text, field.kind, cell)
        if path is not None and path != field.path:
            subject = path.rpartition("/")[0]
            reading.within[subject] = subject.partition("/")[0]


def _homeless(path: str, cell: Cell) -> list[Finding]:
    """Find what stands in a field for an indicator that the evaluation does not have."""
    if is_placeholder(clean(cell.text)):
        return []
    return [own.finding("form.no_place", "error", cell, path=path, printed=cell.text)]


def _field_cell(rows: list[list[Cell | None]], anchor: Anchor, labels: set[str]) -> Cell | None:
    """Return the cell where the row of one label meets the column of the other; beside or below the only one."""
    left, above = anchor.left, anchor.above
    over = _found(rows, above) if above else None
    beside = _found(rows, left, below=over[0] if over else -1, again=anchor.again) if left else None
    if (above and not over) or (left and not beside):
        return None
    if over and beside:
        return rows[beside[0]][over[1]] if over[1] > beside[1] else None
    if beside:
        return _beside(rows[beside[0]][beside[1] :], labels)
    return _other([row[over[1]] for row in rows[over[0] :]]) if over else None


def _beside(cells: list[Cell | None], labels: set[str]) -> Cell | None:
    """Return the next cell; where it is blank, the one cell of the rest that says anything and is no label."""
    first = _other(cells)
    if first is None or first.text.strip():
        return first
    said = [cell for cell in cells if cell is not None and cell is not cells[0] and cell.text.strip()]
    alone = all(cell is said[0] for cell in said)
    return said[0] if said and alone and head_text(said[0].text) not in labels else first


def _other(cells: list[Cell | None]) -> Cell | None:
    """Return the first cell after the one that these begin with."""
    return next((cell for cell in cells if cell is not None and cell is not cells[0]), None)


def _found(rows: list[list[Cell | None]], label: Label, below: int = -1, again: int = 0) -> tuple[int, int] | None:
    """Return the row and column where a label stands first, below a row; further right where it stands `again`."""
    names = names_of(label)
    for at, row in enumerate(rows[below + 1 :], below + 1):
        met = [
            column
            for column, cell in enumerate(row)
            if cell is not None and cell is not (row[column - 1] if column else None) and head_text(cell.text) in names
        ]
        if len(met) > again:
            return at, met[again]
    return None


def _signs(form: Form) -> re.Pattern[str]:
    """Return what a cell completed by hand looks like: a label, perhaps a bracket, perhaps what was written."""
    lines = [part for parts, _ in form.runs() for part in parts if isinstance(part, Line)]
    labels = [cell for line in lines for cell in line.cells if isinstance(cell, Label) and cell.kind == "sign"]
    names = "|".join(sorted(re.escape(name) for label in labels for name in names_of(label))) or "(?!)"
    return re.compile(rf"(?:{names})(?:[（(][^）)]*[）)])?(?::.*)?", re.DOTALL)


def _is_head(reader: _Rows, row: list[Cell | None]) -> bool:
    """Return whether a row only repeats the heads, as tables broken over pages do."""
    leaf = reader.leaf()
    cell = reader.cell(leaf, row)
    return cell is not None and head_text(cell.text) in names_of(leaf)


def _is_total(reader: _Rows, texts: list[str]) -> bool:
    """Return whether one of the cells before the first total says so."""
    columns = [reader.match.columns[head] for head in reader.block.total if head in reader.match.columns]
    labels = {reader.block.total_label, *reader.block.total_aliases}
    return bool(columns) and any(head_text(text) in labels for text in texts[: min(columns)])


def _take_totals(reader: _Rows, row: list[Cell | None], reading: Reading) -> None:
    for column in reader.block.columns:
        cell = reader.cell(column, row)
        if column.head in reader.block.total and cell is not None:
            reading.take(reader.block.total[column.head], cell.text, column.kind, cell)


def _groups(reader: _Rows, row: list[Cell | None], before: dict[int, Named]) -> dict[int, Named]:
    """Return the groups a row belongs to: those it names, else those of the row before (a merge that was split)."""
    groups = dict(before)
    for column in reader.block.columns:
        cell = reader.cell(column, row)
        if column.kind != "group" or cell is None or not cell.text.strip():
            continue
        level, said = level_of(column), named(cell.text)
        if level - 1 in groups and said.code == groups[level - 1].code:
            said = said._replace(code=f"{said.code}·{said.code}")
        if groups.get(level) != said:
            groups = {other: name for other, name in groups.items() if other < level} | {level: said}
    return groups


def _take_entry(reader: _Rows, row: list[Cell | None], key: str, reading: Reading) -> None:
    """Take the row of a list; one without our key is `+1`, `+2`, … until it is known what it means."""
    block, leaf_cell = reader.block, reader.cell(reader.leaf(), row)
    cells = [(column, cell) for column in block.columns if column.kind not in ("number", "blank")
             and (cell := reader.cell(column, row)) is not None]  # fmt: skip
    alone = len(cells) > 1 and all(cell is leaf_cell for _, cell in cells)
    if alone or not any(cell.text.strip() or isinstance(cell.value, Unread) for _, cell in cells):
        return  # one cell spans the row: a note
    at = key if key.startswith(f"{block.over}/") else f"{block.over}/{NEW}{len(reading.within) + 1}"
    reading.within[at] = block.over
    for column, cell in cells:
        path = f"{at}/{column.head}" if column.kind == "group" else column.path.format(row=at)
        reading.take(path, cell.text, column.kind, cell)


def _take_row(
    reader: _Rows, row: list[Cell | None], groups: dict[int, Named], key: str, reading: Reading
) -> None:  # fmt: skip
    leaf_cell = reader.cell(reader.leaf(), row)
    required = [column for column in reader.block.columns if column.required and column.kind != "leaf"]
    spans = any(reader.cell(column, row) is leaf_cell for column in required)
    if leaf_cell is None or not leaf_cell.text.strip() or spans:
        return  # nothing is named here, or one cell spans the row: a note
    role, leaf = reader.block.role, named(leaf_cell.text)
    code = _known_code(reader, key, leaf, groups)
    moved = code not in (None, key) and reader.system is not None and reader.system.find(key) is not None
    if moved:
        reading.findings.append(own.finding("form.row_moved", "warning", leaf_cell, printed=leaf.name, key=key))
    if code is None:
        reading.findings.append(_unknown(leaf, leaf_cell))
        return
    above = _above(reader, code, groups)
    if reader.system is None and (f"{role}/{code}/name" in reading.values or code in _codes(above)):
        code = "·".join((*_codes(above), code))
    _take_cells(reader, row, _Row(code, leaf, {} if moved else above), reading)
    reading.within[f"{role}/{code}"] = f"{role}/{above[max(above)].code}" if above else role


def _take_cells(reader: _Rows, row: list[Cell | None], of: _Row, reading: Reading) -> None:
    """Take the cells of the row of an indicator; what was split over columns is put together."""
    code, leaf, above = of
    apart: dict[str, dict[str, Cell]] = {}
    for column in reader.block.columns:
        cell = reader.cell(column, row)
        if cell is None or column.kind in ("number", "blank"):
            continue
        if column.piece is not None:
            apart.setdefault(column.path, {})[column.piece] = cell
        elif column.kind == "group":
            _take_group(reader, level_of(column), above, cell, reading)
        elif column.kind == "leaf":
            _take_name(reader, code, leaf, cell, reading)
        else:
            reading.take(column.path.format(code=code), cell.text, column.kind, cell)
    for path, cells in apart.items():
        text = joined(*(cells[piece].text.strip() for piece in ("sign", "value", "unit") if piece in cells))
        kind = next(column.kind for column in reader.block.columns if column.path == path)
        reading.take(path.format(code=code), text, kind, cells.get("value") or next(iter(cells.values())))


def _unknown(leaf: Named, cell: Cell) -> Finding:
    return Finding(
        "unknown_row",
        "error",
        Message("form.unknown_row", {"name": leaf.name}),
        Message("form.unknown_row.remedy", {}),
        places=(cell.place,) if cell.place else (),
        printed=leaf.name,
    )


def _known_code(reader: _Rows, key: str, leaf: Named, groups: dict[int, Named]) -> str | None:
    """Return the code of a row: without a system what it says itself, else the one that its key, code or names mean.

    A key beside the name of another indicator is that of a row whose cells were moved: then the name counts.
    """
    if reader.system is None:
        return key or leaf.code
    leaves = {node.code: (node, above) for node, above in reader.block.nodes(reader.system)}
    own_name = key in leaves and clean(leaves[key][0].name) == leaf.name
    elsewhere = not own_name and [code for code, (node, _) in leaves.items() if clean(node.name) == leaf.name]
    for code in (elsewhere[0] if elsewhere and len(elsewhere) == 1 else "", key, leaf.code):
        if code in leaves:
            return code
    names = [groups[level].name for level in sorted(groups)]
    alike = [(code, [clean(group.name) for group in above]) for code, (node, above) in leaves.items()
             if clean(node.name) == leaf.name]  # fmt: skip
    fitting = [code for code, above in alike if above[: len(names)] == names] or [code for code, _ in alike]
    return fitting[0] if len(fitting) == 1 else None


def _above(reader: _Rows, code: str, groups: dict[int, Named]) -> dict[int, Named]:
    """Return the groups above a row by level, with the system's codes where there is a system."""
    if reader.system is None:
        return groups
    above = next(above for node, above in reader.block.nodes(reader.system) if node.code == code)
    return {level: groups[level]._replace(code=group.code) for level, group in enumerate(above, 1) if level in groups}


def _codes(above: dict[int, Named]) -> list[str]:
    return [above[level].code for level in sorted(above)]


def _take_group(reader: _Rows, level: int, above: dict[int, Named], cell: Cell, reading: Reading) -> None:
    if level in above and cell.text.strip():
        path = f"{reader.block.role}/{above[level].code}"
        _take_name(reader, above[level].code, above[level], cell, reading)
        upper = f"{reader.block.role}/{above[level - 1].code}" if level - 1 in above else reader.block.role
        reading.within.setdefault(path, upper)


def _take_name(reader: _Rows, code: str, said: Named, cell: Cell, reading: Reading) -> None:
    """Take the name that a cell says, in the signs it was written with, and the weight behind it."""
    node = reader.system.find(code) if reader.system else None
    text, written = cell.text.replace("\n", ""), _written(cell.text.replace("\n", ""))
    name = written if clean(written) == said.name else said.name
    whole = node is not None and clean(text) == clean(node.name)  # a name may look as if a code or weight stood in it
    if node is not None and (whole or clean(name) == clean(node.name)):
        name = node.name
    path = f"{reader.block.role}/{code}"
    reading.take(f"{path}/name", name, "words", cell)
    if said.weight is not None and not whole:
        reading.take(f"{path}/weight", said.weight, "points", cell)


def _written(text: str) -> str:
    """Return the name in a cell as it is written, without code and weight."""
    coded = _APART.fullmatch(text)
    name = (coded["name"] if coded else text).strip()
    weighted = _WEIGHT.fullmatch(name)
    return weighted["name"] if weighted else name
