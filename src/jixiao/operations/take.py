"""收表入库: a form that was filled in, taken into its bundle: inputs are taken, computed figures compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.diff import differences
from jixiao.evaluation.model import Amendment
from jixiao.evaluation.paths import get, put
from jixiao.findings import Message
from jixiao.formats import bundle, bundle_save
from jixiao.operations.filled_form import filled_form
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.diff import Difference
    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding

_BY_CONSENT = "form_amendment"


class Taken(NamedTuple):
    """What was taken: the evaluation with it, what it changes, and the files written."""

    evaluation: Evaluation
    changes: tuple[Difference, ...]
    files: tuple[Path, ...]


def take(form: Path, folder: Path, *, dry: bool = False) -> Outcome[Taken]:
    """Take the inputs of every form in a file (Excel, Word, HTML; what an office program converts) into a bundle.

    What could be read is taken also where something else in the form is wrong; each wrong cell is found with its sheet
    and cell. A target that changes by consent only is noted as an amendment, in which who asked, who agreed and why are
    to be completed. With `dry` nothing is written. Raises `CannotOpen` for a file in which no form is known.
    """
    read = bundle.read(folder)
    outcome = filled_form(read.evaluation, form)
    evaluation = _amended(read.evaluation, outcome)
    changes = differences(read.evaluation, evaluation)
    files = [] if dry or not changes else bundle_save.save(folder, read, evaluation)
    return Outcome(Taken(evaluation, changes, tuple(files)), tuple(_told(found) for found in outcome.findings))


def _amended(before: Evaluation, taken: Outcome[Evaluation]) -> Evaluation:
    """Return what was taken with an amendment for every target that changes by consent only, open as to who agreed."""
    evaluation = taken.value
    paths = [found.paths[0] for found in taken.findings if found.check == _BY_CONSENT]
    begun = [Amendment(path, str(get(before, path)), str(get(evaluation, path)), "", "", "") for path in paths]
    return put(evaluation, "amendments", (*evaluation.amendments, *begun))


def _told(found: Finding) -> Finding:
    return found if found.check != _BY_CONSENT else replace(found, remedy=Message("form.amendment_begun"))
