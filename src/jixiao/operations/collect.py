"""收表汇总: the forms that many units filled in and returned, merged into one bundle.

Of the basic data form every unit's figures are kept as reported, verified and adopted (the verified one, where there is
one), and summed. Of any other form each value is taken once; where two units, or a unit and the bundle, say different
things, the first stands and both are found.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotOpen, JixiaoError
from jixiao.evaluation.assess import assess
from jixiao.evaluation.procedure import DataItem
from jixiao.evaluation.reading import value_at
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.notation import clean, is_placeholder
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import any_read, bundle, bundle_save
from jixiao.formats.json_write import dumped
from jixiao.formats.whole import whole
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import fillable
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from jixiao.documents.document import Document
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.form import Form
    from jixiao.forms.read import Reading

_DATA = "basic_data_form"
_ENTRIES = "procedure/data"
_FILE = "data/collected.json"


class Entry(NamedTuple):
    """One unit's figure for one item: reported, verified, and the one that is adopted; None where nothing stands."""

    unit: str
    item: str
    reported: Any
    verified: Any
    place: Place | None

    @property
    def adopted(self) -> Any:
        """Return the verified value, or the reported one where nothing was verified."""
        return self.verified if self.verified is not None else self.reported


class Collected(NamedTuple):
    """Who returned, who did not, every figure, the sums by item, and the files that were written."""

    returned: tuple[str, ...]
    missing: tuple[str, ...]
    entries: tuple[Entry, ...]
    sums: dict[str, Figure]
    files: tuple[Path, ...]


class _Returned(NamedTuple):
    """One recognised form in a returned file."""

    unit: str
    form: Form
    reading: Reading


def collect(returned: Path, folder: Path, *, expected: Sequence[str] = (), dry: bool = False) -> Outcome[Collected]:
    """Merge the returned forms of a folder (.xlsx, .xls, .et, .docx) into a bundle; nothing is written with `dry`.

    `expected` are the units that were asked; a unit is known by its name in the file's name or anywhere in its form.
    A file that cannot be read, or holds no known form, is a finding and stops no other. Raises `CannotOpen` where not
    one form was returned.
    """
    book = bundle.read(folder)
    found: list[Finding] = []
    forms: list[_Returned] = []
    for document in any_read.read_all(returned):
        if isinstance(document, JixiaoError):
            found.append(_unread(document))
        else:
            forms += _forms(document, book.evaluation, expected, found)
    if not forms:
        raise CannotOpen(Message("new.no_form"), remedy=Message("new.no_form.remedy"), place=Place(str(returned)))
    data = [one for one in forms if one.form.id == _DATA]
    entries = [entry for one in data for entry in _entries(one, book.evaluation, found)]
    entries = _once(entries, found)
    sums = _sums(entries, found)
    evaluation = _with_sums(book.evaluation, entries, sums, found)
    evaluation = _merged(evaluation, [one for one in forms if one.form.id != _DATA], found)
    units = tuple(dict.fromkeys(one.unit for one in forms))
    missing = tuple(name for name in expected if name not in units)
    found += [_finding("collect.missing", "warning", {"names": list(missing)}, None)] if missing else []
    result = Collected(units, missing, tuple(entries), sums, ())
    files = () if dry else _saved(folder, book, evaluation, result)
    return Outcome(result._replace(files=files), tuple(ordered(found)))


def collected_json(of: Collected) -> dict[str, Any]:
    """Return `collected/1`: who returned and who did not, every unit's figures, and the sums."""
    entries = [
        {"unit": one.unit, "item": one.item, "reported": _text(one.reported), "verified": _text(one.verified),
         "adopted": _text(one.adopted), "place": str(one.place) if one.place else None}
        for one in of.entries
    ]  # fmt: skip
    sums = {item: str(figure) for item, figure in of.sums.items()}
    return {"schema": "collected/1", "returned": list(of.returned), "missing": list(of.missing), "entries": entries,
            "sums": sums}  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _unread(problem: JixiaoError) -> Finding:
    remedy = problem.remedy or Message("finding.remedy.none")
    return Finding("collect_unread", "error", problem.what, remedy, places=(problem.place,) if problem.place else ())


def _forms(
    document: Document, evaluation: Evaluation, expected: Sequence[str], found: list[Finding]
) -> Iterable[_Returned]:
    """Return the known forms in a document with the unit that filled them in."""
    unit = _unit(document, expected)
    forms = []
    for table in document.tables():
        met = recognise(fillable(evaluation), table)
        if met is not None:
            form, match = met
            block = form.block()
            system = evaluation.system(block.role) if block is not None and block.of_system() else None
            reading = read(form, table, match, system)
            found += reading.findings
            forms.append(_Returned(unit, form, reading._replace(findings=[])))
    if not forms:
        found.append(_finding("collect.no_form", "error", {}, Place(document.name)))
    return forms


def _unit(document: Document, expected: Sequence[str]) -> str:
    """Return the unit that returned a document: one that was asked, else what the file is called."""
    name = (document.name or "").replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    texts = [name, *(cell.text for table in document.tables() for _, _, cell in table.cells())]
    longest = sorted(expected, key=len, reverse=True)
    return next((unit for text in texts for unit in longest if unit in text), name)


