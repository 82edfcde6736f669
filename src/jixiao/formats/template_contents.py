"""模板的目录: the contents list of a Word file that a template made, laid out anew from the headings it has now.

Word would ask to update the field; here its result is already right: an entry per heading, linked, with page numbers
where LibreOffice laid the file out.
"""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from jixiao.documents.document import Heading
from jixiao.formats import pdf_write, word_text
from jixiao.formats.word_package import NAMES
from jixiao.formats.word_read import levels_of, outline_of
from jixiao.formats.zipped import archive

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = "word/document.xml"
_LEVELS = re.compile(r'\\o\s+"?\d-(\d)')


class _Listed(NamedTuple):
    """A heading: its paragraph, its text and its level."""

    paragraph: Any
    text: str
    level: int


def with_contents(raw: bytes) -> bytes:
    """Return the file with its contents list laid out anew, without page numbers; unchanged where it has none."""
    return _laid_out(raw, {})


def without_entries(raw: bytes) -> bytes:
    """Return a template whose contents list says nothing yet: tags in its headings stand in its entries too."""
    tree, _, field = _opened(raw)
    if field is None:
        return raw
    for paragraph in _between(field[0], field[1]):
        for text in paragraph.iter(qn("w:t")):
            text.text = ""
    return _with_text(raw, tree)


def with_pages(raw: bytes) -> tuple[bytes, bytes]:
    """Return the file with page numbers in its contents list, and the file as PDF. `NoTool` without LibreOffice."""
    raw = _laid_out(raw, {})
    with pdf_write.converter() as convert:
        pdf = convert(raw)
        pages = _pages(raw, pdf)
        if pages:
            raw = _laid_out(raw, pages)
            pdf = convert(raw)
    return raw, pdf


def _laid_out(raw: bytes, pages: dict[int, str]) -> bytes:
    tree, headings, field = _opened(raw)
    if field is None:
        return raw
    first, last, levels = field
    listed = [(at, one) for at, one in enumerate(headings) if one.level <= levels and _follows(last, one.paragraph)]
    if not listed:
        return raw
    marks = _bookmarked(tree, listed)
    entries = [
        (mark, Heading(one.text, one.level), pages.get(at)) for mark, (at, one) in zip(marks, listed, strict=True)
    ]
    _replaced(tree, first, last, word_text.contents(entries, levels), _styles(raw))
    return _with_text(raw, tree)


