"""期限清单: what is due by when in a bundle, or in every bundle of a folder, and what is late on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.authorities import cited
from jixiao.errors import JixiaoError
from jixiao.evaluation import deadlines as of_evaluations
from jixiao.evaluation.deadlines import STATES
from jixiao.findings import Finding, Place
from jixiao.formats import bundle
from jixiao.operations.evaluate_all import bundles, is_batch
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from jixiao.evaluation.deadlines import Deadline, State


class Due(NamedTuple):
    """A deadline of a bundle, how it stands on the day asked for, and how many days are left (below 0: late)."""

    bundle: str
    project: str
    deadline: Deadline
    state: State
    left: int
    place: Place | None = None


def deadlines(folder: Path, on: date) -> Outcome[tuple[Due, ...]]:
    """Return the deadlines of a bundle or of every bundle in a folder: what is late on a day first, then by date.

    A bundle of several that cannot be read is a finding and stops no other; a single one raises.
    """
    if not is_batch(folder):
        return Outcome(_ordered(_of(folder, on)))
    found: list[Due] = []
    failed: list[Finding] = []
    for path in bundles(folder):
        try:
            found += _of(path, on)
        except JixiaoError as problem:
            failed.append(Finding("batch", "error", problem.what, places=(problem.place or Place(str(path)),)))
    return Outcome(_ordered(found), tuple(failed))


def deadlines_json(outcome: Outcome[tuple[Due, ...]], on: date, lang: str = "zh") -> dict[str, Any]:
    """Return `deadlines/1`: a row per deadline."""
    return {
        "schema": "deadlines/1",
        "on": on.isoformat(),
        "deadlines": [
            {
                "bundle": due.bundle,
                "project": due.project,
                "what": due.deadline.what.text(lang),
                "by": due.deadline.by.isoformat(),
                "state": due.state,
                "left": due.left,
                "done": due.deadline.on.isoformat() if due.deadline.on else None,
                "authority": cited(due.deadline.authority),
                "place": str(due.place) if due.place else None,
            }
            for due in outcome.value
        ],
    }


def _of(path: Path, on: date) -> list[Due]:
    read = bundle.read(path)
    name = read.evaluation.head.project or path.name
    return [
        Due(path.name, name, one, one.state(on), (one.by - on).days, read.place(one.path))
        for one in of_evaluations.deadlines(read.evaluation)
    ]


def _ordered(found: list[Due]) -> tuple[Due, ...]:
    return tuple(sorted(found, key=lambda due: (STATES.index(due.state), due.deadline.by, due.bundle)))
