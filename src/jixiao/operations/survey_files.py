"""答卷文件: one answer file, or a folder of them, counted; what is said about reading each stands with its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.engines.answers import counted
from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place
from jixiao.formats import answers, questionnaire_yaml
from jixiao.surveys.answers import Field
from jixiao.surveys.layout import recognised

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.surveys.questionnaire import Questionnaire
    from jixiao.surveys.tally import Counted

_SHOWN = 20
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


class ReadFile(NamedTuple):
    """One answer file: its counts, what the file beside it says, and the findings about it."""

    counts: Counted
    field: Field
    findings: list[Finding]


def listed(path: Path) -> list[Path]:
    """Return the answer files that a path names, sorted; `CannotOpen` for a folder that holds none."""
    if not path.is_dir():
        return [path]
    found = sorted(entry for entry in path.iterdir() if entry.is_file() and holds_answers(entry))
    if not found:
        raise CannotOpen(Message("survey.file.none"), remedy=Message("survey.file.none.remedy"), place=Place(str(path)))
    return found


def holds_answers(path: Path) -> bool:
    """Return whether a path is named like an answer file, or is a folder."""
    return path.is_dir() or path.suffix.lower() in _ENDINGS


def counted_file(path: Path, form: Questionnaire) -> ReadFile:
    """Return what one answer file holds."""
    sheet, notes = answers.read(path)
    field = questionnaire_yaml.field(path)
    layout, unplaced = recognised(sheet.heads, form, named=field.columns)
    try:
        counts = counted(sheet, layout, form)
    except UnicodeError:
        sheet, notes = answers.read(path, checked=True)
        layout, unplaced = recognised(sheet.heads, form, named=field.columns)
        counts = counted(sheet, layout, form)
    counts = counts._replace(bad=tuple(bad._replace(file=path.name) for bad in counts.bad))
    place = Place(str(path))
    placed = [replace(found, places=found.places or (place,)) for found in unplaced]
    return ReadFile(counts, field, [*notes, *placed, *_counting(counts, path)])


def together(fields: Sequence[Field]) -> Field:
    """Return what is said of several files: reconstructed if one is, issued if all say so."""
    if len(fields) == 1:
        return fields[0]
    issued = [field.issued for field in fields if field.issued is not None]
    because = list(dict.fromkeys(field.because for field in fields if field.because))
    return Field(
        "reconstructed" if any(field.made == "reconstructed" for field in fields) else "collected",
        "；".join(because) or None,
        sum(issued) if len(issued) == len(fields) else None,
        max((field.as_of for field in fields if field.as_of), default=None),
    )


def _counting(counts: Counted, path: Path) -> list[Finding]:
    """Return what the count itself has to say: rows that are not read, answers left out."""
    tally, found = counts.tally, []
    if tally.unreadable:
        places = tuple(Place(str(path), line=bad.row, quote=bad.spelt) for bad in counts.bad[:_SHOWN])
        why = list({bad.why.text(): bad.why for bad in counts.bad}.values())[:3]
        args = {"rows": tally.unreadable, "cells": counts.bad_cells, "returned": tally.returned, "why": why}
        said, remedy = Message("survey.rows.unreadable", args), Message("survey.rows.unreadable.remedy")
        found.append(Finding("answers_unreadable", "warning", said, remedy, places=places))
    if counts.blank:
        said = Message("survey.rows.blank", {"rows": counts.blank})
        found.append(Finding("answers_blank", "note", said, places=(Place(str(path)),)))
    for name, count in tally.excluded.items():
        if count:
            said = Message("survey.rows.excluded", {"rows": count, "rule": Message(f"survey.rule.{name}")})
            found.append(Finding("answers_excluded", "note", said, places=(Place(str(path)),)))
    return found
