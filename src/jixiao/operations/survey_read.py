"""读问卷: a questionnaire from YAML or XLSForm, with what is wrong in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Finding
from jixiao.formats import questionnaire_yaml
from jixiao.operations.outcome import Outcome
from jixiao.surveys import checks

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.surveys.questionnaire import Questionnaire


def read(path: Path) -> Outcome[Questionnaire]:
    """Return a questionnaire from YAML or an XLSForm workbook, with every finding about it placed in its file."""
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        from jixiao.formats import xlsform  # noqa: PLC0415  (openpyxl is loaded for a workbook only)

        found = xlsform.read(path)
    else:
        found = questionnaire_yaml.read(path)
    said = [
        Finding(finding.check, finding.severity, finding.because, finding.remedy, finding.paths,
                tuple(place for name in finding.paths if (place := found.place(name))))
        for finding in checks.findings(found.form)
    ]  # fmt: skip
    return Outcome(found.form, (*found.findings, *said))
