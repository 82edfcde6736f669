"""收回报告: a report that officers edited in Word, taken back into its bundle: prose yes, figures typed by hand no."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.controls import NAMELESS, short
from jixiao.documents.document import Cell, Heading, Paragraph, Run, Table
from jixiao.errors import CannotOpen
from jixiao.evaluation.assess import Assessment, assess
from jixiao.evaluation.paths import put
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import bundle, bundle_save, word_controls
from jixiao.forms.absorb import reason
from jixiao.operations.outcome import Outcome
from jixiao.reports import edits, hand_changes, taken_back
from jixiao.reports import report as reports
from jixiao.reports.prose import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from jixiao.documents.document import Block, Document
    from jixiao.evaluation.model import Evaluation
    from jixiao.reports.taken_back import Fate

_LEAST = 0.3  # of our blocks have to stand in a file, or it is no report of this evaluation


class Absorbed(NamedTuple):
    """What was taken: the evaluation with it, the keys of the texts and reasons that changed, the files written."""

    evaluation: Evaluation
    texts: tuple[str, ...]
    reasons: tuple[str, ...]
    files: tuple[Path, ...]


def absorb(report: Path, folder: Path, *, dry: bool = False) -> Outcome[Absorbed]:
    """Take the edited prose of a report back into its bundle; a figure changed by hand is found, not taken.

    With `dry` nothing is written. Raises `CannotOpen` for a file that is no report of this evaluation.
    """
    read = bundle.read(folder)
    of = assess(read.evaluation)
    taken, found = taken_from(of, word_controls.read(report), word_controls.written(report))
    files = [] if dry else bundle_save.save(folder, read, taken.evaluation)
    return Outcome(taken._replace(files=tuple(files)), tuple(ordered(found)))


def taken_from(of: Assessment, edited: Document, then: str = "") -> tuple[Absorbed, list[Finding]]:
    """Return what an edited report says beside the one that this evaluation prints now; no file is touched.

    `then` is what its file keeps of how it was written: words that were ours then are no edit.
    """
    kind = reports.kind_of(of)
    place = Place(edited.name)
    if kind is None:
        said = Message("absorb.no_report", {"kind": of.evaluation.kind})
        raise CannotOpen(said, remedy=Message("absorb.no_report.remedy"), place=place)
    unedited = reports.unedited(kind, of)
    own = edits.applied(of, unedited)
    theirs = taken_back.theirs(_resolved(of, own, _without_annexes(own, edited.blocks)), own)
    outcome = taken_back.fates(taken_back.ours(own), theirs, then)
    met = sum(fate.theirs is not None for fate in outcome)
    if met < _LEAST * len(outcome):
        raise CannotOpen(Message("absorb.other"), remedy=Message("absorb.other.remedy"), place=place)
    return _taken(of, outcome, unedited, then)


def _taken(of: Assessment, outcome: list[Fate], unedited: list[Block], then: str) -> tuple[Absorbed, list[Finding]]:
    standing = of.evaluation.texts
    texts = taken_back.taken(standing, outcome, unedited)
    kept = {key: text for key, text in {**standing, **texts}.items() if text.strip() or key in standing}
    changed = replace(of.evaluation, texts=kept)
    reasons = hand_changes.reasons(outcome, then)
    for code, text in reasons.items():
        changed = put(changed, f"reasons/{code}", reason(text))
    found = [*hand_changes.findings(of, outcome, then), *_headings(outcome), *_twice(outcome)]
    return Absorbed(changed, tuple(sorted(texts)), tuple(reasons), ()), found


def _headings(outcome: Iterable[Fate]) -> list[Finding]:
    """Return a note for every heading that was added, renamed or left out: it is kept so, and said."""
    found = []
    for fate in outcome:
        for block in (*fate.before, *fate.behind):
            if isinstance(block, Heading):
                found.append(_noted("heading_added", {"heading": block.text}, block.place))
        own, edited = fate.item.block, fate.theirs
        if isinstance(own, Heading) and own.level and fate.changed:
            if edited is None:
                found.append(_noted("heading_gone", {"heading": own.text}, None))
            elif isinstance(edited, Heading | Paragraph):
                found.append(_noted("heading_changed", {"heading": own.text, "now": edited.text}, edited.place))
    return found


def _twice(outcome: Iterable[Fate]) -> list[Finding]:
    """Return a warning where a text that the report prints twice was edited in both places; the first was taken."""
    touched: dict[tuple[str, int], int] = {}
    found = []
    for passage in taken_back.passages(outcome):
        if any(fate.is_touched() for fate in passage.fates):
            key = (passage.text, passage.entry)
            touched[key] = touched.get(key, 0) + 1
            if touched[key] == 2:
                place = next((b.place for fate in passage.fates if isinstance(b := fate.theirs, Paragraph)), None)
                said = Message("absorb.twice", {"text": passage.text})
                places = (place,) if place else ()
                found.append(
                    Finding(
                        "absorbed_twice",
                        "warning",
                        said,
                        Message("absorb.twice.remedy"),
                        (f"texts/{passage.text}",),
                        places,
                    )
                )
    return found


def _noted(what: str, args: dict[str, object], place: Place | None) -> Finding:
    said, remedy = Message(f"absorb.{what}", args), Message("absorb.heading.remedy")
    return Finding(what, "note", said, remedy, places=(place,) if place else ())


def _without_annexes(own: Iterable[Block], edited: Iterable[Block]) -> list[Block]:
    """Return their blocks without the annexes on the survey, which the bundle's survey prints anew."""
    titles = [block.text for block in own if isinstance(block, Heading) and block.level == 1]
    annex = Message("report_title.annexes").text("zh")
    last = [title for title in titles if title.startswith(annex)][-1:]
    found: list[Block] = []
    passed = not last
    for block in edited:
        if isinstance(block, Heading) and block.level == 1 and block.text.startswith(annex):
            if passed and last and block.text != last[0]:
                break
            passed = passed or block.text == last[0]
        found.append(block)
    return found


def _resolved(of: Assessment, own: Iterable[Block], edited: Iterable[Block]) -> list[Block]:
    """Return their blocks with paths that a control says in short in full, and without paths to nothing."""
    full = {
        short(run.bind): run.bind for block in own if isinstance(block, Paragraph) for run in block.runs if run.bind
    }
    full |= {
        short(cell.bind): cell.bind
        for block in own
        if isinstance(block, Table)
        for _, _, cell in block.cells()
        if cell.bind
    }

    def path(said: str | None) -> str | None:
        if said is None or said.startswith(NAMELESS) or said in full:
            return full.get(said, said) if said else None
        try:
            quoted(of, said)
        except KeyError:
            return None
        return said

    found: list[Block] = []
    for block in edited:
        if isinstance(block, Paragraph):
            runs = tuple(Run(run.text, run.bold, run.value, path(run.bind)) for run in block.runs)
            found.append(replace(block, runs=runs))
        elif isinstance(block, Table):
            grid = tuple(tuple(_cell(cell, path(cell.bind)) if cell else None for cell in row) for row in block.grid)
            found.append(replace(block, grid=grid))
        else:
            found.append(block)
    return found


def _cell(cell: Cell, path: str | None) -> Cell:
    return replace(cell, bind=path)
