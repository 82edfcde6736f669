"""打开文件: the limits that every input passes first: there, readable, not empty, not too large, of its kind."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Cell

LARGEST = 50 * 2**20
LARGEST_UNPACKED = 500 * 2**20
LARGEST_PART = 60 * 2**20  # of what is marked up: a report of 500 pages has about 20 MB
MOST_CELLS = 500_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(path: Path, *, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file; `CannotOpen` says why where that cannot be."""
    place = Place(str(path))
    try:
        size = path.stat().st_size
        if size > largest:
            raise too_large(size, largest, place)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CannotOpen(Message("open.absent"), remedy=Message("open.absent.remedy"), place=place) from None
    except IsADirectoryError:
        raise CannotOpen(Message("open.folder"), remedy=Message("open.absent.remedy"), place=place) from None
    except PermissionError:
        raise CannotOpen(Message("open.forbidden"), remedy=Message("open.forbidden.remedy"), place=place) from None
    if not raw.strip():
        raise CannotOpen(Message("open.empty"), remedy=Message("open.empty.remedy"), place=place)
    return raw


def too_large(size: int, largest: int, place: Place) -> CannotOpen:
    """Return the error for a file, or a part of one, of more bytes than are read."""
    said = Message("open.too_large", {"size": f"{size / 2**20:.0f}", "largest": f"{largest / 2**20:.0f}"})
    return CannotOpen(said, remedy=Message("open.too_large.remedy"), place=place)


def checked_archive(path: Path) -> bytes:
    """Return the bytes of an Office file whose archive is whole, without password and not a bomb."""
    raw = opened(path)
    place = Place(str(path))
    if raw.startswith(_OLE):
        raise CannotOpen(
            Message("open.password_or_old"),
            remedy=Message("open.password_or_old.remedy"),
            place=place,
        )
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise CannotOpen(
                    Message("open.bomb", {"size": f"{unpacked / 2**20:.0f}"}),
                    remedy=Message("open.bomb.remedy"),
                    place=place,
                )
            for entry in archive.infolist():
                if entry.file_size > LARGEST_PART and entry.filename.endswith(".xml"):
                    raise too_large(entry.file_size, LARGEST_PART, Place(str(path), entry.filename))
            damaged = archive.testzip()
    except zipfile.BadZipFile:
        raise CannotOpen(Message("open.not_office"), remedy=Message("open.not_office.remedy"), place=place) from None
    if damaged:
        raise CannotOpen(
            Message("open.damaged", {"part": damaged}),
            remedy=Message("open.not_office.remedy"),
            place=place,
        )
    return raw


def not_endless(rows: Iterable[Iterable[Cell]], place: Place) -> None:
    """Refuse a table whose cells span more than a table can hold."""
    cells = sum(cell.rows * cell.cols for row in rows for cell in row)
    if cells > MOST_CELLS:
        said = Message("excel.too_many", {"cells": cells, "most": MOST_CELLS})
        raise CannotOpen(said, remedy=Message("open.too_large.remedy"), place=place)
