"""审核批注: the reviewed Word file itself, with a comment at every cell and sentence that a finding names."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from jixiao import library
from jixiao.documents.document import Heading, Paragraph, Table
from jixiao.formats import word_read
from jixiao.formats.word_open import word_file
from jixiao.formats.zipped import reproducible
from jixiao.review.quoting import span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.findings import Finding, Place

_AUTHOR, _INITIALS = "jixiao", "绩"
_MOST_AT_ONE_FINDING = 6


def annotated(path: Path, findings: Sequence[Finding], lang: str = "zh") -> bytes:
    """Return the file with comments: the first place of a finding says it in full, the others point back to it."""
    docx = word_file(path)
    paragraphs, tables = _landmarks(docx, str(path))
    for number, finding in enumerate(findings, 1):
        kind = library.wording(f"cli.severity.{finding.severity}", lang)
        full = f"{number} {kind}：{finding.because.text(lang)}\n→ {finding.remedy.text(lang)}"
        told: list[Any] = []
        for place in finding.places:
            runs = _runs(place, paragraphs, tables, docx)
            if not runs or runs[0]._r in told or len(told) == _MOST_AT_ONE_FINDING:
                continue
            short = library.wording("review.see", lang).format(number=number)
            docx.add_comment(runs=[runs[0], runs[-1]], text=short if told else full, author=_AUTHOR, initials=_INITIALS)
            told.append(runs[0]._r)
    out = BytesIO()
    _date_free(docx)
    docx.save(out)
    return reproducible(out.getvalue())


def _landmarks(docx: Any, name: str) -> tuple[dict[int | None, Any], dict[str | None, Any]]:
    """Return the body's paragraphs by the number that reading gives them, and its tables by the name it gives them."""
    paragraphs: dict[int | None, Any] = {}
    tables: dict[str | None, Any] = {}
    for block, element in word_read.located(docx, name):
        if isinstance(block, Table):
            tables[block.name] = element
        elif isinstance(block, Heading | Paragraph) and block.place is not None:
            paragraphs[block.place.line] = element
    return paragraphs, tables


def _runs(place: Place, paragraphs: dict[int | None, Any], tables: dict[str | None, Any], docx: Any) -> list[Any]:
    """Return the runs that a place covers: those of the sentence that is quoted, in the paragraph or in the cell."""
    if place.row is None:
        node = paragraphs.get(place.line)
        inside = [DocxParagraph(node, docx._body)] if node is not None else []
    else:
        element = tables.get(place.part)
        inside = _cell(element, place, docx) if element is not None else []
    runs = [run for paragraph in inside for run in paragraph.runs]
    if inside and not runs:  # an empty cell has nothing to hang a comment on: it is given an empty run
        return [inside[0].add_run()]
    written = [run for run in runs if run.text.strip()]
    return _sentence(written, place.quote) or runs


def _cell(element: Any, place: Place, docx: Any) -> list[Any]:
    """Return the paragraphs of the cell at a place, counting columns of the grid as reading does."""
    rows = [row for row in word_read.children(element) if row.tag == qn("w:tr")]
    if place.row is None or place.row > len(rows):
        return []
    cells = [tc for column, tc in word_read.placed(rows[place.row - 1]) if column == place.column]
    return list(_Cell(cells[0], DocxTable(element, docx._body)).paragraphs) if cells else []


def _sentence(runs: list[Any], quote: str | None) -> list[Any]:
    """Return the runs of the sentence that holds the quoted words, cut where it begins and ends; all where none does.

    Blanks are left out of account.
    """
    said = ["".join(run.text.split()) for run in runs]
    found = span("".join(said), quote)
    if found is None:
        return runs
    begin, until = found
    kept, passed = [], 0
    for run, text in zip(runs, said, strict=True):
        if passed < until and passed + len(text) > begin:
            kept.append(_cut(run, begin - passed, until - passed))
        passed += len(text)
    return kept


def _cut(run: Any, begin: int, until: int) -> Any:
    """Return the piece of a run between two letters, blanks left out, parting it from what stands before and after."""
    letters = [at for at, letter in enumerate(run.text) if not letter.isspace()]
    simple = [child.tag for child in run._r if child.tag != qn("w:rPr")] == [qn("w:t")]
    if not simple or (begin <= 0 and until >= len(letters)):
        return run
    start = letters[begin] if begin > 0 else 0
    end = letters[until] if until < len(letters) else len(run.text)
    text = run.text
    for piece, put in ((text[:start], run._r.addprevious), (text[end:], run._r.addnext)):
        if piece:
            other = deepcopy(run._r)
            put(other)
            Run(other, run._parent).text = piece
    run.text = text[start:end]
    return run


def _date_free(docx: Any) -> None:
    """Drop the time of each comment, so that the same review gives the same bytes."""
    for comment in docx.comments:
        comment._comment_elm.attrib.pop(qn("w:date"), None)
