"""收表入库: a form that was filled in, taken into its bundle: inputs are taken, computed figures compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.diff import differences
from jixiao.formats import bundle, bundle_save
from jixiao.operations.filled_form import filled_form
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.diff import Difference
    from jixiao.evaluation.model import Evaluation


class Taken(NamedTuple):
    """What was taken: the evaluation with it, what it changes, and the files written."""

    evaluation: Evaluation
    changes: tuple[Difference, ...]
    files: tuple[Path, ...]


def take(form: Path, folder: Path, *, dry: bool = False) -> Outcome[Taken]:
    """Take the inputs of every form in a file (Excel, Word, HTML; what an office program converts) into a bundle.

    What could be read is taken also where something else in the form is wrong; each wrong cell is found with its sheet
    and cell. With `dry` nothing is written. Raises `CannotOpen` for a file in which no form is known.
    """
    read = bundle.read(folder)
    outcome = filled_form(read.evaluation, form)
    changes = differences(read.evaluation, outcome.value)
    files = [] if dry or not changes else bundle_save.save(folder, read, outcome.value)
    return Outcome(Taken(outcome.value, changes, tuple(files)), outcome.findings)
