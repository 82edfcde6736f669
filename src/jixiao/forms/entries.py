"""登记行: the rows of a list that came back: which entry each one is, which are new, and which are gone."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeAlias

from jixiao.evaluation.model import Amendment, Evidence
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.procedure import ENTRIES
from jixiao.figures.notation import clean
from jixiao.findings import Finding, Message, Place
from jixiao.forms.write import write
from jixiao.funds.money import Money, Source

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.form import Block, Form
    from jixiao.forms.read import Reading

Name: TypeAlias = tuple[str, ...]  # of a row: the groups above it, then its own
_RECORDS: dict[str, type] = {
    **{f"procedure/{name}": record for name, record in ENTRIES.items()},
    "evidence": Evidence,
    "amendments": Amendment,
}


def settled(of: Assessment, form: Form, reading: Reading) -> tuple[Evaluation, Reading, list[Finding]]:
    """Return the evaluation with an entry for every row that was typed below ours, and the reading by their paths.

    A row is the entry of its hidden key, unless its name is that of another one; a row without a key is the entry of
    its name, else a new one. An entry without a row stays, and is a finding.
    """
    block = form.block()
    if block is None or block.of_system():
        return of.evaluation, reading, []
    names = _names(form, of)
    rows = [path for path, over in reading.within.items() if over == block.over]
    meant = _meant(rows, {row: _said(block, row, reading) for row in rows}, names)
    evaluation, findings = of.evaluation, []
    for row in [row for row in rows if row not in meant]:
        made = added(evaluation, block)
        place = next((place for path, place in reading.places.items() if path.startswith(f"{row}/")), None)
        if made is None:
            findings.append(_finding("form.row_unknown", reading.values.get(_naming(block, row), ""), place))
        else:
            evaluation, meant[row] = made
    for path, name in names.items():
        if path not in meant.values():
            findings.append(_finding("form.row_gone", name[-1], None, paths=(path,)))
    stored = _stored(block, of)
    if block.derive is not None:
        told = {row: _naming(block, row) for row, path in meant.items() if _naming(block, path) not in stored}
        kept = {path: said for path, said in reading.values.items() if path not in told.values()}
        reading = reading._replace(values=kept)
    return evaluation, _renamed(reading, rows, meant, stored), findings


def _names(form: Form, of: Assessment) -> dict[str, Name]:
    """Return the groups and the name that stand in each row of the form as we print it, by the row's path."""
    block = form.block()
    assert block is not None
    if block.derive is not None:
        naming = block.naming().path.removeprefix("{row}/")
        return {
            item.path: (*(clean(group.name) for group in item.above), clean(str(item.derived.values[naming])))
            for item in block.items(of)
            if item.derived is not None
        }
    at = block.columns.index(block.naming()) + next(
        beside is not None for parts, beside in form.runs() if block in parts
    )
    table = write(form, of)
    return {
        key: (clean(cell.text) if (cell := line[at]) is not None else "",)
        for key, line in zip(table.keys, table.grid, strict=True)
        if key
    }


def _naming(block: Block, row: str) -> str:
    return block.naming().path.format(row=row)


def _said(block: Block, row: str, reading: Reading) -> Name:
    """Return the groups and the name that a row says; what a row of totals is called otherwise is 合计."""
    groups = [column.head for column in block.columns if column.kind == "group"] if block.derive is not None else []
    name = clean(reading.values.get(_naming(block, row), ""))
    whole = block.derive is not None and name in block.total_aliases
    return (*(clean(reading.values.get(f"{row}/{head}", "")) for head in groups), block.total_label if whole else name)


def _fits(name: Name, said: Name) -> bool:
    """Return whether a row says a name, with or without 其中 before it, its groups too where they stand in it."""
    own, other = (one[-1].removeprefix("其中").lstrip(":：") for one in (name, said))
    return own == other and all(one in ("", above) for one, above in zip(said[:-1], name[:-1], strict=False))


def _meant(rows: list[str], said: dict[str, Name], names: dict[str, Name]) -> dict[str, str]:
    """Return the path of the entry that each row is, of those that are known."""
    meant: dict[str, str] = {}
    for row in rows:
        own = row in names and _fits(names[row], said[row])
        moved = not own and sum(_fits(name, said[row]) for name in names.values()) == 1
        if row in names and not moved:
            meant[row] = row
    for row in rows:
        free = (path for path, name in names.items() if _fits(name, said[row]) and path not in meant.values())
        if row not in meant and (path := next(free, None)) is not None:
            meant[row] = path
    return meant


def added(evaluation: Evaluation, block: Block) -> tuple[Evaluation, str] | None:
    """Return the evaluation with one more entry in the list and its path, None where nothing can be added."""
    if block.over == "funds/sources":
        record: Any = Source("", Money())
    elif block.derive is None and (kind := _RECORDS.get(block.over)) is not None:
        due = [spec for spec in fields(kind) if spec.default is MISSING and spec.default_factory is MISSING]
        record = kind(**{spec.name: "" for spec in due})
    else:
        return None
    standing = get(evaluation, block.over)
    return put(evaluation, block.over, (*standing, record)), f"{block.over}/{len(standing)}"


def _stored(block: Block, of: Assessment) -> dict[str, str]:
    """Return where the inputs among the values of computed rows are kept."""
    derived = [(item.path, item.derived) for item in block.items(of) if item.derived is not None]
    return {f"{path}/{name}": kept for path, row in derived for name, kept in row.stored.items()}


def _renamed(reading: Reading, rows: list[str], meant: dict[str, str], stored: dict[str, str]) -> Reading:
    """Return the reading with the rows under the paths of their entries; rows that mean nothing are left out."""

    def path_of(path: str) -> str | None:
        row = next((row for row in rows if path == row or path.startswith(f"{row}/")), None)
        if row is None:
            return path
        named = meant[row] + path.removeprefix(row) if row in meant else None
        return stored.get(named, named) if named is not None else None

    paths = {path: new for path in reading.values if (new := path_of(path)) is not None}
    return reading._replace(
        values={new: reading.values[path] for path, new in paths.items()},
        places={new: reading.places[path] for path, new in paths.items() if path in reading.places},
        kinds={new: reading.kinds[path] for path, new in paths.items()},
    )


def _finding(what: str, name: str, place: Place | None, paths: tuple[str, ...] = ()) -> Finding:
    said, remedy = Message(what, {"name": name}), Message(f"{what}.remedy", {"name": name})
    places = () if place is None else (place,)
    return Finding(what.replace(".", "_"), "warning", said, remedy, paths=paths, places=places, printed=name)
