"""读任意报告: whatever a person hands in, by what it is and not by what it is called, as one document or several.

Word and Excel, PDF, web pages, Markdown and plain text; old office files through LibreOffice; pictures of pages where a
recogniser is installed; an archive gives every file in it. A file that is something else than its name says is read as
what it is, and the document says so.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Document, Heading, Paragraph, Table
from jixiao.errors import CannotOpen, JixiaoError
from jixiao.figures.unread import Unread
from jixiao.findings import Message, Place
from jixiao.formats import (
    archive_read,
    convert,
    csv_read,
    excel_read,
    html_read,
    kinds,
    ocr_read,
    pdf_read,
    text_read,
    word_layout,
    word_read,
)
from jixiao.formats.opened import opened, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_HANDED_IN = frozenset({*kinds.SAID, ".rar", ".7z", ".ofd"})  # what a person would call a report, readable or not
_DEEPEST = 3
_LARGEST_TEXT = 10 * 2**20
_READERS = {
    "docx": word_read.read,
    "xlsx": excel_read.read,
    "pdf": pdf_read.read,
    "html": html_read.read,
    "text": text_read.read,
    "csv": csv_read.read,
}
_REFUSED = {"zip": "open.not_office", "damaged": "open.not_office", "binary": "open.unknown_kind"}


def read_all(path: Path, *, pages: bool = False) -> Iterator[Document | JixiaoError]:
    """Yield the documents in a file, folder or archive; one that cannot be read is given as its error."""
    for file in files(path):
        yield from _read_file(file, 1, pages=pages)


def files(path: Path) -> list[Path]:
    """Return the files that stand for a path: itself, or those in a folder that somebody would hand in as reports."""
    if not path.is_dir():
        return [path]
    return sorted(inner for inner in path.rglob("*") if inner.is_file() and _is_handed_in(inner))


def _is_handed_in(path: Path) -> bool:
    return path.suffix.lower() in _HANDED_IN and not path.name.startswith((".", "~$")) and "__MACOSX" not in path.parts


def _read_file(path: Path, depth: int, *, pages: bool) -> Iterator[Document | JixiaoError]:
    try:
        if _is_archive(path) and depth <= _DEEPEST:
            yield from _archive(path, depth, pages=pages)
        else:
            yield read(path, pages=pages)
    except JixiaoError as problem:
        yield problem


def _is_archive(path: Path) -> bool:
    kind = kinds.kind_of(opened(path), "")
    return kind == "zip" or (kind == "damaged" and path.suffix.lower() == ".zip")


def _archive(path: Path, depth: int, *, pages: bool) -> Iterator[Document | JixiaoError]:
    """Yield the documents inside an archive, each under `archive.zip/name`."""
    for name, inner in archive_read.members(path):
        if not _is_handed_in(Path(name)):
            continue
        for found in _read_file(inner, depth + 1, pages=pages):
            own = str(found.place or "") if isinstance(found, JixiaoError) else found.name or ""
            shown = f"{path}/{name}{own.removeprefix(str(inner))}"
            if isinstance(found, JixiaoError):
                found.place = Place(shown)
                yield found
            else:
                yield _named(found, shown)


def read(path: Path, *, pages: bool = False) -> Document:
    """Return one file as a document; `CannotOpen` or `CannotParse` where it cannot be.

    `pages` asks for the pages of Word files also where they have to be laid out for that.
    """
    raw, ending, place = opened(path), path.suffix.lower(), Place(str(path))
    kind = kinds.kind_of(raw, ending)
    if kind == "damaged" or (kind in _REFUSED and ending not in kinds.CONVERTED):
        refused = _REFUSED[kind]
        raise CannotOpen(Message(refused), remedy=Message(f"{refused}.remedy"), place=place)
    if kind == "office" and "EncryptedPackage".encode("utf-16-le") in raw:
        raise CannotOpen(Message("open.password"), remedy=Message("open.password.remedy"), place=place)
    if len(raw) > _LARGEST_TEXT and kind in ("text", "csv", "html"):
        raise too_large(len(raw), _LARGEST_TEXT, place)
    if kind == "office":
        document = _converted(path, pages=pages)
    else:
        document = _with_words(_picture(raw, path) if kind == "picture" else _READERS[kind](path), raw)
    if pages and kind == "docx":
        document = word_layout.paged(document, path)
    return _said(document, kind, ending)


def _with_words(document: Document, raw: bytes) -> Document:
    """Return a document in which something is written; pictures in an office file are recognised where that can be."""
    holes = any(isinstance(cell.value, Unread) for table in document.tables() for _, _, cell in table.cells())
    words = (block.text for block in document.blocks if isinstance(block, Heading | Paragraph))
    cells = (cell.text for table in document.tables() for _, _, cell in table.cells())
    if any(text.strip() for text in (*words, *cells)):
        return document
    pictures = list(_pasted(raw))
    if pictures and ocr_read.available():
        found = [
            block for at, one in enumerate(pictures, 1) for block in ocr_read.picture(one, document.name or "", at)
        ]
        if found:
            pages = Message("open.recognised", {"pages": ocr_read.ranges(range(1, len(pictures) + 1))})
            return replace(document, blocks=tuple(found), remarks=(*document.remarks, pages))
    what = "open.pictures_only" if pictures or holes else "open.wordless"
    raise CannotOpen(Message(what), remedy=Message(f"{what}.remedy"), place=Place(document.name))


def _pasted(raw: bytes) -> Iterator[bytes]:
    """Yield the pictures that an office file holds."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for name in sorted(archive.namelist()):
                if "/media/" in name and PurePosixPath(name).suffix.lower() in kinds.PICTURES:
                    yield archive.read(name)


def _converted(path: Path, *, pages: bool) -> Document:
    with convert.converted(path) as other:
        return _named(read(other, pages=pages), str(path))


def _picture(raw: bytes, path: Path) -> Document:
    if ocr_read.available() and (found := ocr_read.picture(raw, str(path))):
        return Document(tuple(found), "", str(path), remarks=(Message("open.recognised", {"pages": "1"}),))
    raise CannotOpen(Message("open.pictures_only"), remedy=Message("open.pictures_only.remedy"), place=Place(str(path)))


def _said(document: Document, kind: str, ending: str) -> Document:
    """Return a document with the remark that it is something else than its name says, where that is so."""
    if kinds.SAID.get(ending, kind) == kind:
        return document
    names = {"ending": ending, "kind": Message(f"open.kind.{kind}")}
    return replace(document, remarks=(Message("open.other_kind", names), *document.remarks))


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
