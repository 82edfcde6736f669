"""抽查: a random sample of self-evaluations to be scored again, and the second scores beside the first.

A bundle is drawn when the hash of the seed and its name is among the smallest: the same seed draws the same bundles,
in whatever order they lie, and anybody can repeat the draw. For each drawn bundle a score sheet is written; filled in,
`take` puts it into the bundle, and the next run shows both scores.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Cell, Document, Table
from jixiao.errors import CannotOpen, JixiaoError
from jixiao.evaluation.procedure import SecondScore
from jixiao.evaluation.published import published
from jixiao.evaluation.second_scores import second_total
from jixiao.figures import notation
from jixiao.figures.figure import Figure, exactly, figure
from jixiao.findings import Finding, Message, Place
from jixiao.formats import excel_write, word_write
from jixiao.formats.whole import whole
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.operations.check import check
from jixiao.operations.evaluate_all import bundles
from jixiao.operations.outcome import Outcome
from jixiao.surveys.sampling import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment

SHARE = "20%"
_HEADS = ("number", "bundle", "project", "unit", "drawn", "first", "grade", "second", "difference")
_WIDTHS = (10, 40, 56, 50, 14, 16, 12, 18, 18)
_SHEET = "second_scores"


class Candidate(NamedTuple):
    """A self-evaluation: its bundle, whether it is drawn, its first total and grade, its second total (None yet)."""

    bundle: str
    project: str
    unit: str
    drawn: bool
    first: Figure | None
    grade: str | None
    second: Figure | None

    def difference(self) -> Figure | None:
        """Return the second total less the first."""
        if self.first is None or self.second is None:
            return None
        return exactly(
            self.second.num * self.first.den - self.first.num * self.second.den, self.second.den * self.first.den
        )


def spot_check(
    folder: Path, out: Path | None = None, *, share: str = SHARE, seed: str = "1"
) -> Outcome[tuple[Candidate, ...]]:
    """Return every bundle of a folder, those that are drawn marked; with `out` write the list and a sheet for each.

    At least one is drawn. A bundle in which errors stand is drawn like any other and is a finding; one that cannot be
    read is not drawn.
    Raises `CannotOpen` for a folder without bundles; `share` is one that `is_share` knows.
    """
    assessed, found = _assessed(folder)
    chosen = set(drawn(seed, [("", name) for name in assessed], {"": _count(share, len(assessed))})[""])
    listed = tuple(_candidate(name, of, name in chosen) for name, of in assessed.items())
    if out is not None:
        _write(out, listed, {name: of for name, of in assessed.items() if name in chosen}, share, seed)
    return Outcome(listed, tuple(found))


def is_share(text: str) -> bool:
    """Return whether a text is a share of more than nothing and at most everything.

    >>> is_share("20%"), is_share("0%"), is_share("五成"), is_share("120%")
    (True, False, False, False)
    """
    read = notation.figure(text)
    return isinstance(read, Figure) and read.unit.base == "" and 0 < read.num <= read.den


def _assessed(folder: Path) -> tuple[dict[str, Assessment], list[Finding]]:
    paths = bundles(folder) if folder.is_dir() else []
    if not paths:
        raise CannotOpen(Message("batch.none"), remedy=Message("batch.none.remedy"), place=Place(str(folder)))
    assessed, found = {}, []
    for path in paths:
        try:
            outcome = check(path)
        except JixiaoError as problem:
            said = Message("batch.failed", {"name": path.name, "why": problem.what})
            place = problem.place or Place(str(path))
            found.append(Finding("batch", "error", said, Message("batch.failed.remedy"), places=(place,)))
            continue
        assessed[path.name] = outcome.value
        if outcome.exit_code() != 0:
            errors = sum(one.severity == "error" for one in outcome.findings)
            said = Message("batch.failed", {"name": path.name, "why": Message("batch.errors", {"count": errors})})
            found.append(Finding("batch", "warning", said, Message("batch.failed.remedy"), places=(Place(str(path)),)))
    return assessed, found


def _count(share: str, of: int) -> int:
    """Return how many are drawn: the share of them, upwards, at least one and at most all."""
    asked = figure(share)
    return min(of, max(1, -(-asked.num * of // asked.den)))


def _candidate(name: str, of: Assessment, is_drawn: bool) -> Candidate:
    head, first = of.evaluation.head, published(of, "scored/score")
    grade = of.card.grade if of.card is not None else None
    second = second_total(of)
    first = first if isinstance(first, Figure) else None
    return Candidate(name, head.project or name, head.unit or "", is_drawn, first, grade, second)


def _write(out: Path, listed: Sequence[Candidate], chosen: dict[str, Assessment], share: str, seed: str) -> None:
    table = _table(listed, share, seed)
    files = {
        f"{table.name}.xlsx": excel_write.write([table]),
        f"{table.name}.docx": word_write.write(Document((table,))),
    }
    for name, of in chosen.items():
        if not of.evaluation.procedure.second_scores:
            files[f"{form(_SHEET).title}-{name}.xlsx"] = excel_write.write([_sheet(of)])
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).write_bytes(raw)


def _sheet(of: Assessment) -> Table:
    """Return the sheet for the second scores with a row for every indicator; it is read back as rows that are new."""
    system = of.evaluation.system("scored")
    rows = tuple(SecondScore(node.code) for node in (system.indicators() if system is not None else ()))
    procedure = replace(of.evaluation.procedure, second_scores=rows)
    table = write(form(_SHEET), of._replace(evaluation=replace(of.evaluation, procedure=procedure)))
    return replace(table, keys=())


def _table(listed: Sequence[Candidate], share: str, seed: str) -> Table:
    heads = [Cell(Message(f"spot_check.head.{name}").text("zh"), head=True) for name in _HEADS]
    rows = [_row(number, one) for number, one in enumerate(listed, 1)]
    named = Message("spot_check.title").text("zh")
    drawn_by = Message("spot_check.drawn_by", {"share": share, "seed": seed}).text("zh")
    return Table.of(
        [heads, *rows], head_rows=1, caption=f"{named}\n{drawn_by}", widths=_WIDTHS, landscape=True, name=named
    )


def _row(number: int, one: Candidate) -> list[Cell]:
    marked = Message("spot_check.drawn").text("zh") if one.drawn else ""
    told = ("" if value is None else value.text() for value in (one.second, one.difference()))
    first = "" if one.first is None else one.first.text()
    words = (str(number), one.bundle, one.project, one.unit, marked, first, one.grade or "", *told)
    return [Cell(word) for word in words]
