"""公开: the version of a result that anybody may read: report and statutory forms without personal data, and open data.

Working papers (interviews, the team, expert opinions, case registers) stay inside. Telephone, identity and bank-card
numbers and the names of persons are masked in every text; `names` are those that the office knows of. The open data are
those that the public page offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao import personal
from jixiao.documents import masking
from jixiao.documents.document import Document
from jixiao.errors import CannotOpen
from jixiao.findings import Finding, Message, Place, ordered
from jixiao.formats import excel_write, html_write, word_write
from jixiao.formats.whole import whole
from jixiao.forms import write as forms
from jixiao.forms.form import forms_for
from jixiao.operations.check import check
from jixiao.operations.evaluate import report_files, report_of
from jixiao.operations.outcome import Outcome
from jixiao.operations.publication import published

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.evaluation.assess import Assessment

INSIDE = "evaluation-working-papers"


class Published(NamedTuple):
    """The names of the files that were written, and how many different pieces of personal data were masked, by kind."""

    files: tuple[str, ...]
    masked: dict[str, int]


class _Hide:
    """Masks texts and counts what it masked."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names, self.texts = tuple(names), set[str]()

    def __call__(self, text: str) -> str:
        self.texts.add(text)
        return personal.masked(text, self.names)

    def counts(self) -> dict[str, int]:
        met = {(one.kind, text[one.start : one.end]) for text in self.texts for one in personal.found(text, self.names)}
        kinds = sorted(kind for kind, _ in met)
        return {kind: kinds.count(kind) for kind in kinds}


def publish(folder: Path, out: Path, *, names: Path | None = None, pdf: bool = False) -> Outcome[Published]:
    """Write the publishable version of a bundle into `out`; `names` is a file with a person's name on every line.

    While an error-level finding stands nothing is written. Raises `CannotOpen` for a list of names that is not there.
    """
    hide = _Hide(_names(names))
    outcome = check(folder)
    if outcome.exit_code() != 0:
        return Outcome(Published((), {}), outcome.findings)
    files = _files(outcome.value, hide, pdf=pdf)
    with whole(out) as staging:
        for name, raw in files.items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_bytes(raw)
    counts = hide.counts()
    found = [_masked(counts)] if counts else []
    return Outcome(Published(tuple(files), counts), tuple(ordered([*outcome.findings, *found])))


def _names(path: Path | None) -> list[str]:
    if path is None:
        return []
    if not path.is_file():
        raise CannotOpen(
            Message("publish.names_absent"), remedy=Message("publish.names.remedy"), place=Place(str(path))
        )
    lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    return sorted({line.strip() for line in lines if line.strip()}, key=len, reverse=True)


def _files(of: Assessment, hide: _Hide, *, pdf: bool) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for form in forms_for(of.evaluation):
        if not form.authority.startswith(INSIDE):
            table = masking.table(forms.write(form, of), hide)
            files[f"{form.title}.xlsx"] = excel_write.write([table])
            files[f"{form.title}.html"] = html_write.write(Document((table,), form.title))
            files[f"{form.title}.docx"] = word_write.write(Document((table,), form.title))
    report = report_of(of)
    if report is not None:
        files |= report_files(masking.masked(report, hide), pdf=pdf, tagged=False)
    head = of.evaluation.head
    data = published(of, head.title or head.project or "", head.unit or head.department or "", hide)
    return files | data


def _masked(counts: dict[str, int]) -> Finding:
    parts = [Message("publish.count", {"kind": Message(f"check.personal.{kind}"), "count": number})
             for kind, number in counts.items()]  # fmt: skip
    return Finding(
        "published_masked", "note", Message("publish.masked", {"parts": parts}), Message("publish.masked.remedy")
    )
