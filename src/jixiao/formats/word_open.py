"""打开 Word: a .docx or .docm as its parts; a file with macros is opened as one without, and nothing of them is run."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document as open_docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.opened import checked_archive

if TYPE_CHECKING:
    from pathlib import Path

_TYPES = "[Content_Types].xml"
_KINDS = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_file(path: Path) -> Any:
    """Return a Word file opened; `CannotOpen` where it is none."""
    raw = checked_archive(path)
    try:
        return open_docx(BytesIO(_plain(raw)))
    except (PackageNotFoundError, KeyError, ValueError, LxmlError):
        raise CannotOpen(
            Message("open.not_office"), remedy=Message("open.not_office.remedy"), place=Place(str(path))
        ) from None


def _plain(raw: bytes) -> bytes:
    """Return a Word file that says it is an ordinary document."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        types = archive.read(_TYPES)
        if not any(kind in types for kind in _KINDS):
            return raw
        for kind in _KINDS:
            types = types.replace(kind, _PLAIN)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry, types if entry.filename == _TYPES else archive.read(entry))
    return out.getvalue()
