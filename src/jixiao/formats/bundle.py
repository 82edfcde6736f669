"""评价项目: a bundle, folder or workbook, read to an Evaluation with the place of every value.

A folder holds `evaluation.yaml`, longer texts as `texts/<key>.md`, and `evidence/`; a workbook holds the same in its
sheets, and its evidence lies in the folder beside it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jixiao.errors import CannotOpen, CannotParse
from jixiao.evaluation.model import Evaluation, Evidence
from jixiao.findings import Finding, Message, Place
from jixiao.formats import bundle_source, bundle_unfilled, results
from jixiao.formats.bundle_decode import decoded
from jixiao.formats.bundle_extends import expanded
from jixiao.formats.bundle_migrate import migrated
from jixiao.formats.bundle_shape import checked
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.formats.bundle_source import Source
    from jixiao.formats.yaml_text import Loc

FILE = "evaluation.yaml"
WORKBOOK = "evaluation.xlsx"
WORKBOOKS = (".xlsx", ".xlsm")


class Bundle(NamedTuple):
    """An Evaluation as it was read, where each of its values stands, and what the files say against it."""

    evaluation: Evaluation
    places: dict[str, Place]
    findings: list[Finding]

    def place(self, path: str) -> Place | None:
        """Return where a value stands, or the nearest thing around it; a path below a text is the number of a line."""
        above, _, last = path.rpartition("/")
        text = self.places.get(above) if above.startswith("texts/") and last.isdecimal() else None
        if text is not None and str(text.file).endswith(".md"):
            return replace(text, line=int(last))
        while path:
            if path in self.places:
                return self.places[path]
            path = path.rpartition("/")[0]
        return self.places.get("")

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with their paths turned into places."""
        return [
            replace(
                finding,
                places=finding.places or tuple(place for path in finding.paths if (place := self.place(path))),
            )
            for finding in findings
        ]


def read(folder: Path) -> Bundle:
    """Read a bundle; `CannotOpen` and `CannotParse` name the file, the line or cell, and what to do."""
    path = file_of(folder)
    if not path.exists():
        said = Message("bundle.absent", {"file": FILE})
        raise CannotOpen(said, remedy=Message("open.absent.remedy"), place=Place(str(path)))
    if path.suffix.lower() in WORKBOOKS:
        from jixiao.formats import workbook_read  # noqa: PLC0415  (openpyxl is loaded for a workbook only)

        source = workbook_read.read(path)
    else:
        source = with_texts(bundle_source.of_yaml(path), path.parent / "texts")
    return _with_results(_with_evidence(of_source(source), path.parent), path.parent)


def file_of(folder: Path) -> Path:
    """Return the file that holds a bundle: the one given, or that of a folder, where YAML goes before a workbook."""
    if not folder.is_dir():
        return folder
    book = folder / WORKBOOK
    return book if book.exists() and not (folder / FILE).exists() else folder / FILE


def of_source(source: Source) -> Bundle:
    """Return the bundle that a tree means, in any schema known here and with what it extends laid out."""
    source = migrated(source)
    shape = checked(source)
    if any(system.extends or system.without for system in shape.systems.values()):
        source = expanded(source)
        shape = checked(source)
    evaluation, places = decoded(shape, source.places)
    read = Bundle(evaluation, places, [])
    return read._replace(findings=[*source.findings, *read.located(bundle_unfilled.findings(shape))])


def with_texts(source: Source, folder: Path) -> Source:
    """Return the source with every `<key>.md` of a folder as a text; `CannotParse` for a key that is given twice."""
    texts: dict[str, str] = {}
    places: dict[Loc, Place] = {}
    stated = source.value.get("texts")
    for path in sorted(folder.glob("*.md")):
        key, place = path.stem, Place(str(path), line=1)
        if isinstance(stated, dict) and key in stated:
            said = Message("bundle.text_twice", {"key": key, "first": source.place(("texts", key))})
            raise CannotParse(said, remedy=Message("bundle.text_twice.remedy", {"key": key}), place=place)
        text = text_of(path)
        if text.strip():
            texts[key], places["texts", key] = text, place
    if not texts or not isinstance(stated, dict | None):
        return source
    value = {**source.value, "texts": {**(stated or {}), **texts}}
    return source._replace(value=value, places={**source.places, **places})


def text_of(path: Path) -> str:
    """Return the text of a Markdown file, '' for one that is still empty."""
    if path.is_file() and not path.stat().st_size:
        return ""
    raw = opened(path)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").strip("\n")
    except UnicodeDecodeError as problem:
        place = Place(str(path), line=raw[: problem.start].count(b"\n") + 1)
        raise CannotParse(Message("yaml.encoding"), remedy=Message("yaml.encoding.remedy"), place=place) from None


def _with_results(bundle: Bundle, folder: Path) -> Bundle:
    """Fill in what engines have left behind under `data/results`; a stale result is a finding."""
    found = results.read(folder)
    evaluation = replace(bundle.evaluation, results=found.actuals)
    return Bundle(evaluation, {**found.places, **bundle.places}, [*bundle.findings, *found.findings])


def _with_evidence(bundle: Bundle, folder: Path) -> Bundle:
    """Fill in the SHA-256 of every evidence file; a missing file or another digest is a finding."""
    entries: list[Evidence] = []
    findings: list[Finding] = []
    for number, entry in enumerate(bundle.evaluation.evidence):
        path = f"evidence/{number}"
        digest = entry.sha256
        if entry.file is not None:
            digest, found = _digest(entry, folder / "evidence" / entry.file, path)
            findings += found
        entries.append(replace(entry, sha256=digest))
    evaluation = replace(bundle.evaluation, evidence=tuple(entries))
    return Bundle(evaluation, bundle.places, [*bundle.findings, *bundle.located(findings)])


def _digest(entry: Evidence, path: Path, at: str) -> tuple[str | None, list[Finding]]:
    inside = path.resolve().is_relative_to(path.parents[len(Path(entry.file or "").parts) - 1].resolve())
    if not inside or not path.is_file():
        said = Message("bundle.evidence_absent", {"file": entry.file, "title": entry.title})
        return entry.sha256, [
            Finding(
                "evidence_file",
                "error",
                said,
                Message("bundle.evidence_absent.remedy"),
                paths=(at,),
            )
        ]
    digest = hashlib.sha256(opened(path)).hexdigest()
    if entry.sha256 not in (None, digest):
        said = Message("bundle.evidence_changed", {"file": entry.file})
        remedy = Message("bundle.evidence_changed.remedy", {"digest": digest})
        return entry.sha256, [
            Finding(
                "evidence_file",
                "error",
                said,
                remedy,
                paths=(at,),
                printed=entry.sha256,
                expected=digest,
            )
        ]
    return digest, []
