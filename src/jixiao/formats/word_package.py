"""Word 文件包: the parts around the text of a .docx: types, relations, styles, fonts, settings, footers, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from jixiao.formats.word_page import footer_xml
from jixiao.formats.word_styles import fonts_xml, styles_xml
from jixiao.formats.zipped import archive

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = f"{_OFFICE}/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PARTS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
_JPEG = b"\xff\xd8"
_FOOTERS: dict[str, Literal["left", "right"] | None] = {"default": "right", "even": "left", "none": None}
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def package(body: str, title: str, pictures: Sequence[bytes], footer: str | None = None, custom: str = "") -> bytes:
    """Return the file whose text is `body` and whose n-th picture (PNG or JPEG) has the relation `picture<n>`.

    `footer` stands on every page before its number, `custom` is kept as the property `jixiao` of the file.
    """
    parts = {
        "[Content_Types].xml": _types(custom=bool(custom)),
        "_rels/.rels": _relations(
            [
                ("document", f"{_KIND}/officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                *([("custom", f"{_KIND}/custom-properties", "docProps/custom.xml")] if custom else []),
            ]
        ),
        "docProps/core.xml": _core(title),
        **({"docProps/custom.xml": _custom(custom)} if custom else {}),
        "word/_rels/document.xml.rels": _relations(
            [
                *((name, f"{_KIND}/{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable")),
                *((name, f"{_KIND}/footer", f"footer_{name}.xml") for name in _FOOTERS),
                *((f"picture{at}", f"{_KIND}/image", f"media/{name}") for at, name in enumerate(_named(pictures))),
            ]
        ),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{styles_xml()}</w:styles>",
        "word/settings.xml": f"<w:settings {NAMES}>{_SETTINGS}</w:settings>",
        "word/fontTable.xml": f"<w:fonts {NAMES}>{fonts_xml()}</w:fonts>",
        **{f"word/footer_{name}.xml": _footer(align, footer) for name, align in _FOOTERS.items()},
    }
    files = {name: (_HEAD + text).encode() for name, text in parts.items()}
    return archive(
        {**files, **{f"word/media/{name}": raw for name, raw in zip(_named(pictures), pictures, strict=True)}}
    )


def _named(pictures: Sequence[bytes]) -> list[str]:
    return [f"picture{at}.{'jpg' if raw.startswith(_JPEG) else 'png'}" for at, raw in enumerate(pictures)]


def _footer(align: Literal["left", "right"] | None, text: str | None) -> str:
    return f"<w:ftr {NAMES}>{footer_xml(align, text)}</w:ftr>"


def _types(*, custom: bool) -> str:
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    defaults += (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
    )
    parts = {f"/word/{name}.xml": f"{_WORD}.{kind}+xml" for name, kind in _PARTS.items()}
    parts |= {f"/word/footer_{name}.xml": f"{_WORD}.footer+xml" for name in _FOOTERS}
    if custom:
        parts["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    named = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{named}</Types>'


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _custom(text: str) -> str:
    names = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    kind = 'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="jixiao"'
    return f"<Properties {names}><property {kind}><vt:lpwstr>{escape(text)}</vt:lpwstr></property></Properties>"


def _core(title: str) -> str:
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inside = f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>"
    return f"<cp:coreProperties {names}>{inside}</cp:coreProperties>"
