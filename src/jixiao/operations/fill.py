"""填报: the values of an evaluation written into a workbook that somebody else made (a finance system's upload form).

Nothing that stands there is overwritten unless that is asked for, and every value without a place is named with the
reason.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Cell, Table
from jixiao.errors import CannotOpen, CannotWrite
from jixiao.figures.figure import Figure
from jixiao.figures.notation import clean, is_placeholder
from jixiao.figures.units import unit
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import convert, excel_read, fill_wording
from jixiao.formats.fill_excel import Book, letters, opened
from jixiao.formats.whole import whole
from jixiao.forms.form import forms_for
from jixiao.forms.placing import Placing, Spot, Wording, placed
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome
from jixiao.reports.prose import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Severity

_NUMERIC = re.compile(r"[#0]")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_UNIT = re.compile(r"(-?\d+(?:\.\d+)?)[^\d.]{1,4}")


class Filled(NamedTuple):
    """What was filled: the file (None where nothing was written), how many cells, how many stood so already."""

    file: Path | None
    put: int
    stood: int


def fill(
    template: Path, folder: Path, out: Path | None = None, *, wording: Path | None = None, overwrite: bool = False
) -> Outcome[Filled]:
    """Write the values of a bundle into a workbook of somebody else's; the template itself stays as it is.

    The file is `out`, by default `…（已填）.xlsx` beside the template. `wording` is a YAML file that says what the
    template calls otherwise (`cells`, `rows`, `heads`). While an error stands in the bundle nothing is written. Raises
    `CannotOpen` for a template without any known form.
    """
    outcome = check(folder)
    if outcome.exit_code() != 0:
        return Outcome(Filled(None, 0, 0), outcome.findings)
    words = fill_wording.read(wording) if wording is not None else Wording()
    target = out if out is not None else template.with_name(f"{template.stem}（已填）.xlsx")
    if target.exists() and target.resolve() == template.resolve():
        remedy = Message("fill.onto_itself.remedy")
        raise CannotWrite(Message("fill.onto_itself"), remedy=remedy, place=Place(str(target)))
    with ExitStack() as stack:
        book_path = stack.enter_context(convert.converted(template)) if _is_old(template) else template
        book = opened(book_path, Place(str(template)))
        tables = [_padded(table, book) for table in excel_read.read(book_path).tables()]
    filling = _Filling(book, outcome.value, str(template), overwrite=overwrite)
    filling.run(tables, words)
    with whole(target.parent) as staging:
        (staging / target.name).write_bytes(book.written())
    return Outcome(Filled(target, filling.put, filling.stood), tuple(ordered(filling.found)))


def _is_old(template: Path) -> bool:
    return template.suffix.lower() in convert.BOOKS


def _padded(table: Table, book: Book) -> Table:
    """Return a sheet's table with the prepared rows below what is written in it."""
    if not table.grid:
        return table
    file = next((cell.place.file for _, _, cell in table.cells() if cell.place), None)
    columns = letters(len(table.grid[0]))
    more = [
        tuple(Cell("", place=Place(file, table.name, row=row, column=column)) for column in columns)
        for row in range(len(table.grid) + 1, book.extent(table.name or "") + 1)
    ]
    return replace(table, grid=(*table.grid, *more))


class _Value(NamedTuple):
    """What goes into a cell, and whether as a number."""

    text: str
    number: bool = False


