"""文件种类: what the bytes of a file are, whatever its name says, and what its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"})
CONVERTED = frozenset({".doc", ".xls", ".wps", ".et", ".rtf", ".odt", ".ods", ".xlsb"})
SAID = {
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "text",
    ".txt": "text",
    ".csv": "csv",
    ".tsv": "text",
    ".zip": "zip",
    **dict.fromkeys(CONVERTED, "office"),
    **dict.fromkeys(PICTURES, "picture"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (_OLE, "office"),
    (b"{\\rtf", "office"),
)
_PAGE = (b"<!doctype html", b"<html", b"<?xml")


def kind_of(raw: bytes, ending: str) -> str:
    """Return what bytes are: docx, xlsx, pdf, html, csv, text, office (to convert), zip, picture or binary.

    >>> kind_of(b"%PDF-1.7", ".docx"), kind_of("绩效".encode(), ".txt"), kind_of(b"<html><p>1</p>", ".xls")
    ('pdf', 'text', 'html')
    """
    if raw.startswith(b"PK"):
        return _of_archive(raw)
    if b"%PDF" in raw[:1024]:
        return "pdf"
    known = next((kind for start, kind in _STARTS if raw.startswith(start)), None)
    if known is not None:
        return known
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (head.startswith(_PAGE) and b"<" in head) or (ending in (".html", ".htm") and b"<" in head):
        return "html"
    if b"\x00" in raw[:8192] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return "office" if ending in CONVERTED else "binary"
    return "csv" if ending == ".csv" and re.search(rb"[,;\t]", raw) else "text"


def _of_archive(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "damaged"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "office" if "xl/workbook.bin" in names else "xlsx"
    return "office" if "mimetype" in names else "zip"


def is_book(raw: bytes, ending: str) -> bool:
    """Return whether an office file that must be converted is a workbook, by what it holds rather than by its name."""
    if raw.startswith(_OLE):
        return any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book\x00"))
    if raw.startswith(b"PK"):
        return b"opendocument.spreadsheet" in raw[:200] or b"xl/workbook.bin" in raw
    return ending in (".xls", ".et", ".ods", ".xlsb")
