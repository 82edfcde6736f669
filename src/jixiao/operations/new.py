"""新建: a bundle to fill, from the catalogue, last year's bundle, or a filled form; nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from jixiao.errors import CannotOpen, CannotWrite, NotKnown
from jixiao.evaluation.following import following
from jixiao.evaluation.model import SCHEMA
from jixiao.findings import Message, Place
from jixiao.formats import bundle, bundle_draft
from jixiao.formats.bundle_schema import KINDS
from jixiao.formats.bundle_source import Source as Tree
from jixiao.formats.bundle_source import without_blanks
from jixiao.formats.opened import opened
from jixiao.formats.whole import whole
from jixiao.forms.form import forms
from jixiao.forms.read import read as read_form
from jixiao.forms.recognise import recognise
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators import catalogue
from jixiao.indicators.indicator import Binding
from jixiao.operations.goals import with_goals
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding
    from jixiao.forms.read import Reading

SOURCES = ("中央", "省级", "市县")


class New(NamedTuple):
    """What was written: the file to fill, its year, and the catalogue entry it started from (None: an earlier one)."""

    file: Path
    year: int
    catalogue: str | None


def new(
    folder: Path,
    *,
    kind: str | None = None,
    year: int | None = None,
    entry: str | None = None,
    last: Path | None = None,
    goals: Path | None = None,
    workbook: bool = False,
) -> Outcome[New]:
    """Write a bundle to fill into an empty or new folder, as YAML or as one workbook, and say what is in it.

    `kind` is one of `KINDS`; it and the year follow from `last`, where that is a bundle. Without any year the last full
    one is meant. `goals` is an approved table of goals, whose indicators are declared and stay locked: see `goals.py`;
    it is for a self-evaluation unless another `kind` is given. Raises `CannotWrite` for a folder that holds something,
    `NotKnown` for another kind or entry.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite(Message("new.not_empty"), remedy=Message("new.not_empty.remedy"), place=Place(str(folder)))
    kind = "self-evaluation" if kind is None and last is None and goals is not None else kind
    draft, found, start = _draft(kind, year, entry, last)
    if goals is not None:
        draft, odd = with_goals(draft, goals, partial(_evaluation, draft.kind, draft.year))
        found = (*found, *odd)
    with whole(folder) as staging:
        if goals is not None:
            (staging / "evidence").mkdir()
            (staging / "evidence" / goals.name).write_bytes(opened(goals))
        if workbook:
            from jixiao.formats import workbook_write  # noqa: PLC0415  (XlsxWriter is loaded for a workbook only)

            (staging / bundle.WORKBOOK).write_bytes(workbook_write.write(draft))
        else:
            (staging / bundle.FILE).write_text(bundle_draft.written(draft), encoding="utf-8")
    (folder / "evidence").mkdir(exist_ok=True)
    return Outcome(New(folder / (bundle.WORKBOOK if workbook else bundle.FILE), draft.year, start), found)


def _draft(
    kind: str | None, year: int | None, entry: str | None, last: Path | None
) -> tuple[Evaluation, tuple[Finding, ...], str | None]:
    """Return the evaluation to fill, what was found in what it comes from, and the catalogue entry it started from."""
    if kind is not None and kind not in KINDS:
        raise NotKnown(Message("new.kind", {"kind": kind}), remedy=Message("new.kind.remedy", {"known": list(KINDS)}))
    if last is not None:
        earlier = _earlier(last)
        if earlier is not None:
            this = year if year is not None else earlier.year + 1
            draft = following(earlier, this)
            return (replace(draft, kind=kind) if kind is not None else draft), (), None
    if kind is None:
        raise NotKnown(Message("new.no_kind"), remedy=Message("new.kind.remedy", {"known": list(KINDS)}))
    this = year if year is not None else datetime.now(ZoneInfo("Asia/Shanghai")).year - 1
    if last is not None:
        systems, findings = _of_form(last)
        return _with_sources(_evaluation(kind, this, systems)), findings, None
    start = _entry(kind, this, entry)
    draft = _with_sources(_evaluation(kind, this, {"scored": {"extends": start.id}}))
    system = draft.system("scored")
    codes = {node.code for node in system.indicators()} if system else set()
    bound = {code: Binding("funds", measure) for code, measure in start.bindings.items() if code in codes}
    return replace(draft, actuals=bound), (), start.id


def _entry(kind: str, year: int, name: str | None) -> catalogue.Entry:
    fitting = catalogue.fitting(kind, year)
    if name is None:
        if not fitting:
            raise NotKnown(Message("new.no_entry", {"kind": kind, "year": year}), remedy=Message("new.no_entry.remedy"))
        return fitting[0]
    if name not in catalogue.known():
        near = get_close_matches(name, catalogue.known(), 3, 0.4) or [entry.id for entry in fitting]
        remedy = Message("catalogue.unknown.remedy", {"near": near})
        raise NotKnown(Message("catalogue.unknown", {"name": name}), remedy=remedy)
    return catalogue.entry(name)


def _evaluation(kind: str, year: int, systems: dict[str, Any]) -> Evaluation:
    tree = {"schema": SCHEMA, "kind": kind, "year": str(year), "systems": systems}
    return bundle.of_source(Tree(tree, {})).evaluation


def _with_sources(draft: Evaluation) -> Evaluation:
    return replace(draft, funds=Funds(tuple(Source(name, Money()) for name in SOURCES)))


def _earlier(path: Path) -> Evaluation | None:
    """Return the evaluation of a bundle, folder or workbook; None for a workbook that is something else."""
    if path.suffix.lower() in bundle.WORKBOOKS and path.is_file():
        from jixiao.formats import excel_read, workbook_layout  # noqa: PLC0415  (openpyxl is loaded for a workbook only)

        present = {table.name for table in excel_read.read(path).tables()}
        if not {sheet.name for sheet in workbook_layout.sheets() if sheet.required} <= present:
            return None
    return bundle.read(path).evaluation


def _of_form(path: Path) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the systems that the first known form in a workbook describes, and what did not fit."""
    from jixiao.formats import excel_read  # noqa: PLC0415  (openpyxl is loaded for a workbook only)

    for table in excel_read.read(path).tables():
        found = recognise((form for form in forms() if (block := form.block()) and block.of_system()), table)
        if found is not None:
            form, match = found
            reading = read_form(form, table, match)
            block = form.block()
            assert block is not None
            return {block.role: {"indicators": _nodes(block.role, block.role, reading)}}, tuple(reading.findings)
    raise CannotOpen(Message("new.no_form"), remedy=Message("new.no_form.remedy"), place=Place(str(path)))


_FIELDS = ("name", "weight", "target", "basis", "explanation", "criteria")


def _nodes(above: str, role: str, reading: Reading) -> list[dict[str, Any]]:
    """Return the nodes below a path, each with what the form says of it."""
    found = []
    for path in [path for path, parent in reading.within.items() if parent == above]:
        said = {name: reading.values.get(f"{path}/{name}", "") for name in _FIELDS}
        node: dict[str, Any] = without_blanks({"code": path.partition("/")[2], **said})
        if path in reading.within.values():
            node["children"] = _nodes(path, role, reading)
        found.append(node)
    return found


def entries(kind: str, year: int) -> dict[str, str]:
    """Return the catalogue entries that fit a kind and a year, those to start from first: ids with their titles."""
    return {entry.id: entry.title for entry in catalogue.fitting(kind, year)}