class _Filling:
    """A workbook being filled: how many cells were, and what was found."""

    def __init__(self, book: Book, of: Assessment, template: str, *, overwrite: bool) -> None:
        self.book, self.of, self.template, self.overwrite = book, of, template, overwrite
        self.put = self.stood = 0
        self.found: list[Finding] = []

    def run(self, tables: list[Table], words: Wording) -> None:
        """Fill every sheet that is a known form, then the cells that the wording names one by one."""
        forms = forms_for(self.of.evaluation)
        met = False
        for table in tables:
            placing = placed(forms, table, self.of, words)
            if placing is None:
                continue
            met = True
            self.found += [self._located(found, table) for found in placing.findings]
            for spot in placing.spots:
                self._fill(spot, placing)
        for at, path in words.cells.items():
            met = True
            self._named(at, path, tables)
        if not met:
            place = Place(self.template)
            raise CannotOpen(Message("fill.no_form"), remedy=Message("fill.no_form.remedy"), place=place)

    def _located(self, found: Finding, table: Table) -> Finding:
        places = tuple(replace(place, file=self.template) for place in found.places)
        return replace(found, places=places or (Place(self.template, table.name),))

    def _named(self, at: str, path: str, tables: list[Table]) -> None:
        """Fill one cell that the wording names, with the value at a path as running text prints it."""
        sheet, _, cell = at.rpartition("!")
        try:
            run = quoted(self.of, path)
        except KeyError:
            run = None
        match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", cell)
        if run is None or match is None or sheet not in self.book.names:
            said = Message("fill.wording", {"at": at, "path": path})
            self.found.append(Finding("fill_wording", "error", said, Message("fill.wording.remedy"), (path,)))
            return
        place = Place(self.template, sheet, row=int(match[2]), column=match[1])
        standing = next(
            (one.text for table in tables for _, _, one in table.cells() if one.place and _same_cell(one.place, place)),
            "",
        )
        self._fill(Spot(path, Cell(run.text, value=run.value), place, standing), None)

    def _fill(self, spot: Spot, placing: Placing | None) -> None:
        """Put one value into its cell, or find why it cannot go there."""
        sheet, cell = spot.place.part or "", f"{spot.place.column}{spot.place.row}"
        style = self.book.number_format(sheet, cell)
        value = _value(spot, placing.money if placing else None, style)
        if _alike(spot.standing, value.text) or _alike(spot.standing, spot.ours.text):
            self.stood += 1
            return
        if self.book.is_formula(sheet, cell):
            if value.number:
                self.book.put(sheet, cell, value.text, number=True)
            self._find("formula", "note", spot, value=value.text)
            return
        if clean(spot.standing) and not is_placeholder(clean(spot.standing)) and not self.overwrite:
            self._find("taken", "warning", spot, standing=spot.standing, value=value.text)
            return
        why = self.book.refusal(sheet, cell, value.text)
        if why is not None:
            self._find("refused", "warning", spot, value=value.text, why=why)
            return
        self.book.put(sheet, cell, value.text, number=value.number)
        self.put += 1
        if value.number and not _alike(shown := excel_read.printed(float(value.text), style), value.text, style):
            self._find("rounded", "warning", spot, value=value.text, shown=shown)

    def _find(self, what: str, severity: Severity, spot: Spot, **args: object) -> None:
        said, remedy = Message(f"fill.{what}", args), Message(f"fill.{what}.remedy")
        place = replace(spot.place, file=self.template)
        self.found.append(
            Finding(f"fill_{what}", severity, said, remedy, (spot.path,), (place,), printed=spot.ours.text)
        )


def _value(spot: Spot, money: str | None, style: str) -> _Value:
    """Return what goes into a cell of this number format: a number where the cell is one for numbers, else the text."""
    figure, text = spot.ours.value, spot.ours.text
    figure = getattr(figure, "value", figure)
    numeric = style not in ("General", "@") and bool(_NUMERIC.search(style))
    if spot.path.startswith("funds/") and isinstance(figure, Figure) and money is not None and spot.ours.hint:
        measure = unit(money)
        if measure is not None and measure.base == figure.unit.base:
            text = figure.in_unit(measure).text().removesuffix(money)
    bare = text.replace(",", "")
    if isinstance(figure, Figure) and figure.unit.name == "%" and text.endswith("%"):
        bare = bare.removesuffix("%")
        if not numeric or not _PLAIN.fullmatch(bare):
            return _Value(text)
        return _Value(f"{Decimal(bare) / 100:f}" if "%" in style else bare, number=True)
    if numeric and isinstance(figure, Figure) and (match := _UNIT.fullmatch(bare)):
        return _Value(match[1], number=True)
    number = spot.ours.hint is not None and style != "@" and bool(_PLAIN.fullmatch(bare))
    return _Value(bare if number else text, number=number)


def _alike(standing: str, text: str, style: str = "") -> bool:
    """Return whether a cell says a text already, as the same words or the same number."""
    one, other = clean(standing), clean(text)
    if one == other:
        return True
    numbers = [piece.replace(",", "").removesuffix("%") for piece in (one, other)]
    if not all(_PLAIN.fullmatch(piece) for piece in numbers):
        return False
    share = 100 if one.endswith("%") and "%" in style else 1
    return Decimal(numbers[0]) == Decimal(numbers[1]) * share and (
        share == 100 or one.endswith("%") == other.endswith("%")
    )


def _same_cell(one: Place, other: Place) -> bool:
    return (one.part, one.row, one.column) == (other.part, other.row, other.column)
