"""Word 页面: the page of GB/T 9704-2012 and its sections: A4, margins 37/35/28/26 mm, page numbers outside.

Annex tables stand on landscape pages with narrower margins. Odd pages carry their number on the right, even ones on
the left, 四号 between dashes.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

_MM = 1440 / 25.4
_PORTRAIT = (37, 26, 35, 28)
_LANDSCAPE = (24, 18, 22, 18)
_NARROW = (20, 15, 18, 15)
_FORMATS = {"arabic": "decimal", "roman": "upperRoman"}


class Page(NamedTuple):
    """How the pages of a section are: turned or not, and what happens to their numbers."""

    landscape: bool = False
    numbers: Literal["continue", "arabic", "roman", "none"] = "continue"
    format: str = "arabic"
    narrow: bool = False

    def margins(self) -> tuple[int, int, int, int]:
        """Return the margins in millimetres: top, right, bottom, left; a statutory form by itself has narrow ones."""
        return _LANDSCAPE if self.landscape else _NARROW if self.narrow else _PORTRAIT

    def usable(self) -> float:
        """Return the width between the margins, in millimetres."""
        _, right, _, left = self.margins()
        return (297 if self.landscape else 210) - left - right


def section_xml(page: Page) -> str:
    """Return the `w:sectPr` of a section."""
    width, height, turn = (297, 210, ' w:orient="landscape"') if page.landscape else (210, 297, "")
    top, right, bottom, left = (round(side * _MM) for side in page.margins())
    footers = "none" if page.format == "none" else ""
    references = "".join(
        f'<w:footerReference w:type="{kind}" r:id="{footers or kind}"/>' for kind in ("even", "default")
    )
    start = "" if page.numbers == "continue" else ' w:start="1"'
    form = _FORMATS.get(page.format, "decimal")
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{round(width * _MM)}" w:h="{round(height * _MM)}"{turn}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="851" w:footer="{round(bottom * 0.75)}" w:gutter="0"/>'
        f'<w:pgNumType w:fmt="{form}"{start}/></w:sectPr>'
    )


def footer_xml(align: Literal["left", "right"] | None, said: str | None = None) -> str:
    """Return the content of a footer: — n — one character in from the outer edge, or no number; a text before it."""
    small = f'<w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{escape(said)}    </w:t>' if said else ""
    if align is None:
        shape = '<w:pStyle w:val="Footer"/><w:jc w:val="center"/>'
        return f"<w:p><w:pPr>{shape}</w:pPr>{f'<w:r>{small}</w:r>' if small else ''}</w:p>"
    indent = f'<w:ind w:{align}="280"/><w:jc w:val="{align}"/>'
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            *([small] if small else []),
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}</w:pPr>{field}</w:p>'
