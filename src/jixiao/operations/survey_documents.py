"""问卷分析的文件: an analysis as JSON, as the survey report (Word, HTML), and the rows that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Document
from jixiao.findings import Message
from jixiao.formats import answers_json, html_write, json_write, word_write
from jixiao.formats.whole import whole
from jixiao.reports.numbering import numbered
from jixiao.surveys import report

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.operations.survey_analyse import Surveyed


def write(of: Surveyed, out: Path, lang: str = "zh") -> None:
    """Write every file of an analysis into a folder, whole or not at all."""
    with whole(out) as staging:
        for name, raw in documents(of, lang).items():
            (staging / name).write_bytes(raw)


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
