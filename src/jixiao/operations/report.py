"""写一种材料: any kind of report or paper of a bundle, in all its copies: plan, declaration, letters, bulletins.

A paper that accompanies an evaluation is welcome before there is a score; the report on a finished evaluation is
withheld while an error-level finding stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.errors import NotKnown
from jixiao.findings import Message
from jixiao.formats.whole import whole
from jixiao.operations.check import check
from jixiao.operations.evaluate import report_files
from jixiao.operations.outcome import Outcome
from jixiao.reports import report as reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment

_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f]")
_DEMANDS = {"notification": "addressees"}
_RESULTS = ("notification",)  # what tells a result waits until there is one


def kinds() -> dict[str, str]:
    """Return the kinds of reports and papers by id, each with its title."""
    return {name: reports.kind(name).title for name in reports.known()}


def report(folder: Path, kind: str, out: Path, *, pdf: bool = False) -> Outcome[tuple[str, ...]]:
    """Write every copy of a report or paper of a bundle into `out`; return the names of the files that were written.

    Nothing is written while an error stands in the way of a result that the paper tells. Raises `NotKnown` for a kind
    that there is not, and for letters without an addressee.
    """
    if kind not in reports.known():
        said = Message("report_kind.unknown", {"found": kind})
        raise NotKnown(said, remedy=Message("report_kind.unknown.remedy", {"known": list(reports.known())}))
    outcome = check(folder)
    wanted = reports.kind(kind)
    if outcome.exit_code() != 0 and (not wanted.ending or kind in _RESULTS):
        return Outcome((), outcome.findings)
    _demanded(kind, outcome.value)
    files = dict(_files(wanted, outcome.value, pdf=pdf))
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).write_bytes(raw)
    return Outcome(tuple(files), outcome.findings)


def _files(wanted: reports.ReportKind, of: Assessment, *, pdf: bool) -> Iterator[tuple[str, bytes]]:
    given: dict[str, int] = {}
    for name, document in reports.copies(wanted, of):
        safe = _UNSAFE.sub("_", name)
        given[safe] = given.get(safe, 0) + 1
        named = safe if given[safe] == 1 else f"{safe}-{given[safe]}"
        yield from report_files(replace(document, name=named), pdf=pdf, tagged=not wanted.ending).items()


def _demanded(kind: str, of: Assessment) -> None:
    needed = _DEMANDS.get(kind)
    if needed is not None and not getattr(of.evaluation.procedure, needed):
        said = Message(f"report_kind.without.{needed}")
        raise NotKnown(said, remedy=Message(f"report_kind.without.{needed}.remedy"))
