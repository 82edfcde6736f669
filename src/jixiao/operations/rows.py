"""增删行: an entry added to a list that a form prints row by row, or one taken out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import NotKnown
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.procedure import ENTRIES
from jixiao.findings import Message
from jixiao.forms.entries import added as added_entry
from jixiao.forms.form import fillable

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.form import Form

MOST = 500
_ORDER = tuple(ENTRIES)


def lists(evaluation: Evaluation) -> tuple[Form, ...]:
    """Return the forms whose rows a person may add and take out, also empty ones, in the order of the procedure."""
    found = (form for form in fillable(evaluation) if counted(evaluation, form) is not None)
    return tuple(sorted(found, key=lambda form: _ORDER.index(_list(form))))


def _list(form: Form) -> str:
    """Return the name of the list that a form is over."""
    block = form.block()
    return block.over.partition("/")[2] if block is not None else ""


def counted(evaluation: Evaluation, form: Form) -> int | None:
    """Return how many rows a form has that a person may add and take out; None where the rows follow from elsewhere.

    >>> from jixiao.evaluation.model import Evaluation
    >>> from jixiao.forms.form import form
    >>> new = Evaluation("self-evaluation", 2024)
    >>> counted(new, form("evaluation_team")), counted(new, form("score_summary"))
    (0, None)
    """
    block = form.block()
    if block is None or block.of_system() or block.derive is not None or not block.over.startswith("procedure/"):
        return None
    return len(get(evaluation, block.over))


def added(evaluation: Evaluation, form: Form) -> Evaluation:
    """Return the evaluation with one more row, a blank one, at the end of a form."""
    block, count = form.block(), counted(evaluation, form)
    if block is None or count is None or count >= MOST or (made := added_entry(evaluation, block)) is None:
        raise _not_known(form, "—")
    return made[0]


def removed(evaluation: Evaluation, form: Form, row: int) -> Evaluation:
    """Return the evaluation without one row of a form, counted from 0."""
    block, count = form.block(), counted(evaluation, form)
    if block is None or count is None or not 0 <= row < count:
        raise _not_known(form, str(row))
    standing = get(evaluation, block.over)
    return put(evaluation, block.over, (*standing[:row], *standing[row + 1 :]))


def _not_known(form: Form, row: str) -> NotKnown:
    return NotKnown(
        Message("rows.unknown", {"row": row, "form": form.title}), remedy=Message("rows.unknown.remedy", {"most": MOST})
    )
