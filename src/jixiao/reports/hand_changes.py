"""手改数字: the values in an edited report that are not the ones we compute, each with both values and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Chart, Heading, Paragraph, Run, Table
from jixiao.findings import Finding, Message
from jixiao.reports.prose import quoted
from jixiao.reports.taken_back import said_then

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jixiao.documents.document import Block
    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Place
    from jixiao.reports.taken_back import Fate

_REASONS = "reasons/"


def findings(of: Assessment, outcome: Iterable[Fate], then: str = "") -> list[Finding]:
    """Return what was changed by hand: figures (errors), words that only their own place can change (warnings).

    `then` is what the file keeps of how it was written: a cell that said so then was changed by nobody.
    """
    found: list[Finding] = []
    for fate in outcome:
        own, edited = fate.item.block, fate.theirs
        for block in (*fate.before, *fate.behind):
            found += _in_paragraph(of, None, block)
        if edited is None:
            continue
        if isinstance(own, Table) and isinstance(edited, Table) and fate.is_ours():
            found += _in_table(own, edited, then)
        elif fate.item.fixed or isinstance(own, Chart):
            found += _fixed(own, edited)
        else:
            found += _in_paragraph(of, own, edited)
    return found


def reasons(outcome: Iterable[Fate], then: str = "") -> dict[str, str]:
    """Return the reasons that were rewritten in tables, by the indicator's code."""
    found = {}
    for fate in outcome:
        if isinstance(fate.item.block, Table) and isinstance(fate.theirs, Table):
            for own, edited in _cells(fate.item.block, fate.theirs) or ():
                if (
                    (own.bind or "").startswith(_REASONS)
                    and edited.text.strip()
                    and not _alike(own.text, edited.text)
                    and not said_then(then, edited.text)
                ):
                    found[(own.bind or "").removeprefix(_REASONS)] = edited.text
    return found


def _in_paragraph(of: Assessment, own: Block | None, edited: Block) -> Iterator[Finding]:
    if not isinstance(edited, Paragraph):
        return
    runs = own.runs if isinstance(own, Paragraph) else ()
    now = {run.bind: run.text for run in reversed(runs) if run.bind}
    for run in edited.runs:
        if run.bind:
            expected = now.get(run.bind) or quoted(of, run.bind).text
            yield from _value(run, expected, edited.place)
    there = {run.bind for run in edited.runs}
    for path, text in now.items():
        if path not in there:
            said = {"path": path, "expected": text, "printed": edited.text[:40]}
            yield _finding("figure_gone", "warning", said, path, edited.place)


def _in_table(own: Table, edited: Table, then: str) -> Iterator[Finding]:
    pairs = _cells(own, edited)
    if pairs is None:
        place = next((cell.place for _, _, cell in edited.cells()), None)
        yield _finding("table_edited", "warning", {"table": _named(own)}, None, place)
        return
    for mine, cell in pairs:
        if _alike(mine.text, cell.text) or (mine.bind or "").startswith(_REASONS):
            continue
        if mine.bind and said_then(then, cell.text):
            said = {"path": mine.bind, "printed": cell.text, "expected": mine.text}
            yield _finding("figure_older", "note", said, mine.bind, cell.place)
        elif mine.bind and "\n" not in mine.text and not mine.bind.startswith("texts/"):
            yield from _value(Run(cell.text, value=cell.value, bind=mine.bind), mine.text, cell.place)
        else:
            said = {"printed": cell.text, "expected": mine.text}
            yield _finding("cell_edited", "warning", said, mine.bind, cell.place)


def _cells(own: Table, edited: Table) -> list[tuple[Cell, Cell]] | None:
    """Return the cells of two tables side by side; None where they are not laid out alike."""
    rows = [[cell for cell in row if cell is not None] for row in own.grid]
    others = [[cell for cell in row if cell is not None] for row in edited.grid]
    if [len(row) for row in rows] != [len(row) for row in others]:
        return None
    return [pair for row, other in zip(rows, others, strict=True) for pair in zip(row, other, strict=True)]


def _value(run: Run, expected: str, place: Place | None) -> Iterator[Finding]:
    """Yield a finding where a value is neither what we print now nor what we printed then."""
    assert run.bind is not None
    if _alike(run.text, expected):
        return
    said = {"path": run.bind, "printed": run.text, "expected": expected}
    if isinstance(run.value, str) and _alike(run.text, run.value):
        yield _finding("figure_older", "note", said, run.bind, place)
    else:
        yield _finding("figure_by_hand", "error", said, run.bind, place)


def _fixed(own: Block, edited: Block) -> Iterator[Finding]:
    mine = own.caption if isinstance(own, Chart) else own.text if isinstance(own, Heading | Paragraph) else ""
    text = edited.text if isinstance(edited, Heading | Paragraph) else mine
    if isinstance(edited, Paragraph) and text[:1] in "表图":
        text = text.partition(" ")[2] if text[1:2].isdigit() else text
    if not _alike(mine, text):
        place = edited.place if isinstance(edited, Heading | Paragraph) else None
        yield _finding("cell_edited", "warning", {"printed": text, "expected": mine}, None, place)


def _alike(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _named(table: Table) -> str:
    return (table.caption or "、".join(cell.text for cell in table.grid[0] if cell)).replace("\n", "")[:30]


def _finding(what: str, severity: str, said: Mapping[str, object], path: str | None, place: Place | None) -> Finding:
    return Finding(
        what,
        severity,  # type: ignore[arg-type]
        Message(f"absorb.{what}", said),
        Message(f"absorb.{what}.remedy"),
        paths=(path,) if path else (),
        places=(place,) if place else (),
        printed=str(said["printed"]) if "printed" in said else None,
        expected=str(said["expected"]) if "expected" in said else None,
    )
