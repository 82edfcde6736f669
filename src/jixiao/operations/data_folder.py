"""数据文件夹: registers or settlement records as they lie in a folder for a server to work on, and laid there.

What a server reads lies inside the folder: an address, a path that leads out of it and a link to somewhere else are
refused, for whoever wrote `registers.yaml` may not be allowed to read what the server can.
"""

from __future__ import annotations

import json
from glob import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from jixiao.engines.database import is_address
from jixiao.engines.files import found
from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import registers_file, settlements_file
from jixiao.formats.archive_read import members

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = registers_file.DATA
_DESCRIPTIONS = (registers_file.FILE, settlements_file.FILE)


class Part(NamedTuple):
    """One register or table: its role, what it is called, how many files it has and of how many bytes."""

    role: str
    name: str
    files: int
    size: int


class Described(NamedTuple):
    """What lies in a folder: its title, its reference date or year, its parts, and what can be done with it.

    `works` names kinds of work: registers, pensions, settlements.
    """

    title: str
    as_of: str
    parts: tuple[Part, ...]
    works: tuple[str, ...]


def is_data_folder(folder: Path) -> bool:
    """Return whether a folder says what lies in it."""
    return any((folder / name).is_file() and not (folder / name).is_symlink() for name in _DESCRIPTIONS)


def described(folder: Path) -> Described:
    """Return what lies in a folder, every file of it inside; raises `CannotOpen` and `CannotParse`."""
    if (folder / settlements_file.FILE).is_file() and not (folder / registers_file.FILE).is_file():
        return _settlements(folder)
    given = registers_file.read(folder)
    parts = tuple(_part(folder, one.role, one.name, one.files) for one in given.registers)
    roles = {part.role for part in parts}
    works = ("registers", "pensions") if "payments" in roles else ("registers",)
    return Described(given.title, given.terms.as_of.isoformat(), parts, works)


def _settlements(folder: Path) -> Described:
    given = settlements_file.read(folder)
    parts = [_part(folder, name, name, one.files) for name, one in given.tables.items()]
    parts += [_part(folder, name, name, (file,)) for name, file in given.summaries.items()]
    return Described(given.title, str(given.terms.year or ""), tuple(parts), ("settlements",))


def _part(folder: Path, role: str, name: str, patterns: tuple[str, ...]) -> Part:
    inside = folder.resolve()
    if any(is_address(pattern) for pattern in patterns):
        raise _outside(folder, name)
    files = [Path(file) for file in found(patterns, folder)]
    if not all(file.is_file() and file.resolve().is_relative_to(inside) for file in files):
        raise _outside(folder, name)
    return Part(role, name, len(files), sum(file.stat().st_size for file in files))


def _outside(folder: Path, name: str) -> CannotOpen:
    said = Message("data_folder.outside", {"name": name})
    return CannotOpen(said, remedy=Message("data_folder.outside.remedy"), place=Place(folder.name))


def unpacked(archive: Path, into: Path) -> None:
    """Unpack an archive of registers or settlement records with the file that describes them.

    Only that file and data files come out, below the folder in which it lies, whatever their names say.
    """
    tops = []
    for name, path in members(archive):
        inner = PurePosixPath(name.replace("\\", "/").lstrip("/"))
        described = inner.name in _DESCRIPTIONS
        if any(part.startswith((".", "__")) for part in inner.parts) or not (described or inner.suffix.lower() in DATA):
            continue
        target = into.joinpath(*inner.parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            target.write_bytes(path.read_bytes())
        except OSError:
            said = Message("open.not_archive")
            raise CannotOpen(said, remedy=Message("open.not_archive.remedy"), place=Place(archive.name)) from None
        tops += [inner.parts[:-1]] if described else []
    if not tops:
        said = Message("registers.absent", {"file": registers_file.FILE})
        raise CannotOpen(said, remedy=Message("data_folder.archive.remedy"), place=Place(archive.name))
    top = into.joinpath(*min(tops, key=len))
    if top != into:
        moved = into.with_name(f"{into.name}.top")
        top.rename(moved)
        _replaced(into, moved)


def _replaced(into: Path, moved: Path) -> None:
    """Put a folder in the place of another."""
    import shutil  # noqa: PLC0415  (only for an archive with a folder of its own)

    shutil.rmtree(into)
    moved.rename(into)


def write_description(folder: Path, *, title: str, as_of: str, registers: Mapping[str, tuple[str, list[str]]]) -> None:
    """Write `registers.yaml` for files that lie in a folder: by role the name of the register and its files."""
    if "own" not in registers:
        raise CannotParse(Message("data_folder.no_own"), remedy=Message("data_folder.no_own.remedy"))
    tree = {
        "schema": registers_file.SCHEMA,
        "title": title,
        "as_of": as_of,
        **{
            role: {"name": name, "files": [escape(file) for file in files]} for role, (name, files) in registers.items()
        },
    }
    text = json.dumps(tree, ensure_ascii=False, indent=1)  # JSON is YAML
    (folder / registers_file.FILE).write_text(text + "\n", encoding="utf-8")
