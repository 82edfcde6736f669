"""评价项目: a folder with `evaluation.yaml` and its evidence, read to an Evaluation with the line of every value."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from jixiao.errors import CannotOpen, CannotParse
from jixiao.evaluation.model import SCHEMA, Evaluation, Evidence
from jixiao.findings import Finding, Message, Place
from jixiao.formats import bundle_schema, yaml_text
from jixiao.formats.bundle_decode import decoded
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.formats.yaml_text import Loc, Tree

FILE = "evaluation.yaml"


class Bundle(NamedTuple):
    """An Evaluation as it was read, where each of its values stands, and what the files say against it."""

    evaluation: Evaluation
    places: dict[str, Place]
    findings: list[Finding]

    def place(self, path: str) -> Place | None:
        """Return where a value stands, or the nearest thing around it."""
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
    """Read a bundle; `CannotOpen` and `CannotParse` name the file, the line and what to do."""
    path = folder / FILE if folder.is_dir() else folder
    if not path.exists():
        said = Message("bundle.absent", {"file": FILE})
        raise CannotOpen(said, remedy=Message("open.absent.remedy"), place=Place(str(path)))
    tree = yaml_text.read(path)
    _check_schema(path, tree)
    try:
        shape = bundle_schema.BundleShape.model_validate(tree.value)
    except ValidationError as problems:
        raise _shape_error(path, tree, problems) from None
    evaluation, lines = decoded(shape, tree)
    places = {name: Place(str(path), line=line) for name, line in lines.items()}
    return _with_evidence(Bundle(evaluation, places, []), path.parent)


def _check_schema(path: Path, tree: Tree) -> None:
    schema = tree.value.get("schema")
    if schema != SCHEMA:
        line = tree.lines.get(("schema",), 1)
        said = Message("bundle.schema", {"found": schema or "—", "known": SCHEMA})
        raise CannotParse(
            said,
            remedy=Message("bundle.schema.remedy", {"known": SCHEMA}),
            place=Place(str(path), line=line),
        )


def _shape_error(path: Path, tree: Tree, problems: ValidationError) -> CannotParse:
    """Return the first problem with a shape in the user's words, with how many more there are."""
    errors = problems.errors(include_url=False)
    first = min(errors, key=lambda error: _line(tree, error["loc"]))
    loc: Loc = first["loc"]
    name, kind = ".".join(str(part) for part in loc), first["type"]
    remedy = Message("bundle.shape.remedy")
    if kind == "missing":
        said = Message("bundle.missing", {"field": name})
    elif kind == "extra_forbidden":
        siblings = _known_names(loc)
        said = Message("bundle.unknown_field", {"field": name})
        near = get_close_matches(str(loc[-1]), siblings, 1, 0.5) or siblings
        remedy = Message("bundle.unknown_field.remedy", {"near": near})
    elif kind == "literal_error":
        said = Message(
            "bundle.choice",
            {
                "field": name,
                "found": first["input"],
                "known": first.get("ctx", {}).get("expected", ""),
            },
        )
    elif kind in ("string_type", "model_type", "model_attributes_type", "dict_type", "list_type"):
        said = Message(
            "bundle.wrong_kind",
            {"field": name, "wanted": Message(f"bundle.kind.{kind.split('_')[0]}")},
        )
    else:
        said = Message("bundle.wrong_value", {"field": name, "found": first["input"]})
    if len(errors) > 1:
        remedy = Message("bundle.more", {"remedy": remedy, "count": len(errors) - 1})
    return CannotParse(said, remedy=remedy, place=Place(str(path), line=_line(tree, loc)))


def _line(tree: Tree, loc: Loc) -> int:
    while loc and loc not in tree.lines:
        loc = loc[:-1]
    return tree.lines.get(loc, 1)


def _known_names(loc: Loc) -> list[str]:
    """Return the names that may stand where an unknown one stands."""
    shape: Any = bundle_schema.BundleShape
    steps = {
        "head": bundle_schema.HeadShape, "systems": bundle_schema.SystemShape, "indicators": bundle_schema.NodeShape,
        "children": bundle_schema.NodeShape, "actuals": bundle_schema.ActualShape, "overrides": bundle_schema.OverrideShape,
        "reasons": bundle_schema.ReasonShape, "funds": bundle_schema.FundsShape, "sources": bundle_schema.SourceShape,
        "stated": bundle_schema.StatedShape, "balance": bundle_schema.BalanceShape, "evidence": bundle_schema.EvidenceShape,
        "amendments": bundle_schema.AmendmentShape,
    }  # fmt: skip
    for part in loc[:-1]:
        shape = steps.get(str(part), shape)
    return [spec.alias or name for name, spec in shape.model_fields.items()]


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
    return Bundle(replace(bundle.evaluation, evidence=tuple(entries)), bundle.places, bundle.located(findings))


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
