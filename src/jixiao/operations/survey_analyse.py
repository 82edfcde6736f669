"""问卷分析: a questionnaire and its answers to shares, reliability, validity and satisfaction, and to bound results."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import questionnaire_yaml
from jixiao.operations import survey_files
from jixiao.operations.outcome import Outcome
from jixiao.operations.survey_read import read as read_form
from jixiao.surveys import measures
from jixiao.surveys.analysis import Analysis, analysed
from jixiao.surveys.strata import by_file
from jixiao.surveys.tally import merged

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.figures.figure import Figure
    from jixiao.indicators.indicator import Binding, Measured
    from jixiao.surveys.tally import Bad, Tally


class Surveyed(NamedTuple):
    """The analysis of an answer file, the rows that could not be read, and the results written into a bundle."""

    analysis: Analysis
    bad: tuple[Bad, ...]
    written: tuple[str, ...] = ()


def survey_analyse(
    form: Path, answered: Path, *, out: Path | None = None, bundle: Path | None = None, lang: str = "zh"
) -> Outcome[Surveyed | None]:
    """Return the analysis of an answer file, or of a folder of them: one a region, each file's name a stratum's.

    With `out` the analysis, the report of the survey and the list of bad rows are written there; with `bundle` the
    result of every indicator that is bound to a survey, while no error-level finding stands. The value is None where
    the questionnaire itself is not sound.
    """
    outcome = read_form(form)
    if outcome.exit_code():
        return Outcome(None, outcome.findings)
    files = survey_files.listed(answered)
    read = [survey_files.counted_file(path, outcome.value) for path in files]
    tally = merged(
        {path.stem: one.counts.tally for path, one in zip(files, read, strict=True)}, by_name=by_file(outcome.value)
    )
    findings = [*outcome.findings, *(found for one in read for found in one.findings), *_nobody(tally, answered)]
    bad = tuple(bad for one in read for bad in one.counts.bad)
    analysis = analysed(outcome.value, tally, survey_files.together([one.field for one in read]))
    found: Outcome[Surveyed | None] = Outcome(Surveyed(analysis, bad), tuple(ordered(findings)))
    if bundle is not None:
        from jixiao.operations.bound_results import bound_results  # noqa: PLC0415  (most runs write no results)

        beside = [other for path in files if (other := questionnaire_yaml.beside(path)).exists()]
        given, blocked = [form, *files, *beside], found.exit_code() != 0
        written, more = bound_results(bundle, measures.SOURCE, partial(_measured, analysis), given, blocked=blocked)
        found = Outcome(Surveyed(analysis, bad, written), tuple(ordered([*found.findings, *more])))
    if out is not None:
        from jixiao.operations.survey_documents import write  # noqa: PLC0415  (Word is loaded when it is written)

        write(Surveyed(analysis, bad), out, lang)
    return found


def _measured(analysis: Analysis, binding: Binding) -> tuple[Figure, Measured] | Message:
    """Return a measure of the survey as of the day that its answers state."""
    found = measures.measure(analysis, binding.measure, binding.where)
    return found if isinstance(found, Message) else (found[0], replace(found[1], as_of=analysis.field.as_of))


def _nobody(tally: Tally, path: Path) -> list[Finding]:
    if tally.valid:
        return []
    said, remedy = Message("survey.rows.none", {"returned": tally.returned}), Message("survey.rows.none.remedy")
    return [Finding("answers_none", "error", said, remedy, places=(Place(str(path)),))]
