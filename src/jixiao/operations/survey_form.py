"""空白问卷: a questionnaire written as a printable form and as the sheet that survey platforms take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Document
from jixiao.formats import html_write, questionnaire_yaml, word_write, xlsform
from jixiao.formats.whole import whole
from jixiao.operations.survey_read import read
from jixiao.reports.numbering import numbered
from jixiao.surveys import blank

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.operations.outcome import Outcome
    from jixiao.surveys.questionnaire import Questionnaire


def survey_form(path: Path, out: Path, *, lang: str = "zh") -> Outcome[Questionnaire]:
    """Write the blank questionnaire (Word, HTML), its XLSForm and its YAML into `out`, unless an error stands."""
    outcome = read(path)
    if outcome.exit_code() == 0:
        form = outcome.value
        document = Document(tuple(numbered(blank.document(form, lang=lang))), form.title)
        with whole(out) as staging:
            (staging / "questionnaire.docx").write_bytes(word_write.write(document))
            (staging / "questionnaire.html").write_bytes(html_write.write(document, lang=lang))
            (staging / "xlsform.xlsx").write_bytes(xlsform.write(form))
            (staging / "questionnaire.yaml").write_bytes(questionnaire_yaml.write(form))
    return outcome
