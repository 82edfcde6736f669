"""评价: score a bundle and write what an office hands in: scorecard, forms and report, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from jixiao.documents.document import Document
from jixiao.findings import ordered
from jixiao.formats import charts, excel_write, html_write, json_write, word_write
from jixiao.formats.whole import whole
from jixiao.forms import write as forms
from jixiao.forms.form import forms_for
from jixiao.forms.live import formulas
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome
from jixiao.operations.photograph_annex import photograph_annex
from jixiao.reports import report as reports
from jixiao.reports.chapters.annexes import with_annexes
from jixiao.surveys.places import FOLDER, FORM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment
    from jixiao.findings import Finding

LIVE = "核对"


def evaluate(
    folder: Path,
    out: Path | None = None,
    *,
    pdf: bool = False,
    annexes: bool = False,
    template: Path | None = None,
    draft: bool = False,
    lang: str = "zh",
) -> Outcome[Assessment]:
    """Return the assessment of a bundle and, where nothing blocks it, write its documents into `out`.

    While an error-level finding stands nothing is written: a score is for submission or it is not there. A `draft` is
    written all the same, without a total; every page says what it is. Forms and report are Chinese; `lang` is the
    language of the derivations in the scorecard. With `pdf` the report is laid out by LibreOffice, which also gives its
    contents list page numbers; `NoTool` where that cannot be. With `annexes` the bundle's questionnaire, the
    report on its answers and the photographs taken on site follow; a `template` of the office's own is filled beside
    them, and nothing is written while it names fields that there are not.
    """
    outcome = check(folder)
    if out is None or (outcome.exit_code() != 0 and not draft):
        return outcome
    outcome = replace(outcome, value=outcome.value._replace(findings=outcome.findings))
    own = _of_template(outcome.value, template, pdf=pdf) if template is not None else Outcome({})
    if own.exit_code() != 0 and not draft:
        return replace(outcome, findings=tuple(ordered([*outcome.findings, *own.findings])))
    report = report_of(outcome.value)
    answered: tuple[Finding, ...] = ()
    if annexes and report is not None:
        report, answered = _annexed(report, outcome.value, folder)
    files = {**documents(outcome.value, lang), **(report_files(report, pdf=pdf) if report else {})}
    files |= {name if name not in files else f"模板-{name}": raw for name, raw in own.value.items()}
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_bytes(raw)
    found = [*reports.gaps(outcome.value), *(charts.findings(report.blocks) if report else [])]
    return replace(outcome, findings=tuple(ordered([*outcome.findings, *found, *answered])))


def _of_template(of: Assessment, template: Path, *, pdf: bool) -> Outcome[dict[str, bytes]]:
    from jixiao.operations.fields import filled  # noqa: PLC0415  (docxtpl is loaded for a template only)

    return filled(of, template, pdf=pdf)


def _annexed(report: Document, of: Assessment, folder: Path) -> tuple[Document, tuple[Finding, ...]]:
    """Return the report with questionnaire, survey report and photographs as annexes, and what was found in them."""
    photographs = photograph_annex(of.evaluation, folder if folder.is_dir() else folder.parent)
    parts, findings = [photographs.value], photographs.findings
    if (folder / FOLDER / FORM).exists():
        from jixiao.operations.survey_annexes import survey_annexes  # noqa: PLC0415  (an engine is loaded for answers)

        survey = survey_annexes(folder)
        parts, findings = [*survey.value, *parts], (*survey.findings, *findings)
    return with_annexes(report, [part for part in parts if part]), findings


def documents(of: Assessment, lang: str = "zh") -> dict[str, bytes]:
    """Return scorecard and forms by their file names; the same evaluation gives the same bytes."""
    return {name: written() for name, written in writers(of, lang).items()}


def writers(of: Assessment, lang: str = "zh") -> dict[str, Callable[[], bytes]]:
    """Return what writes scorecard and forms, by their file names; a document is written when its writer is called.

    An Excel form is there twice: 上报版 with values only, and below 核对/ the same with live formulas.
    """
    found: dict[str, Callable[[], bytes]] = {
        "scorecard.json": lambda: json_write.dumped(json_write.scorecard(of, lang))
    }
    for known in forms_for(of.evaluation):
        table = forms.write(known, of)
        document, live = Document((table,), known.title), formulas(of, table)
        found[f"{known.title}.xlsx"] = partial(excel_write.write, [table])
        if live:
            found[f"{LIVE}/{known.title}.xlsx"] = partial(excel_write.write, [table], live)
        found[f"{known.title}.docx"] = partial(word_write.write, document)
        found[f"{known.title}.html"] = partial(html_write.write, document)
    return found


def report_of(of: Assessment) -> Document | None:
    """Return the report of an evaluation, or None where there is none for its kind."""
    kind = reports.kind_of(of)
    return reports.write(kind, of) if kind else None


def report_writers(report: Document, *, tagged: bool = True) -> dict[str, Callable[[], bytes]]:
    """Return what writes the files of a report, by their names."""
    return {
        f"{report.name}.html": partial(html_write.write, report),
        f"{report.name}.docx": partial(word_write.write, report, tagged=tagged),
    }


def report_files(report: Document, *, pdf: bool = False, tagged: bool = True) -> dict[str, bytes]:
    """Return the files of a report by their names; the Word file is `tagged` if `absorb` is to take it back."""
    if pdf:
        from jixiao.formats import pdf_write  # noqa: PLC0415  (subprocesses and their kind are for a PDF only)

        word, laid_out = pdf_write.write(report, tagged=tagged)
        html = html_write.write(report)
        return {f"{report.name}.html": html, f"{report.name}.docx": word, f"{report.name}.pdf": laid_out}
    return {name: written() for name, written in report_writers(report, tagged=tagged).items()}
