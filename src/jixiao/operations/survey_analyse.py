"""问卷分析: a questionnaire and its answers to shares, reliability, validity and satisfaction, and to bound results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Document
from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import answers_json, html_write, json_write, questionnaire_yaml, results, word_write
from jixiao.formats import bundle as bundles
from jixiao.formats.whole import whole
from jixiao.indicators.indicator import Actual, Binding, Measured
from jixiao.operations import survey_files
from jixiao.operations.outcome import Outcome
from jixiao.operations.survey_form import read as read_form
from jixiao.reports.numbering import numbered
from jixiao.surveys import measures, report
from jixiao.surveys.analysis import Analysis, analysed
from jixiao.surveys.strata import by_file
from jixiao.surveys.tally import merged

if TYPE_CHECKING:
    from pathlib import Path

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
    tally = merged({path.stem: one.counts.tally for path, one in zip(files, read, strict=True)}, by_name=by_file(outcome.value))
    findings = [*outcome.findings, *(found for one in read for found in one.findings), *_nobody(tally, answered)]
    bad = tuple(bad for one in read for bad in one.counts.bad)
    analysis = analysed(outcome.value, tally, survey_files.together([one.field for one in read]))
    found: Outcome[Surveyed | None] = Outcome(Surveyed(analysis, bad), tuple(ordered(findings)))
    if bundle is not None:
        beside = [other for path in files if (other := questionnaire_yaml.beside(path)).exists()]
        found = _left_behind(found, bundle, [form, *files, *beside])
    if out is not None:
        with whole(out) as staging:
            for name, raw in documents(Surveyed(analysis, bad), lang).items():
                (staging / name).write_bytes(raw)
    return found


def documents(of: Surveyed, lang: str = "zh") -> dict[str, bytes]:
    """Return every file of an analysis by its name."""
    title = Message("survey.report.title", {"title": of.analysis.form.title}).text(lang)
    document = Document(tuple(numbered(report.document(of.analysis.form, of.analysis, lang=lang))), title)
    files = {
        "survey.json": json_write.dumped(answers_json.analysis(of.analysis, lang)),
        "survey-report.docx": word_write.write(document),
        "survey-report.html": html_write.write(document, lang=lang),
    }
    if of.bad:
        files["bad-rows.csv"] = answers_json.bad_rows(of.bad, lang)
    return files


def survey_json(of: Surveyed, lang: str = "zh") -> dict[str, Any]:
    """Return `survey/1`, for `--json`."""
    return answers_json.analysis(of.analysis, lang)


def _nobody(tally: Tally, path: Path) -> list[Finding]:
    if tally.valid:
        return []
    said, remedy = Message("survey.rows.none", {"returned": tally.returned}), Message("survey.rows.none.remedy")
    return [Finding("answers_none", "error", said, remedy, places=(Place(str(path)),))]


def _left_behind(of: Outcome[Surveyed | None], folder: Path, files: list[Path]) -> Outcome[Surveyed | None]:
    """Write the result of every indicator that is bound to a survey; what cannot be computed is a finding."""
    if not folder.is_dir():
        raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=Place(str(folder)))
    surveyed = of.value
    read = bundles.read(folder)
    bound = {code: given for code, given in read.evaluation.actuals.items()
             if isinstance(given, Binding) and given.source == measures.SOURCE}  # fmt: skip
    if surveyed is None or not bound or of.exit_code():
        return of
    written, findings = {}, list(of.findings)
    hashed = results.digests(folder, files)
    for code, binding in bound.items():
        found = measures.measure(surveyed.analysis, binding.measure, binding.where)
        if isinstance(found, Message):
            said = Message("survey.measure.not_computed", {"code": code, "measure": binding.measure, "why": found})
            findings.append(Finding("survey_measure", "error", said, paths=(f"actuals/{code}",)))
            continue
        value, origin = found
        as_of = surveyed.analysis.field.as_of or read.evaluation.as_of
        dated = Measured(origin.source, origin.measure, origin.parts, origin.where, origin.query, hashed, as_of)
        written[code] = results.write(code, Actual(value, dated))
    with whole(folder / results.FOLDER) as staging:
        for code, raw in written.items():
            (staging / f"{code}.json").write_bytes(raw)
    return Outcome(surveyed._replace(written=tuple(written)), tuple(ordered(read.located(findings))))
