"""自己的表: what a form that we wrote and somebody filled in says of itself: its version, heads that were renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message
from jixiao.forms.recognise import KEY_HEAD, Match, head_text, mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.documents.document import Cell
    from jixiao.findings import Severity
    from jixiao.forms.form import Form


def columns(form: Form, rows: Sequence[Sequence[Cell | None]], match: Match) -> tuple[Match, list[Finding]]:
    """Return the match with renamed columns known by their position, and what was changed, each with its cell.

    Only a table with our hidden column is known so well; in anybody else's a column that is not there is not there.
    """
    row = rows[match.head_row]
    heads = [head_text(cell.text) if cell else "" for cell in row]
    block, mark = form.block(), mark_of(rows)
    if KEY_HEAD not in heads or block is None:
        return match, []
    found: list[Finding] = []
    if mark is not None and mark.form == form.id and mark.version != form.version:
        said: dict[str, object] = {"title": form.title, "found": mark.version, "version": form.version}
        found.append(finding("form.other_version", "warning", mark.cell, **said))
    places, missing = dict(match.columns), [column for column in block.columns if column.head not in match.columns]
    for column in missing:
        at = _expected(match, block.columns.index(column), [one.head for one in block.columns])
        cell = row[at] if 0 <= at < heads.index(KEY_HEAD) else None
        if cell is not None and cell.text.strip() and at not in places.values():
            places[column.head] = at
            said = {"head": head_text(column.head), "printed": head_text(cell.text)}
            found.append(finding("form.column_renamed", "warning", cell, **said))
        else:
            near = next((one for one in row if one is not None and one.place), None)
            found.append(finding("form.column_missing", "warning", near, head=head_text(column.head)))
    return match._replace(columns=places), found


def _expected(match: Match, number: int, heads: list[str]) -> int:
    """Return where a column should stand: behind the nearest known one left of it, else before the one right of it."""
    for before in range(number - 1, -1, -1):
        if heads[before] in match.columns:
            return match.columns[heads[before]] + number - before
    after = next((at for at in range(number + 1, len(heads)) if heads[at] in match.columns), None)
    return -1 if after is None else match.columns[heads[after]] - (after - number)


def finding(what: str, severity: Severity, cell: Cell | None, **args: object) -> Finding:
    """Return a finding about a cell of a form, with its sheet and cell."""
    places = (cell.place,) if cell is not None and cell.place else ()
    printed = str(args["printed"]) if "printed" in args else None
    said, remedy = Message(what, args), Message(f"{what}.remedy", args)
    return Finding(what.replace(".", "_"), severity, said, remedy, places=places, printed=printed)
