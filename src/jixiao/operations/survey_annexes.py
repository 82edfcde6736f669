"""问卷附件: the blank questionnaire (附件3) and the survey report (附件4) of a bundle, for the report around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.operations import survey_files
from jixiao.operations.outcome import Outcome
from jixiao.operations.survey_analyse import survey_analyse
from jixiao.operations.survey_read import read
from jixiao.surveys import blank, report
from jixiao.surveys.places import ANSWERS, FOLDER, FORM

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.documents.document import Block


class Annexes(NamedTuple):
    """The blocks of both annexes; empty where the bundle has no questionnaire, or no answers."""

    questionnaire: tuple[Block, ...] = ()
    report: tuple[Block, ...] = ()


def survey_annexes(folder: Path, *, lang: str = "zh") -> Outcome[Annexes]:
    """Return the annexes of a bundle: `survey/questionnaire.yaml`, and `survey/answers` with any ending or a folder."""
    form = folder / FOLDER / FORM
    if not form.exists():
        return Outcome(Annexes())
    answered = [path for path in sorted((folder / FOLDER).glob(f"{ANSWERS}*")) if survey_files.holds_answers(path)]
    if not answered:
        found = read(form)
        return Outcome(Annexes(blank.document(found.value, lang=lang)), found.findings)
    outcome = survey_analyse(form, answered[0], lang=lang)
    if outcome.value is None:
        return Outcome(Annexes(), outcome.findings)
    of = outcome.value.analysis
    return Outcome(
        Annexes(blank.document(of.form, lang=lang), report.document(of.form, of, lang=lang)), outcome.findings
    )
