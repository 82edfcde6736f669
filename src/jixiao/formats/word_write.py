"""写 Word: a document as .docx on the page of GB/T 9704, built so that the same document gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document as new_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jixiao.documents.document import Chart, Heading, PageBreak, Paragraph, Table
from jixiao.formats.word_table import table_xml
from jixiao.formats.zipped import reproducible

if TYPE_CHECKING:
    from jixiao.documents.document import Block, Document

# GB/T 9704-2012: A4, margins 37/35/28/26 mm, body 三号仿宋, headings 黑体 and 楷体, exact line spacing 28 pt.
_MARGINS = (Mm(37), Mm(35), Mm(28), Mm(26))
_FONTS = {
    "body": ("仿宋_GB2312", 16),
    "title": ("方正小标宋简体", 22),
    1: ("黑体", 16),
    2: ("楷体_GB2312", 16),
    3: ("仿宋_GB2312", 16),
    4: ("仿宋_GB2312", 16),
}
_LINE = Pt(28)
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same document has the same bytes)


def write(document: Document) -> bytes:
    """Return the document as .docx; wide tables stand on landscape pages of their own."""
    docx = new_docx()
    _properties(docx, document.title)
    _page(docx.sections[0], landscape=False)
    _base_style(docx)
    turned = False
    for block in document.blocks:
        landscape = (
            block.landscape if isinstance(block, Table | PageBreak) else turned if isinstance(block, Chart) else False
        )
        if landscape != turned and not (isinstance(block, Heading | Paragraph) and turned is False):
            _turn(docx, landscape)
            turned = landscape
        _block(docx, block)
    out = BytesIO()
    docx.save(out)
    return reproducible(out.getvalue())


def _properties(docx: Any, title: str) -> None:
    core = docx.core_properties
    core.title, core.author, core.last_modified_by = title, "", ""
    core.created = core.modified = _FIXED
    core.revision = 1


def _page(section: Any, *, landscape: bool) -> None:
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    top, bottom, left, right = (Mm(20), Mm(18), Mm(15), Mm(15)) if landscape else _MARGINS
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        top,
        bottom,
        left,
        right,
    )


def _turn(docx: Any, landscape: bool) -> None:
    """Begin a section of the other orientation, reusing the first one while it is still empty."""
    body = docx.element.body
    empty = all(child.tag == qn("w:sectPr") for child in body)
    section = docx.sections[-1] if empty else docx.add_section(WD_SECTION.NEW_PAGE)
    _page(section, landscape=landscape)


def _base_style(docx: Any) -> None:
    style = docx.styles["Normal"]
    name, size = _FONTS["body"]
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _block(docx: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _heading(docx, block)
    elif isinstance(block, Paragraph):
        _paragraph(
            docx,
            block.text,
            _FONTS["body"],
            indent=block.kind == "body",
            align=_ALIGNED.get(block.kind),
        )
    elif isinstance(block, Table):
        _table(docx, block)
    elif isinstance(block, Chart):
        _paragraph(docx, block.caption, ("黑体", 12), align=WD_ALIGN_PARAGRAPH.CENTER)
        _paragraph(docx, block.says, _FONTS["body"], indent=True)
    else:
        docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


_ALIGNED = {"cover": WD_ALIGN_PARAGRAPH.CENTER, "sign": WD_ALIGN_PARAGRAPH.RIGHT}


def _heading(docx: Any, block: Heading) -> None:
    font = _FONTS["title"] if block.level == 0 else _FONTS[min(block.level, 4)]
    align = WD_ALIGN_PARAGRAPH.CENTER if block.level == 0 else None
    paragraph = _paragraph(docx, block.text, font, indent=block.level > 0, align=align)
    paragraph.paragraph_format.keep_with_next = True
    if block.level:
        level = paragraph._p.get_or_add_pPr().makeelement(qn("w:outlineLvl"), {qn("w:val"): str(block.level - 1)})
        paragraph._p.pPr.append(level)


def _paragraph(docx: Any, text: str, font: tuple[str, float], *, indent: bool = False, align: Any = None) -> Any:
    paragraph = docx.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = _LINE, Pt(0), Pt(0)
    shape.alignment = align
    if indent:
        shape.first_line_indent = Pt(font[1] * 2)
    run = paragraph.add_run(text)
    run.font.size = Pt(font[1])
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font[0])
    return paragraph


def _table(docx: Any, block: Table) -> None:
    if block.caption:
        caption = _paragraph(docx, block.caption, ("黑体", 12), align=WD_ALIGN_PARAGRAPH.CENTER)
        caption.paragraph_format.keep_with_next = True
    if block.unit:
        _paragraph(docx, f"单位：{block.unit}", ("仿宋_GB2312", 10.5), align=WD_ALIGN_PARAGRAPH.RIGHT)
    section = docx.sections[-1]
    usable = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    docx.element.body.insert(len(docx.element.body) - 1, table_xml(block, usable))
    tail = _paragraph(docx, "", ("仿宋_GB2312", 4))
    tail.paragraph_format.line_spacing = Pt(6)