def _with_text(raw: bytes, tree: Any) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    text = etree.tostring(tree.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return archive({**parts, _PART: text})


def _opened(raw: bytes) -> tuple[Any, list[_Listed], tuple[Any, Any, int] | None]:
    """Return the body, its headings, and the paragraphs between which the contents field stands, with its depth."""
    docx = open_docx(BytesIO(raw))
    body, levels = docx.element.body, levels_of(docx)
    headings = []
    for paragraph in body.iter(qn("w:p")):
        at = outline_of(paragraph, levels)
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
        if at is not None and at < 9 and text:
            headings.append(_Listed(paragraph, text, at + 1))
    return docx.element, headings, _field(body)


def _field(body: Any) -> tuple[Any, Any, int] | None:
    first, depth, levels = None, 0, 3
    for paragraph in body.iter(qn("w:p")):
        for node in paragraph.iter(qn("w:fldChar"), qn("w:instrText")):
            if node.tag == qn("w:instrText"):
                if first is None and re.match(r"\s*TOC\b", node.text or ""):
                    first = paragraph
                    found = _LEVELS.search(node.text or "")
                    levels = int(found[1]) if found else 3
            elif node.get(qn("w:fldCharType")) == "begin":
                depth += 1
            elif node.get(qn("w:fldCharType")) == "end":
                depth -= 1
        if first is not None and depth <= 0:
            return first, paragraph, levels
    return None


def _follows(last: Any, paragraph: Any) -> bool:
    """Return whether a paragraph stands behind the field."""
    order = {id(node): at for at, node in enumerate(last.getroottree().getroot().iter(qn("w:p")))}
    return order[id(paragraph)] > order[id(last)]


def _bookmarked(tree: Any, listed: list[tuple[int, _Listed]]) -> list[str]:
    """Put a bookmark around every listed heading, in place of those that earlier lists left; return their names."""
    old = [node for node in tree.iter(qn("w:bookmarkStart")) if (node.get(qn("w:name")) or "").startswith("_Toc")]
    gone = {node.get(qn("w:id")) for node in old}
    for node in [*old, *(end for end in tree.iter(qn("w:bookmarkEnd")) if end.get(qn("w:id")) in gone)]:
        node.getparent().remove(node)
    used = [int(node.get(qn("w:id")) or 0) for node in tree.iter(qn("w:bookmarkStart"))]
    marks = []
    for number, (_, heading) in enumerate(listed, max(used, default=0) + 1):
        mark = f"_Toc{number:04}"
        start = etree.Element(qn("w:bookmarkStart"), {qn("w:id"): str(number), qn("w:name"): mark})
        shape = heading.paragraph.find(qn("w:pPr"))
        heading.paragraph.insert(0 if shape is None else 1, start)
        heading.paragraph.append(etree.Element(qn("w:bookmarkEnd"), {qn("w:id"): str(number)}))
        marks.append(mark)
    return marks


def _replaced(tree: Any, first: Any, last: Any, lines: list[str], styles: dict[str, str]) -> None:
    """Put the lines in place of the paragraphs of the field; a section that ends there ends there still."""
    parent, tabs = first.getparent(), first.find(f"{qn('w:pPr')}/{qn('w:tabs')}")
    old = _between(first, last)
    sections = [node for paragraph in old for node in paragraph.iter(qn("w:sectPr"))]
    at = parent.index(first)
    for paragraph in old:
        paragraph.getparent().remove(paragraph)
    made: Any = etree.fromstring(f"<w:body {NAMES}>{''.join(lines)}</w:body>")
    for offset, paragraph in enumerate(list(made)):
        shape = paragraph.find(qn("w:pPr"))
        style = shape.find(qn("w:pStyle"))
        name = style.get(qn("w:val"))
        style.set(qn("w:val"), styles.get(f"toc {name[3:]}" if name.startswith("TOC") else name.lower(), name))
        if tabs is not None and name.startswith("TOC"):
            style.addnext(deepcopy(tabs))
        parent.insert(at + offset, paragraph)
    if sections:
        parent[at + len(lines) - 1].find(qn("w:pPr")).append(sections[-1])


def _between(first: Any, last: Any) -> list[Any]:
    found: list[Any] = []
    for paragraph in first.getroottree().getroot().iter(qn("w:p")):
        if paragraph is first or found:
            found.append(paragraph)
        if paragraph is last:
            break
    return found


def _styles(raw: bytes) -> dict[str, str]:
    """Return the ids of the paragraph styles by their names."""
    styles = open_docx(BytesIO(raw)).styles.element.iterchildren(qn("w:style"))
    return {(style.find(qn("w:name")).get(qn("w:val")) or "").lower(): style.get(qn("w:styleId")) for style in styles}


def _pages(raw: bytes, pdf: bytes) -> dict[int, str]:
    """Return the printed page of every heading by its position; nothing where the layout has other headings."""
    import pypdfium2  # noqa: PLC0415  (only where there is a layout to look at)

    tree, headings, field = _opened(raw)
    with pypdfium2.PdfDocument(pdf) as document:
        outline = [(entry.get_title().strip(), entry.get_dest()) for entry in document.get_toc()]
        pages = [dest.get_index() for _, dest in outline if dest is not None]
    if field is None or len(pages) != len(headings):
        return {}
    said = ["".join(title.split()) for title, _ in outline]
    if said != ["".join(one.text.split()) for one in headings]:
        return {}
    listed = [at for at, one in enumerate(headings) if one.level <= field[2] and _follows(field[1], one.paragraph)]
    begin = _begins(tree, headings[listed[0]].paragraph) if listed else None
    shift = pages[listed[0]] - begin if begin is not None else -1
    return {at: str(pages[at] - shift) for at in listed}


def _begins(tree: Any, paragraph: Any) -> int | None:
    """Return the number that the section of a paragraph begins its pages with; None where the pages are counted on."""
    passed = False
    for node in _sections(tree, paragraph):
        if node is paragraph:
            passed = True
        elif passed:
            number = node.find(qn("w:pgNumType"))
            start = number.get(qn("w:start")) if number is not None else None
            return int(start) if start else None
    return None


def _sections(tree: Any, paragraph: Any) -> Iterator[Any]:
    for node in tree.iter(qn("w:p"), qn("w:sectPr")):
        if node is paragraph or node.tag == qn("w:sectPr"):
            yield node
