"""读回报告: a report of ours that was edited and saved, with the content controls in it as quoted values.

A run in a control of ours says its path (`bind`) and, as its value, what was printed there when the report was written.
The path of a control that lost its name begins with `NAMELESS`; nothing else is known of it.
The contents list, empty paragraphs and pictures are left out. Texts of tracked changes are read as they will stand.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError, fromstring

from jixiao.documents.controls import NAMELESS, Mark, marked
from jixiao.documents.document import Cell, Document, Heading, Paragraph, Run, Table
from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive
from jixiao.formats.word_read import GONE, SIGNS, children, heading_level, levels_of
from jixiao.formats.word_styles import KINDS, STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jixiao.documents.document import Block

_BY_STYLE = {style.name.lower(): kind for kind, id_ in KINDS.items() for style in STYLES if style.id == id_}
_AROUND = {"caption": "caption", "figure caption": "caption", "table unit": "unit", "signature": "signature"}

_TITLES = ("title", "cover title")
_LISTED = re.compile(r"(?:toc|contents) ?\d")


class _Reading(NamedTuple):
    """What paragraphs are read by: the file's name, outline levels by style, and the names of styles."""

    file: str
    levels: dict[str, Any]
    names: dict[str, str]


def read(path: Path) -> Document:
    """Return the headings, paragraphs and tables of an edited report; `CannotOpen` where the file is none."""
    raw = checked_archive(path)
    try:
        docx = open_docx(BytesIO(raw))
    except (PackageNotFoundError, KeyError, ValueError, LxmlError):
        said = Message("open.not_office")
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=Place(str(path))) from None
    styles = docx.styles.element.iterchildren(qn("w:style"))
    names = {style.get(qn("w:styleId")): (style.find(qn("w:name")).get(qn("w:val")) or "").lower() for style in styles}
    reading = _Reading(str(path), levels_of(docx), names)
    return Document(tuple(_blocks(docx.element.body, reading)), docx.core_properties.title or "", str(path))


def written(path: Path) -> str:
    """Return what the file keeps of how it was written (the property `jixiao`), or nothing."""
    with zipfile.ZipFile(BytesIO(checked_archive(path))) as archive:
        if "docProps/custom.xml" not in archive.namelist():
            return ""
        tree = fromstring(archive.read("docProps/custom.xml"))
    own = [node for node in tree if node.get("name") == "jixiao"]
    return "".join(str(text) for text in own[0].itertext()).strip() if own else ""


def _blocks(body: Any, reading: _Reading) -> Iterator[Block]:
    paragraphs = tables = 0
    for node in children(body):
        if node.tag == qn("w:p"):
            paragraphs += 1
            block = _paragraph(node, Place(reading.file, line=paragraphs), reading)
            if block is not None:
                yield block
        elif node.tag == qn("w:tbl"):
            tables += 1
            yield _table(node, Place(reading.file, f"表 {tables}"))


def _paragraph(node: Any, place: Place, reading: _Reading) -> Block | None:
    runs = runs_of(node)
    text = "".join(run.text for run in runs).strip()
    styled = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = reading.names.get(styled.get(qn("w:val")) if styled is not None else "", "")
    if not text or _LISTED.match(style) or _is_link(node):
        return None
    place = Place(place.file, line=place.line, quote=text[:40])
    if style in _TITLES:
        return Heading(text, 0, place)
    level = None if style in _BY_STYLE or style in _AROUND else heading_level(node, text, reading.levels)
    if level is not None:
        return Heading(text, level, place)
    kind = _AROUND.get(style) or _BY_STYLE.get(style, "body")
    return Paragraph(text, kind, place, tuple(_stripped(runs)))


def _is_link(node: Any) -> bool:
    """Return whether a paragraph is a line of the contents list: all of it one link to a heading."""
    links = [link for link in node.iter(qn("w:hyperlink")) if (link.get(qn("w:anchor")) or "").startswith("_Toc")]
    return bool(links)


def runs_of(node: Any) -> list[Run]:
    """Return the runs of a paragraph; neighbours that are alike are one."""
    found: list[Run] = []
    controls = list(node.iter(qn("w:sdt")))
    for run in _runs(node, None, controls):
        last = found[-1] if found else None
        alike = last is not None and (last.bind, last.value) == (run.bind, run.value)
        if last is not None and alike and (run.bind or last.bold == run.bold):
            found[-1] = Run(last.text + run.text, run.bold, run.value, run.bind)
        else:
            found.append(run)
    return found


def _runs(node: Any, mark: Mark | None, controls: list[Any], *, bold: bool = False) -> Iterator[Run]:
    for child in node.iterchildren():
        if child.tag == qn("w:t") or child.tag in SIGNS:
            text = SIGNS.get(child.tag) or child.text or ""
            if text:
                yield Run(text, bold, mark.printed if mark else None, mark.path if mark else None)
        elif child.tag == qn("w:sdt"):
            yield from _runs(child, _mark(child, controls.index(child)), controls, bold=bold)
        elif child.tag == qn("w:r"):
            yield from _runs(child, mark, controls, bold=_is_bold(child))
        elif child.tag not in GONE and child.tag != qn("w:sdtPr") and isinstance(child.tag, str):
            yield from _runs(child, mark, controls, bold=bold)


def _mark(control: Any, number: int) -> Mark:
    """Return what a control says; of one that lost its name (LibreOffice 7.4 drops it) only which it is."""
    said = {}
    for name in ("tag", "alias"):
        element = control.find(f"{qn('w:sdtPr')}/{qn(f'w:{name}')}")
        said[name] = (element.get(qn("w:val")) or "") if element is not None else ""
    return marked(said["tag"], said["alias"]) or Mark(f"{NAMELESS}{number}", None)


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false", "off")


def _stripped(runs: list[Run]) -> list[Run]:
    """Return runs without the blanks that a paragraph begins or ends with."""
    if runs and runs[0].bind is None:
        runs = [Run(runs[0].text.lstrip(), runs[0].bold), *runs[1:]]
    if runs and runs[-1].bind is None:
        runs = [*runs[:-1], Run(runs[-1].text.rstrip(), runs[-1].bold)]
    return [run for run in runs if run.text]


def _table(node: Any, place: Place) -> Table:
    rows, heads = [], 0
    for at, line in enumerate((child for child in children(node) if child.tag == qn("w:tr")), 1):
        heads += heads == at - 1 and line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        cells: list[Cell] = []
        for element in (child for child in children(line) if child.tag == qn("w:tc")):
            merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is None or merge.get(qn("w:val"), "continue") != "continue":
                where = Place(place.file, place.part, row=at, column=len(cells) + 1)
                cells.append(_cell(element, where))
        rows.append(tuple(cells))
    return Table(tuple(rows), head_rows=heads)


def _cell(element: Any, place: Place) -> Cell:
    lines = [runs_of(child) for child in children(element) if child.tag == qn("w:p")]
    text = "\n".join("".join(run.text for run in line) for line in lines).strip()
    quoted = [run for line in lines for run in line if run.bind is not None]
    only = quoted[0] if len(quoted) == 1 else Run("")
    return Cell(text, value=only.value, bind=only.bind, place=Place(
        place.file, place.part, row=place.row, column=place.column, quote=text[:40]
    ))  # fmt: skip
