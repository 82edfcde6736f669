"""收表: the forms in a filled-in file, put into an Evaluation; what does not fit is found with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place, ordered
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import fillable
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding


def filled_form(evaluation: Evaluation, path: Path) -> Outcome[Evaluation]:
    """Return the evaluation with what the forms in a file say; `CannotOpen` where none of them is known.

    Computed cells are compared, never taken, and a blank cell erases nothing.
    """
    from jixiao.formats import any_read  # noqa: PLC0415  (the libraries of a format are loaded for a file of it only)

    found: list[Finding] = []
    known = 0
    for table in any_read.read(path).tables():
        met = recognise(fillable(evaluation), table)
        if met is None:
            continue
        form, match = met
        block = form.block()
        assert block is not None
        known += 1
        evaluation, said = absorbed(evaluation, form, read(form, table, match, evaluation.system(block.role)))
        found += said
    if not known:
        raise CannotOpen(Message("new.no_form"), remedy=Message("new.no_form.remedy"), place=Place(path.name))
    return Outcome(evaluation, tuple(ordered(found)))
