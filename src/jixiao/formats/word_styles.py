"""Word 样式: the styles of GB/T 9704-2012 as data; every one names its East-Asian font.

Body 三号仿宋, title 二号小标宋, headings 黑体 and 楷体, exact line spacing 28 pt, two characters of indent.
"""

from __future__ import annotations

from typing import NamedTuple

FANGSONG, KAITI, HEITI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"


class Style(NamedTuple):
    """A paragraph style. Lengths are in points, `indent` in characters; `line` is None for single spacing."""

    id: str
    name: str
    font: str = FANGSONG
    size: float = 16
    line: float | None = 28
    indent: int = 0
    align: str = "both"
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    outline: int | None = None
    keep: bool = False
    bold: bool = False
    tab: int | None = None
    based: str | None = "Normal"


_TEXT_WIDTH = 8844  # 156 mm in twips, where the page numbers of the contents list stand
STYLES = (
    Style("Normal", "Normal", based=None),
    Style("BodyText", "Body Text", indent=2),
    Style("Title", "Title", TITLE, 22, 36, align="center", before=6, after=20, left=-8, right=-8),
    Style("Heading1", "heading 1", HEITI, indent=2, outline=0, keep=True, before=6),
    Style("Heading2", "heading 2", KAITI, indent=2, outline=1, keep=True),
    Style("Heading3", "heading 3", indent=2, outline=2, keep=True, bold=True),
    Style("Heading4", "heading 4", indent=2, outline=3, keep=True),
    Style("TOC1", "toc 1", HEITI, 14, 26, tab=_TEXT_WIDTH, align="left"),
    Style("TOC2", "toc 2", FANGSONG, 14, 26, tab=_TEXT_WIDTH, align="left", left=28),
    Style("Caption", "caption", HEITI, 12, 22, align="center", keep=True, before=8, after=4),
    Style("Unit", "Table Unit", FANGSONG, 10.5, 18, align="right", keep=True),
    Style("Figure", "Figure", line=None, align="center", before=8, keep=True),
    Style("FigureCaption", "Figure Caption", HEITI, 12, 22, align="center", before=2, after=10),
    Style("Gap", "Table Gap", size=4, line=8),
    Style("End", "Table End", size=1, line=1),
    Style("CoverTitle", "Cover Title", TITLE, 22, 46, align="center", before=90, after=120, left=-8, right=-8),
    Style("Cover", "Cover", line=36, align="left", left=16),
    Style("CoverDate", "Cover Date", align="center", before=70),
    Style("Note", "Note", size=12, line=22, indent=2),
    Style("Item", "List Item", indent=2),
    Style("Signature", "Signature", align="left", left=64, before=28, keep=True),
    Style("Seal", "Sealed", align="left", left=64, before=113.4, keep=True),  # 113.4 pt = 4 cm for the stamp
    Style("Sign", "Signed", align="left", left=64, before=14, keep=True),
    Style("Footer", "footer", SONG, 14, None, align="left"),
)
KINDS = {
    "body": "BodyText",
    "note": "Note",
    "item": "Item",
    "cover": "Cover",
    "date": "CoverDate",
    "sign": "Sign",
    "signature": "Signature",
    "seal": "Seal",
}
_ALIASES = {FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", SONG: "SimSun", TITLE: "宋体"}


def styles_xml() -> str:
    """Return the styles as the content of `w:styles`."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{FANGSONG}"/>'
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = f"<w:rPrDefault><w:rPr>{fonts}{language}</w:rPr></w:rPrDefault><w:pPrDefault/>"
    table = '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    table += '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    return f"<w:docDefaults>{defaults}</w:docDefaults>{''.join(map(_style, STYLES))}{table}"


def _style(style: Style) -> str:
    default = ' w:default="1"' if style.based is None else ""
    based = f'<w:basedOn w:val="{style.based}"/>' if style.based else ""
    following = '<w:next w:val="BodyText"/>' if style.outline is not None else ""
    shape = f"<w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_letters(style)}</w:rPr>"
    head = f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
    return f"{head}{based}{following}<w:qFormat/>{shape}</w:style>"


def _paragraph(style: Style) -> str:
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{style.tab}"/></w:tabs>' if style.tab else ""
    rule = f'w:line="{round(style.line * 20)}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    space = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" {rule}/>'
    first = (
        f' w:firstLineChars="{style.indent * 100}" w:firstLine="{round(style.indent * style.size * 20)}"'
        if style.indent
        else ""
    )
    left = f' w:left="{round(style.left * 20)}"' if style.left else ""
    right = f' w:right="{round(style.right * 20)}"' if style.right else ""
    indent = f"<w:ind{left}{right}{first}/>" if left or right or first else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    return f'{keep}<w:widowControl w:val="0"/>{tab}{space}{indent}<w:jc w:val="{style.align}"/>{outline}'


def _letters(style: Style) -> str:
    bold = "<w:b/>" if style.bold else ""
    size = round(style.size * 2)
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{style.font}"/>'
    return f'{fonts}{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def fonts_xml() -> str:
    """Return the fonts, each with the name under which other systems have it, as the content of `w:fonts`."""
    known = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alias}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        f'<w:pitch w:val="default"/></w:font>'
        for name, alias in _ALIASES.items()
    )
    latin = (
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    )
    return known + latin
