"""读表: a filled-in form back to values by path, with the place of each; what does not fit is a finding.

A row is known by the hidden key we wrote, else by its printed code, else by its names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.notation import clean
from jixiao.findings import Finding, Message, Place
from jixiao.forms.recognise import KEY_HEAD, Match, head_text
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from jixiao.documents.document import Cell, Table
    from jixiao.forms.form import Block, Column, Form
    from jixiao.indicators.system import System

_CODED = re.compile(
    r"(?P<code>[A-Z]\d{0,4}|\d+(?:\.\d+)*)\s*(?P<name>\D.*?)\s*(?:[（(](?P<weight>\d+(?:\.\d+)?)分?[）)])?",
    re.DOTALL,
)
_NAMED = re.compile(r"(?P<code>)(?P<name>.*?)\s*(?:[（(](?P<weight>\d+(?:\.\d+)?)分?[）)])?", re.DOTALL)


class Named(NamedTuple):
    """What a cell that names a node says: its code, its name and the weight printed behind it."""

    code: str
    name: str
    weight: str | None


class Reading(NamedTuple):
    """What was read: texts and places by path, the node above each node, and what did not fit."""

    values: dict[str, str]
    places: dict[str, Place]
    within: dict[str, str]
    findings: list[Finding]


def read(form: Form, table: Table, match: Match, system: System | None = None) -> Reading:
    """Read a recognised table; with a `system`, rows are matched to its codes and unknown rows are findings."""
    reading = Reading({}, {}, {}, [])
    block = form.block()
    assert block is not None
    rows = table.filled()
    heads = [head_text(cell.text) if cell else "" for cell in rows[match.head_row]]
    key_at = heads.index(KEY_HEAD) if KEY_HEAD in heads else None
    for row in rows[match.head_row + 1 :]:
        if _is_head(block, row, match) or not any(cell and cell.text.strip() for cell in row):
            continue
        if _is_total(block, row):
            _take_totals(block, row, match, reading)
        else:
            _take_row(block, row, match, key_at, system, reading)
    return reading


def named(text: str) -> Named:
    """Return the code, name and weight that a cell such as `A1 项目立项（7）` says; code is the name where none stands.

    >>> named("A1 项目立项 (7)"), named("产出指标")
    (Named(code='A1', name='项目立项', weight='7'), Named(code='产出指标', name='产出指标', weight=None))
    """
    cleaned = clean(text).replace("\n", "")
    match = _CODED.fullmatch(cleaned) or _NAMED.fullmatch(cleaned)
    assert match is not None
    name = match["name"] or cleaned
    return Named(match["code"] or name.replace("/", "∕"), name, match["weight"])


def _is_head(block: Block, row: list[Cell | None], match: Match) -> bool:
    """Return whether a row only repeats the heads, as tables broken over pages do."""
    return all((cell := row[at]) is not None and head_text(cell.text) in {head_text(column.head), *map(head_text, column.aliases)}
               for column in block.columns if (at := match.columns.get(column.head)) is not None)  # fmt: skip


def _is_total(block: Block, row: list[Cell | None]) -> bool:
    first = next((clean(cell.text) for cell in row if cell is not None and cell.text.strip()), "")
    return bool(block.total) and first in (block.total_label, *block.total_aliases)


def _take_totals(block: Block, row: list[Cell | None], match: Match, reading: Reading) -> None:
    for head, path in block.total.items():
        at = match.columns.get(head)
        if at is not None:
            _take(path, row[at], reading)


def _take_row(
    block: Block,
    row: list[Cell | None],
    match: Match,
    key_at: int | None,
    system: System | None,
    reading: Reading,
) -> None:
    groups: dict[int, Named] = {}
    leaf: Named | None = None
    for column in block.columns:
        cell = _cell(column, row, match)
        if cell is None or not cell.text.strip():
            continue
        if column.kind == "group":
            groups[1 if "{1}" in column.path else 2] = named(cell.text)
        elif column.kind == "leaf":
            leaf = named(cell.text)
    if leaf is None:
        return
    key = row[key_at].text.strip() if key_at is not None and row[key_at] is not None else ""  # type: ignore[union-attr]
    code = _known_code(key.partition("/")[2], leaf, groups, system)
    if code is None:
        place = next((cell.place for cell in row if cell is not None and cell.place), None)
        said = Message("form.unknown_row", {"name": leaf.name})
        places = (place,) if place else ()
        reading.findings.append(
            Finding(
                "unknown_row",
                "error",
                said,
                Message("form.unknown_row.remedy", {}),
                places=places,
                printed=leaf.name,
            )
        )
        return
    for column in block.columns:
        _take_column(column, _cell(column, row, match), code, groups, block.role, reading)


def _known_code(key: str, leaf: Named, groups: dict[int, Named], system: System | None) -> str | None:
    if system is None:
        return key or leaf.code
    leaves = {node.code: (node, above) for node, above in system.walk() if isinstance(node, Indicator)}
    for code in (key, leaf.code):
        if code in leaves:
            return code
    names = [groups[level].name for level in sorted(groups)]
    same = [code for code, (node, above) in leaves.items()
            if clean(node.name) == leaf.name and [clean(group.name) for group in above][: len(names)] == names]  # fmt: skip
    return same[0] if len(same) == 1 else None


def _take_column(
    column: Column,
    cell: Cell | None,
    code: str,
    groups: dict[int, Named],
    role: str,
    reading: Reading,
) -> None:
    if cell is None:
        return
    if column.kind == "group":
        level = 1 if "{1}" in column.path else 2
        if level not in groups:
            return
        group = groups[level]
        path = f"{role}/{group.code}"
        _name(path, group, cell, reading)
        above = f"{role}/{groups[level - 1].code}" if level - 1 in groups else role
        reading.within.setdefault(path, above)
        reading.within[f"{role}/{code}"] = path
        return
    path = column.path.format(code=code)
    if column.kind == "leaf":
        _name(path, named(cell.text), cell, reading)
        reading.within.setdefault(path, role)
    else:
        _take(path, cell, reading)


def _name(path: str, said: Named, cell: Cell, reading: Reading) -> None:
    reading.values.setdefault(f"{path}/name", said.name)
    reading.places.setdefault(f"{path}/name", cell.place or Place())
    if said.weight is not None:
        reading.values.setdefault(f"{path}/weight", said.weight)
        reading.places.setdefault(f"{path}/weight", cell.place or Place())


def _cell(column: Column, row: list[Cell | None], match: Match) -> Cell | None:
    at = match.columns.get(column.head)
    return row[at] if at is not None and at < len(row) else None


def _take(path: str, cell: Cell | None, reading: Reading) -> None:
    if cell is not None:
        reading.values[path] = cell.text
        reading.places[path] = cell.place or Place(quote=cell.text)
