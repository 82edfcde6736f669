"""读任意报告: whatever a person hands in, by what it is and not by what it is called, as one document or several.

Word and Excel, PDF that holds text, web pages, Markdown and plain text; old office files through LibreOffice; an
archive gives every file in it. A file that is something else than its name says is read as what it is.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotOpen, JixiaoError
from jixiao.figures.unread import Unread
from jixiao.findings import Message, Place
from jixiao.formats import convert, excel_read, html_read, ocr_read, pdf_read, text_read, word_read
from jixiao.formats.opened import LARGEST_UNPACKED, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = frozenset(
    {
        ".docx",
        ".xlsx",
        ".xlsm",
        ".docm",
        ".pdf",
        ".html",
        ".htm",
        ".md",
        ".txt",
        ".csv",
        ".tsv",
        ".zip",
        ".doc",
        ".xls",
        ".wps",
        ".et",
        ".rtf",
        ".odt",
        ".ods",
    }
)
_CONVERTED = frozenset({".doc", ".xls", ".wps", ".et", ".rtf", ".odt", ".ods", ".xlsb"})
_LAID_OUT = frozenset({".docx", ".docm", ".xlsx", ".xlsm", ".pdf"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MOST_MEMBERS = 2000


def read_all(path: Path) -> Iterator[Document | JixiaoError]:
    """Yield the documents in a file, folder or archive; one that cannot be read is given as its error."""
    if path.is_dir():
        for inner in sorted(
            p
            for p in path.rglob("*")
            if p.is_file() and p.suffix.lower() in ENDINGS and not p.name.startswith((".", "~$"))
        ):
            yield from read_all(inner)
        return
    try:
        if _is_plain_archive(path):
            yield from _archive(path)
        else:
            yield read(path)
    except JixiaoError as problem:
        yield problem


def read(path: Path) -> Document:
    """Return one file as a document; `CannotOpen` or `CannotParse` where it cannot be."""
    raw = opened(path)
    kind = kind_of(raw, path.suffix.lower())
    if kind == "office" and "EncryptedPackage".encode("utf-16-le") in raw:
        raise CannotOpen(Message("open.password"), remedy=Message("open.password.remedy"), place=Place(str(path)))
    if kind == "docx" and (plain := _without_macros(raw)) is not None:
        return _from_copy(plain, path)
    if kind == "office":
        with convert.converted(path) as other:
            return _named(read(other), str(path))
    if kind == "picture":
        if ocr_read.available() and (found := ocr_read.picture(raw, str(path))):
            return Document(tuple(found), "", str(path))
        raise CannotOpen(
            Message("open.pictures_only"), remedy=Message("open.pictures_only.remedy"), place=Place(str(path))
        )
    if kind == "zip":
        raise CannotOpen(Message("open.not_office"), remedy=Message("open.not_office.remedy"), place=Place(str(path)))
    if kind == "binary":
        raise CannotOpen(
            Message("open.unknown_kind"), remedy=Message("open.unknown_kind.remedy"), place=Place(str(path))
        )
    readers = {
        "docx": word_read.read,
        "xlsx": excel_read.read,
        "pdf": pdf_read.read,
        "html": html_read.read,
        "text": text_read.read,
    }
    document = readers[kind](path)
    return document if kind != "text" or path.suffix.lower() not in _LAID_OUT else _said(document, path)


def _said(document: Document, path: Path) -> Document:
    """Return plain text that calls itself an office file with the line that says so, listed as not read."""
    why = Message("open.plain_text", {"ending": path.suffix.lower()})
    hole = Cell("", value=Unread(path.name, why), place=Place(str(path)))
    return replace(document, blocks=(*document.blocks, Table.of([[hole]])))


def kind_of(raw: bytes, ending: str) -> str:  # noqa: PLR0911
    """Return what bytes are: docx, xlsx, pdf, html, text, office (to convert), zip, picture or binary.

    >>> kind_of(b"%PDF-1.7", ".docx"), kind_of("绩效".encode(), ".txt")
    ('pdf', 'text')
    """
    if raw.startswith(b"PK"):
        return _kind_of_archive(raw)
    if raw[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if raw.startswith(_OLE) or ending in _CONVERTED:
        return "office"
    if raw.startswith(_PICTURES):
        return "picture"
    head = raw[:4096].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")) or (ending in (".html", ".htm") and b"<" in head):
        return "html"
    if b"\x00" in raw[:8192] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return "binary"
    return "text"


def _kind_of_archive(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "docx"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "office" if "mimetype" in names else "zip"


_MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _without_macros(raw: bytes) -> bytes | None:
    """Return a Word file with macros as one without, or None for a file that has none; nothing of them is run."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            types = archive.read("[Content_Types].xml")
            if _MACRO not in types or sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                return None
            out = BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
                for entry in archive.infolist():
                    part = archive.read(entry)
                    copy.writestr(
                        entry, part.replace(_MACRO, _PLAIN) if entry.filename == "[Content_Types].xml" else part
                    )
            return out.getvalue()
    except (zipfile.BadZipFile, KeyError, RuntimeError):
        return None


def _from_copy(raw: bytes, path: Path) -> Document:
    with TemporaryDirectory(prefix="jixiao-") as folder:
        inner = Path(folder, "copy.docx")
        inner.write_bytes(raw)
        return _named(word_read.read(inner), str(path))


def _is_plain_archive(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        return True
    raw = opened(path)
    return raw.startswith(b"PK") and kind_of(raw, "") == "zip"


def _archive(path: Path) -> Iterator[Document | JixiaoError]:
    """Yield the documents inside an archive, each under `archive.zip/name`."""
    place = Place(str(path))
    try:
        with zipfile.ZipFile(BytesIO(opened(path))) as archive, TemporaryDirectory(prefix="jixiao-") as folder:
            members = [entry for entry in archive.infolist() if not entry.is_dir()]
            unpacked = sum(entry.file_size for entry in members)
            if unpacked > LARGEST_UNPACKED or len(members) > _MOST_MEMBERS:
                raise CannotOpen(
                    Message("open.bomb", {"size": f"{unpacked / 2**20:.0f}"}),
                    remedy=Message("open.bomb.remedy"),
                    place=place,
                )
            for number, entry in enumerate(members):
                name = _name(entry)
                if Path(name).suffix.lower() not in ENDINGS - {".zip"} or Path(name).name.startswith((".", "~$")):
                    continue
                inner = Path(folder, f"{number}{Path(name).suffix.lower()}")
                inner.write_bytes(archive.read(entry))
                shown = f"{path}/{name}"
                try:
                    yield _named(read(inner), shown)
                except JixiaoError as problem:
                    problem.place = Place(shown)
                    yield problem
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as problem:
        what = "open.password" if "password" in str(problem) or "encrypted" in str(problem) else "open.not_archive"
        raise CannotOpen(Message(what), remedy=Message(f"{what}.remedy"), place=place) from None


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; archives made on Chinese Windows spell it in GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _named(document: Document, name: str) -> Document:
    """Return a document with its places under another file name."""

    def placed(place: Place | None) -> Place | None:
        return replace(place, file=name) if place is not None else None

    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            grid = tuple(
                tuple(replace(cell, place=placed(cell.place)) if cell is not None else None for cell in row)
                for row in block.grid
            )
            blocks.append(replace(block, grid=grid))
        elif isinstance(block, Heading | Paragraph):
            blocks.append(replace(block, place=placed(block.place)))
        else:
            blocks.append(block)
    return replace(document, blocks=tuple(blocks), name=name)
