"""填报页: the sheets on which an evaluation is filled in: its cover, money and texts, then its statutory forms.

Each sheet is a `Form`, so that one way of writing and reading cells serves all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao import library
from jixiao.forms.form import EMPTY, Field, Form, Label, Line, forms_for
from jixiao.forms.write import write
from jixiao.funds.money import COLUMNS
from jixiao.operations.enter import inputs
from jixiao.operations.rows import lists
from jixiao.operations.texts_due import texts_due

if TYPE_CHECKING:
    from jixiao.documents.document import Cell
    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding
    from jixiao.forms.form import Kind

BASICS = "basics"
_OWED = ("no_reason", "wide_deviation")
_HEAD = ("title", "project", "region", "unit", "department", "report_date")
_CONTRACT = ("commissioner", "evaluator")
_COLS = 5


class Square(NamedTuple):
    """A cell on the page.

    `path` is where it is typed and `text` what stands there; `kind` is None where nothing is typed. `last` is last
    year's text where it is another one, `notes` what stands against it.
    """

    cell: Cell
    number: int
    path: str
    text: str
    kind: Kind | None
    last: str
    notes: tuple[Finding, ...]


class Sheet(NamedTuple):
    """A form with its grid of squares (None where another cell covers) and the hidden key of each row."""

    form: Form
    title: str
    rows: tuple[tuple[Square | None, ...], ...]
    widths: tuple[float, ...]
    keys: tuple[str | None, ...]

    def squares(self) -> list[Square]:
        """Return all squares in order."""
        return [square for row in self.rows for square in row if square is not None]


def sheets(of: Assessment, lang: str) -> tuple[Form, ...]:
    """Return the sheets of an evaluation: the cover, the forms on which something is filled in, then the lists.

    A list stands there with nothing in it, too: its first row is added on the page.
    """
    listed = lists(of.evaluation)
    named = {form.id for form in listed}
    found = [basics(of, lang), *(form for form in forms_for(of.evaluation) if form.id not in named)]
    return (*(form for form in found if inputs(form, of.evaluation)), *listed)


def basics(of: Assessment, lang: str) -> Form:
    """Return the sheet for what no statutory form asks for in one place: the cover, the money, the report's texts."""

    def word(name: str) -> str:
        return library.wording(f"bundle.field.{name}", lang)

    evaluation = of.evaluation
    names = (*_HEAD, *(_CONTRACT if evaluation.kind == "third-party" else ()))
    lines = [Line((Label(word(name)), Field(f"head/{name}", cols=_COLS - 1))) for name in names]
    lines.append(Line((Label(library.wording("web.sheet.money", lang)), *(Label(word(column)) for column in COLUMNS))))
    for source in evaluation.funds.sources:
        amounts = tuple(Field(f"funds/sources/{source.name}/{column}", "money") for column in COLUMNS)
        lines.append(Line((Label(source.name), *amounts)))
    totals = tuple(Field(f"funds/total/{column}", "money") for column in COLUMNS)
    lines.append(Line((Label(library.wording("web.sheet.total", lang)), *totals)))
    for key, called in texts_due(of).items():
        lines.append(Line((Label(called.text(lang)), Field(f"texts/{key}", "text", _COLS - 1))))
    return Form(id=BASICS, title=library.wording("web.sheet.basics", lang), authority="", layout=tuple(lines))


def sheet(form: Form, of: Assessment, findings: tuple[Finding, ...], last: Assessment | None, lang: str) -> Sheet:
    """Return a form as the page shows it."""
    typed, before, against = inputs(form, of.evaluation), _texts(form, last), _by_path(findings)
    rows, number = [], 0
    table = write(form, of, lang=lang)
    for line in table.grid:
        row: list[Square | None] = []
        for cell in line:
            row.append(None if cell is None else _square(cell, number, typed, before, against))
            number += cell is not None
        rows.append(tuple(row))
    return Sheet(form, form.title, tuple(rows), form.widths(), table.keys)


def told(sheet: Sheet, entering: tuple[Finding, ...]) -> Sheet:
    """Return the sheet with what was found in entering beside its cells, where nothing else stands against them."""
    if not entering:
        return sheet
    fresh = _by_path(entering)
    rows = (
        tuple(
            one if one is None or one.notes or one.path not in fresh else one._replace(notes=fresh[one.path])
            for one in row
        )
        for row in sheet.rows
    )
    return sheet._replace(rows=tuple(rows))


def _square(
    cell: Cell, number: int, typed: dict[str, Kind], before: dict[str, str], against: dict[str, tuple[Finding, ...]]
) -> Square:  # fmt: skip
    """Return a cell with what stands beside it; what is only missing is not held against a blank."""
    bind = cell.bind or ""
    path = f"{bind}/name" if f"{bind}/name" in typed else bind
    text = str(cell.value or "") if path != bind else "" if cell.text == EMPTY else cell.text
    last = before.get(bind, "")
    told = path if path in typed or bind.count("/") != 1 else f"{bind}/weight"  # a group's cell bears its weight
    notes = against.get(told, ()) if text and bind else ()
    owed = tuple(found for found in against.get(path, ()) if found.check in _OWED)
    return Square(cell, number, path, text, typed.get(path), "" if last == cell.text else last, notes or owed)


def _texts(form: Form, last: Assessment | None) -> dict[str, str]:
    """Return what last year's evaluation prints in the cells of a form."""
    if last is None:
        return {}
    try:
        cells = [cell for _, _, cell in write(form, last).cells()]
    except KeyError:  # a sheet of this year may name what last year did not have
        return {}
    asked = ("target", "weight", "actual", "score", "score_rate", "last_year")
    return {
        cell.bind: cell.text
        for cell in cells
        if cell.bind is not None and cell.text not in ("", EMPTY)
        and (cell.bind.count("/") != 1 or cell.bind.partition("/")[0] not in ("scored", "declared"))
        and (cell.bind.partition("/")[0] not in ("scored", "declared") or cell.bind.rpartition("/")[2] in asked)
    }  # fmt: skip


def _by_path(findings: tuple[Finding, ...]) -> dict[str, tuple[Finding, ...]]:
    """Return what stands against a cell by its printed path; what concerns an indicator stands at its actual value."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for path in dict.fromkeys(home(finding)):
            found.setdefault(path, []).append(finding)
    return {path: tuple(listed) for path, listed in found.items()}


def home(finding: Finding) -> list[str]:
    """Return the printed paths of the cells that a finding is about; a reason that is owed stands in its own cell."""
    paths = [printed_path(path) for path in finding.paths]
    if finding.check == "weights_add_up":
        return paths[:1]
    if finding.check in _OWED:
        return [f"reasons/{path.split('/')[1]}" for path in paths if "/" in path]
    return [] if finding.check == "no_evidence" else paths


def printed_path(path: str) -> str:
    """Return the path under which forms print what a finding names.

    >>> printed_path("actuals/C201"), printed_path("scored/C201"), printed_path("texts/process/12")
    ('scored/C201/actual', 'scored/C201/actual', 'texts/process')
    """
    parts = path.split("/")
    if parts[0] == "actuals" and len(parts) > 1:
        return f"scored/{parts[1]}/actual"
    if parts[0] in ("scored", "declared") and len(parts) == 2:
        return f"{path}/{'actual' if parts[0] == 'scored' else 'target'}"
    if parts[0] == "texts":
        return "/".join(parts[:2])
    return path.replace("funds/stated/", "funds/total/")
