"""比较: evaluations side by side: by indicator for a few of them, as tables for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.formats.answers import listed
from jixiao.operations.scored_lines import Line, scored_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jixiao.evaluation.assess import Assessment

_LONG = ("office", "title", "year", "code", "name", "target", "actual", "weight", "score", "score_rate")


class Compared(NamedTuple):
    """An indicator in several evaluations: None where one has no indicator of that code and name."""

    code: str
    name: str
    lines: tuple[Line | None, ...]


class Entry(NamedTuple):
    """An evaluation in a table of many: whose it is, what it is called, its year, its total and grade."""

    office: str
    title: str
    year: int
    total: str
    grade: str


def side_by_side(many: Sequence[Assessment]) -> list[Compared]:
    """Return the indicators of several evaluations in the order in which they first occur."""
    found = [{(line.code, line.name): line for line in scored_lines(of) if line.leaf} for of in many]
    keys = dict.fromkeys(key for one in found for key in one)
    return [Compared(code, name, tuple(one.get((code, name)) for one in found)) for code, name in keys]


def tables(many: Iterable[tuple[Entry, Assessment]]) -> dict[str, bytes]:
    """Return many evaluations as two CSV tables: one row each with all scores, and one row for each indicator."""
    wide: list[tuple[Entry, dict[str, str]]] = []
    long: list[list[str]] = []
    for entry, of in many:
        lines = [line for line in scored_lines(of) if line.leaf]
        wide.append((entry, {f"{line.code} {line.name}".strip(): line.score for line in lines}))
        long += [
            [entry.office, entry.title, str(entry.year), line.code, line.name, line.target, line.actual, line.weight,
             line.score, line.rate]
            for line in lines
        ]  # fmt: skip
    heads = list(dict.fromkeys(head for _, scores in wide for head in scores))
    rows = [
        [
            entry.office,
            entry.title,
            str(entry.year),
            entry.total,
            entry.grade,
            *(scores.get(head, "") for head in heads),
        ]
        for entry, scores in wide
    ]
    return {
        "scores.csv": listed(["office", "title", "year", "total", "grade", *heads], rows),
        "indicators.csv": listed(list(_LONG), long),
    }
