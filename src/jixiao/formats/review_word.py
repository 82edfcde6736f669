"""审核批注: the reviewed Word file itself, with a comment at every cell and sentence that a finding names."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from jixiao import library
from jixiao.formats import word_read
from jixiao.formats.opened import checked_archive
from jixiao.formats.zipped import reproducible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.findings import Finding, Place

_AUTHOR, _INITIALS = "jixiao", "绩"
_MOST_AT_ONE_FINDING = 6


def annotated(path: Path, findings: Sequence[Finding], lang: str = "zh") -> bytes:
    """Return the file with comments: the first place of a finding says it in full, the others point back to it."""
    raw = checked_archive(path)
    docx = open_docx(BytesIO(raw))
    paragraphs, tables = _landmarks(docx)
    for number, finding in enumerate(findings, 1):
        kind = library.wording(f"cli.severity.{finding.severity}", lang)
        full = f"{number} {kind}：{finding.because.text(lang)}\n→ {finding.remedy.text(lang)}"
        told = False
        for place in _distinct(finding.places)[:_MOST_AT_ONE_FINDING]:
            runs = _runs(place, paragraphs, tables, docx)
            if not runs:
                continue
            short = library.wording("review.see", lang).format(number=number)
            docx.add_comment(runs=[runs[0], runs[-1]], text=short if told else full, author=_AUTHOR, initials=_INITIALS)
            told = True
    out = BytesIO()
    _date_free(docx)
    docx.save(out)
    return reproducible(out.getvalue())


def _distinct(places: Sequence[Place]) -> list[Place]:
    kept: dict[tuple[object, ...], Place] = {}
    for place in places:
        kept.setdefault((place.part, place.row, place.column, place.line), place)
    return list(kept.values())


def _landmarks(docx: Any) -> tuple[dict[int, Any], dict[str, list[Any]]]:
    """Return the body's paragraphs by the number that reading gives them, and its tables by the name it gives them."""
    paragraphs: dict[int, Any] = {}
    tables: dict[str, list[Any]] = {}
    count = 0
    read = iter(word_read.parts(docx)) if hasattr(word_read, "parts") else None
    del read
    for node in word_read.children(docx.element.body):
        if node.tag == qn("w:p"):
            count += 1
            paragraphs[count] = node
        elif node.tag == qn("w:tbl"):
            for element in (node, *node.iterdescendants(qn("w:tbl"))):
                tables.setdefault("", []).append(element)
    return paragraphs, tables


def _runs(place: Place, paragraphs: dict[int, Any], tables: dict[str, list[Any]], docx: Any) -> list[Any]:
    """Return the runs that a place covers: those of a paragraph, or of the cell."""
    if place.row is None:
        node = paragraphs.get(place.line or 0)
        return _with_text(DocxParagraph(node, docx._body).runs) if node is not None else []
    for element in tables.get("", []):
        cell = _cell(element, place, docx)
        if cell is not None:
            runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
            return _with_text(runs) or runs
    return []


def _with_text(runs: list[Any]) -> list[Any]:
    return [run for run in runs if run.text.strip()] or runs


def _cell(element: Any, place: Place, docx: Any) -> Any:
    """Return the cell at a place whose text is the one quoted, so that tables of one name are told apart."""
    table = DocxTable(element, docx._body)
    rows = element.tr_lst
    if place.row is None or place.row > len(rows):
        return None
    column = 0
    for cell in rows[place.row - 1].tc_lst:
        if column + 1 == place.column:
            from docx.table import _Cell  # noqa: PLC0415

            found = _Cell(cell, table)
            said = "".join(found.text.split())
            return found if said[:20] == "".join((place.quote or "").split())[:20] else None
        span = cell.tcPr.gridSpan.val if cell.tcPr is not None and cell.tcPr.gridSpan is not None else 1
        column += int(span)
    return None


def _date_free(docx: Any) -> None:
    """Drop the time of each comment, so that the same review gives the same bytes."""
    for comment in docx.comments:
        comment._comment_elm.attrib.pop(qn("w:date"), None)
