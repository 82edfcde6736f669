"""Word 文字: paragraphs, headings, the contents list and pictures as the XML of WordprocessingML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from jixiao.documents.controls import control

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Heading, Run

_EMU_PER_PIXEL = 9525
_CLOSED = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_WIDE = re.compile(r"[^\x00-\u00ff]|[·×÷±°§]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def paragraph(style: str, inside: str, *, shape: str = "", new_page: bool = False) -> str:
    """Return a paragraph; its properties stand first, so that a section can be closed in them."""
    broken = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{broken}{shape}</w:pPr>{inside}</w:p>'


def runs(of: Iterable[Run], *, tagged: bool = False) -> str:
    """Return the runs of a paragraph; where they are `tagged`, each quoted value stands in a content control."""
    return "".join(held(text(run.text, bold=run.bold), run.bind if tagged else None, run.text) for run in of)


def held(inside: str, path: str | None, printed: str) -> str:
    """Return a run in the content control of the value that it prints, or as it is where it prints none.

    It is a rich one: LibreOffice 7.4 writes the text of a plain one several times over where its scripts are mixed.
    """
    marks = control(path, printed)
    if marks is None:
        return inside
    says = f"<w:alias w:val={quoteattr(_FORBIDDEN.sub('', marks.title))}/><w:tag w:val={quoteattr(marks.tag)}/>"
    return f"<w:sdt><w:sdtPr>{says}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def text(words: str, *, bold: bool = False) -> str:
    """Return one run. Signs that both scripts use (“”、—、÷) are told to be Chinese ones beside Chinese text."""
    hint = '<w:rFonts w:hint="eastAsia"/>' if _WIDE.search(words) else ""
    shape = f"<w:rPr>{hint}{'<w:b/>' if bold else ''}</w:rPr>" if hint or bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_FORBIDDEN.sub("", line))}</w:t>' for line in words.split("\n")
    )
    return f"<w:r>{shape}{lines}</w:r>"


def heading(block: Heading, mark: str | None, *, cover: bool = False, new_page: bool = False) -> str:
    """Return a heading with the bookmark that the contents list points to; the title of a cover stands larger."""
    inside = text(block.text)
    if mark is not None:
        number = mark.removeprefix("_Toc")
        inside = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
    if block.level == 0:
        return paragraph("CoverTitle" if cover else "Title", inside, new_page=new_page)
    middle = '<w:spacing w:after="160"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
    return paragraph(
        f"Heading{min(block.level, 4)}", inside, shape=middle if block.align == "center" else "", new_page=new_page
    )


def contents(listed: list[tuple[str, Heading, str | None]], levels: int) -> list[str]:
    """Return the contents list as a field whose result is already there: bookmark, heading and page of each entry."""
    lines = []
    for number, (mark, block, page) in enumerate(listed):
        entry = text(block.text) + (_page(mark, page) if page else "")
        inside = f'<w:hyperlink w:anchor="{mark}" w:history="1">{entry}</w:hyperlink>'
        begin = _opened(f'TOC \\o "1-{levels}" \\h \\z') if number == 0 else ""
        lines.append(paragraph(f"TOC{min(block.level, 2)}", begin + inside))
    # The field ends before the paragraph that a section may end in: LibreOffice loses the footer's number otherwise.
    return [*lines, paragraph("Gap", _CLOSED), paragraph("Gap", "")] if lines else []


def picture(number: int, size: tuple[int, int], scale: float, says: str, within_mm: tuple[float, float]) -> str:
    """Return an inline picture with its alternative text, at 1/scale of its pixels or what fits across and down."""
    width, height = size
    widest, tallest = (mm / 25.4 * 96 for mm in within_mm)
    pixels = min(width / scale, widest, tallest * width / height)
    across, down = round(pixels * _EMU_PER_PIXEL), round(pixels * height / width * _EMU_PER_PIXEL)
    named = f'id="{number + 1}" name="picture{number}" descr={quoteattr(says)}'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
    shape += '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr {named}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="picture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f"<pic:spPr>{shape}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _page(mark: str, page: str) -> str:
    field = _opened(rf"PAGEREF {mark} \h")
    return f"<w:r><w:tab/></w:r>{field}{text(page)}{_CLOSED}"


def _opened(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
