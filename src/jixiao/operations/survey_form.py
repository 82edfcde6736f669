"""问卷: read a questionnaire, and write it as a printable form and as the sheet that survey platforms take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Document
from jixiao.findings import Finding
from jixiao.formats import html_write, questionnaire_yaml, word_write, xlsform
from jixiao.formats.whole import whole
from jixiao.operations.outcome import Outcome
from jixiao.surveys import blank, checks

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.surveys.questionnaire import Questionnaire


def read(path: Path) -> Outcome[Questionnaire]:
    """Return a questionnaire from YAML or an XLSForm workbook, with every finding about it placed in its file."""
    found = xlsform.read(path) if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") else questionnaire_yaml.read(path)
    said = [
        Finding(finding.check, finding.severity, finding.because, finding.remedy, finding.paths,
                tuple(place for name in finding.paths if (place := found.place(name))))
        for finding in checks.findings(found.form)
    ]  # fmt: skip
    return Outcome(found.form, (*found.findings, *said))


def survey_form(path: Path, out: Path, *, lang: str = "zh") -> Outcome[Questionnaire]:
    """Write the blank questionnaire (Word, HTML), its XLSForm and its YAML into `out`, unless an error stands."""
    outcome = read(path)
    if outcome.exit_code() == 0:
        form = outcome.value
        document = Document(blank.document(form, lang=lang), form.title)
        with whole(out) as staging:
            (staging / "questionnaire.docx").write_bytes(word_write.write(document))
            (staging / "questionnaire.html").write_bytes(html_write.write(document, lang=lang))
            (staging / "xlsform.xlsx").write_bytes(xlsform.write(form))
            (staging / "questionnaire.yaml").write_bytes(questionnaire_yaml.write(form))
    return outcome
