"""评价: score a bundle and write what an office hands in: the scorecard and its tables, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Document
from jixiao.formats import excel_write, html_write, json_write, word_write
from jixiao.formats.whole import whole
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.operations.check import check
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment

TABLES = ("score_table",)


def evaluate(folder: Path, out: Path | None = None, *, lang: str = "zh") -> Outcome[Assessment]:
    """Return the assessment of a bundle and, where nothing blocks it, write its documents into `out`.

    While an error-level finding stands nothing is written: a score is for submission or it is not there.
    """
    outcome = check(folder)
    if out is not None and outcome.exit_code() == 0:
        with whole(out) as staging:
            for name, raw in documents(outcome.value, lang).items():
                (staging / name).write_bytes(raw)
    return outcome


def documents(of: Assessment, lang: str = "zh") -> dict[str, bytes]:
    """Return every file of an evaluation by its name; the same evaluation gives the same bytes."""
    files = {"scorecard.json": json_write.dumped(json_write.scorecard(of, lang))}
    for name in TABLES:
        known = form(name)
        table = write(known, of, lang=lang)
        document = Document((table,), known.title)
        files[f"{known.title}.xlsx"] = excel_write.write([table])
        files[f"{known.title}.docx"] = word_write.write(document)
        files[f"{known.title}.html"] = html_write.write(document, lang=lang)
    return files