def _entries(one: _Returned, evaluation: Evaluation, found: list[Finding]) -> Iterable[Entry]:
    rows: dict[str, dict[str, str]] = {}
    for path, text in one.reading.values.items():
        if path.startswith(f"{_ENTRIES}/"):
            row, _, name = path.rpartition("/")
            rows.setdefault(row, {})[name] = text
    for row, said in rows.items():
        if not said.get("item", "").strip():
            continue
        values = {}
        for name in ("reported", "verified"):
            text, place = said.get(name, ""), one.reading.places.get(f"{row}/{name}")
            blank = not clean(text) or is_placeholder(clean(text))
            read_as = None if blank else value_at(evaluation, "funds/x", text)
            if read_as is not None and not isinstance(read_as, Figure):
                found.append(_finding("collect.no_figure", "warning", {"unit": one.unit, "printed": text}, place))
                read_as = None
            values[name] = read_as
        place = one.reading.places.get(f"{row}/reported")
        yield Entry(one.unit, said["item"].strip(), values["reported"], values["verified"], place)


def _once(entries: Iterable[Entry], found: list[Finding]) -> list[Entry]:
    """Return the entries with each item of a unit once; a second one that says otherwise is found."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = kept.setdefault((entry.unit, clean(entry.item)), entry)
        if first is not entry and str(first.adopted) != str(entry.adopted):
            args = {"unit": entry.unit, "item": entry.item, "first": str(first.adopted), "second": str(entry.adopted)}
            found.append(_finding("collect.twice", "error", args, entry.place))
    return list(kept.values())


def _sums(entries: Sequence[Entry], found: list[Finding]) -> dict[str, Figure]:
    """Return the sum of the adopted figures of every item; where units of measure differ there is none."""
    sums: dict[str, Figure] = {}
    by_item: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.adopted, Figure):
            by_item.setdefault(entry.item, []).append(entry)
    for item, said in by_item.items():
        bases = [entry.adopted.unit.base or "" for entry in said]
        usual = max(bases, key=bases.count)
        odd = [entry for entry, base in zip(said, bases, strict=True) if base != usual]
        for entry in odd:
            args = {
                "unit": entry.unit,
                "item": item,
                "printed": str(entry.adopted),
                "usual": str(said[bases.index(usual)].adopted),
            }
            found.append(_finding("collect.units", "error", args, entry.place))
        if not odd and said[0].adopted.unit.name not in ("%", "‰"):
            sums[item] = _sum([entry.adopted for entry in said])
        elif not odd and len(said) > 1:
            found.append(_finding("collect.rate", "note", {"item": item}, said[0].place))
    return sums


def _sum(figures: Sequence[Figure]) -> Figure:
    num, den = 0, 1
    for one in figures:
        num, den = num * one.den + one.num * den, den * one.den
    places = max((one.places or 0) for one in figures)
    unit = figures[0].unit
    return exactly(num, den, unit).published(places)


def _with_sums(
    evaluation: Evaluation, entries: Sequence[Entry], sums: dict[str, Figure], found: list[Finding]
) -> Evaluation:  # fmt: skip
    """Return the evaluation with the sums in its basic data; a figure that stands there otherwise is kept and found."""
    data = list(evaluation.procedure.data)
    names = [clean(one.item) for one in data]
    for item, total in sums.items():
        reported = [entry.reported for entry in entries if entry.item == item and isinstance(entry.reported, Figure)]
        verified = any(entry.item == item and entry.verified is not None for entry in entries)
        first = _sum(reported) if reported and len({one.unit.base for one in reported}) == 1 else None
        made = DataItem(item, reported=first, verified=total if verified else None)
        if clean(item) not in names:
            data.append(made)
            continue
        at = names.index(clean(item))
        for name in ("reported", "verified"):
            new, standing = getattr(made, name), getattr(data[at], name)
            if new is None or (isinstance(standing, Figure) and standing.same_as(new)):
                continue
            if standing is None:
                data[at] = replace(data[at], **{name: new})
            else:
                args = {"item": item, "first": str(standing), "second": str(new)}
                found.append(_finding("collect.stands", "warning", args, None, f"{_ENTRIES}/{at}/{name}"))
    return replace(evaluation, procedure=replace(evaluation.procedure, data=tuple(data)))


def _merged(evaluation: Evaluation, forms: Sequence[_Returned], found: list[Finding]) -> Evaluation:
    """Return the evaluation with what the other forms say; of two that say different things the first is taken."""
    said: dict[str, tuple[str, str]] = {}
    for one in forms:
        values = {}
        for path, text in one.reading.values.items():
            if not clean(text) or is_placeholder(clean(text)):
                continue
            unit, first = said.setdefault(path, (one.unit, text))
            if clean(first) != clean(text):
                args = {"path": path, "first": f"{unit}：{first}", "second": f"{one.unit}：{text}"}
                found.append(_finding("collect.conflict", "error", args, one.reading.places.get(path), path))
            elif unit == one.unit:
                values[path] = text
        evaluation, taken = absorbed(evaluation, one.form, one.reading._replace(values=values))
        found += taken
    return evaluation


def _finding(what: str, severity: Any, args: dict[str, Any], place: Place | None, path: str = "") -> Finding:
    said, remedy = Message(what, args), Message(f"{what}.remedy", {})
    printed = args.get("second") or args.get("printed")
    return Finding(what.replace(".", "_"), severity, said, remedy, (path,) if path else (), (place,) if place else (),
                   printed=printed, expected=args.get("first"))  # fmt: skip


def _saved(folder: Path, book: bundle.Bundle, evaluation: Evaluation, result: Collected) -> tuple[Path, ...]:
    """Write the changed bundle and every unit's figures beside it."""
    assess(evaluation)  # what cannot be assessed is not written
    files = bundle_save.save(folder, book, evaluation)
    if not result.entries:
        return tuple(files)
    base = bundle.file_of(folder).parent
    with whole(base) as staging:
        (staging / _FILE).parent.mkdir(parents=True)
        (staging / _FILE).write_bytes(dumped(collected_json(result)))
    return (*files, base / _FILE)
