"""网上问卷: a questionnaire that is answered on a page: taken in, a form's answers judged, all of them analysed.

An answer is a mapping from a question's code to what was chosen: an option's code, several with `|`, points, or text.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jixiao.findings import Finding, Message
from jixiao.formats import questionnaire_yaml, results
from jixiao.formats.answers import listed
from jixiao.formats.questionnaire_yaml import write as written
from jixiao.indicators.indicator import Actual, Binding
from jixiao.operations.outcome import Outcome
from jixiao.operations.survey_analyse import Surveyed, survey_analyse
from jixiao.operations.survey_documents import documents
from jixiao.operations.survey_read import read
from jixiao.surveys import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.evaluation.model import Evaluation
    from jixiao.surveys.questionnaire import Question, Questionnaire

__all__ = ["Online", "analysed", "answer_file", "bound", "questionnaire", "taken", "written", "wrong"]
SEVERAL = "|"
LONGEST = 500
_FORM, _ANSWERS = "survey/questionnaire.yaml", "survey/answers.csv"


class Online(NamedTuple):
    """The analysis of what was answered, with its files by name and the digests of what they were made from."""

    of: Surveyed
    files: dict[str, bytes]
    digests: dict[str, str]


def taken(path: Path) -> Outcome[Questionnaire]:
    """Return the questionnaire that a YAML file or an XLSForm workbook holds, with what is wrong in it."""
    return read(path)


def questionnaire(raw: bytes) -> Questionnaire:
    """Return the questionnaire that `written` wrote."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        path = Path(folder) / "questionnaire.yaml"
        path.write_bytes(raw)
        return questionnaire_yaml.read(path).form


def is_shown(question: Question, given: Mapping[str, str]) -> bool:
    """Return whether a question is asked of somebody who has answered so far."""
    asked = question.shown_when
    if asked is None:
        return True
    for code in asked.questions:
        said = given.get(code, "")
        if set(said.split(SEVERAL)) & set(asked.options):
            return True
        if asked.at_most is not None and said.isdecimal() and int(said) <= asked.at_most:
            return True
    return False


def wrong(form: Questionnaire, given: Mapping[str, str]) -> dict[str, Message]:
    """Return what is wrong with an answer, by question: not answered though it has to be, or no answer to it."""
    found: dict[str, Message] = {}
    for question in form.questions():
        said = given.get(question.code, "")
        known = {option.code for option in question.choices()}
        if not said:
            if question.required and is_shown(question, given):
                found[question.code] = Message("survey.online.required", {})
        elif question.kind == "text":
            if len(said) > LONGEST:
                found[question.code] = Message("survey.online.long", {"longest": LONGEST})
        elif not set(said.split(SEVERAL)) <= known or (question.kind != "multiple" and said not in known):
            found[question.code] = Message("survey.online.unknown", {})
    return found


def fitting(form: Questionnaire, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was said to the questions that were asked."""
    said = {question.code: given.get(question.code, "") for question in form.questions() if is_shown(question, given)}
    return {code: text for code, text in said.items() if text}


def answer_file(form: Questionnaire, answers: Iterable[tuple[str, int, Mapping[str, str]]]) -> bytes:
    """Return answers (token, seconds, what was said) as the CSV file that the analysis reads; no cell is a formula."""
    codes = [question.code for question in form.questions()]
    rows = [[token, str(seconds), *(said.get(code, "") for code in codes)] for token, seconds, said in answers]
    return listed(["token", "seconds", *codes], rows)


def analysed(raw: bytes, answers: bytes, *, issued: int | None, as_of: str, lang: str = "zh") -> Outcome[Online | None]:
    """Return the analysis of what was answered until a day, of which `issued` questionnaires were handed out."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        root = Path(folder)
        form, given = root / _FORM, root / _ANSWERS
        form.parent.mkdir()
        form.write_bytes(raw)
        given.write_bytes(answers)
        said = f"schema: answers/1\nmade: collected\nas_of: {as_of}\n" + (f"issued: {issued}\n" if issued else "")
        given.with_suffix(".yaml").write_text(said, encoding="utf-8")
        outcome = survey_analyse(form, given, lang=lang)
        if outcome.value is None:
            return Outcome(None, outcome.findings)
        digests = results.digests(root, [form, given])
        return Outcome(Online(outcome.value, documents(outcome.value, lang), digests), outcome.findings)


def bound(evaluation: Evaluation, code: str, measure: str, online: Online) -> Outcome[Evaluation]:
    """Return the evaluation with an indicator bound to a measure of the survey, its result beside it."""
    binding = Binding(measures.SOURCE, measure)
    given = measures.measure(online.of.analysis, measure, {})
    if isinstance(given, Message):
        said = Message("result.not_computed", {"code": code, "measure": measure, "why": given})
        return Outcome(evaluation, (Finding("survey_measure", "error", said, paths=(f"actuals/{code}",)),))
    value, origin = given
    left = Actual(value, replace(origin, digests=online.digests, as_of=online.of.analysis.field.as_of))
    actuals, kept = {**evaluation.actuals, code: binding}, {**evaluation.results, code: left}
    return Outcome(replace(evaluation, actuals=actuals, results=kept))
