"""比对说明 registers.yaml: which files are which register, as of when, under which local column names."""

from __future__ import annotations

from datetime import date
from glob import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.enrolment.identity import parameters
from jixiao.enrolment.registers import MODES, ROLES, Register, Role, Terms, fields
from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Message, Place
from jixiao.formats import yaml_text

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.formats.yaml_text import Loc, Tree

SCHEMA = "registers/1"
FILE = "registers.yaml"
DATA = (".parquet", ".pq", ".csv", ".txt", ".dat", ".tsv", ".gz", ".xlsx", ".xlsm")
_KEYS = ("name", "files", "as_of", "mapping", "delimiter", "encoding")
_TOP = ("schema", "title", "as_of", "status", "mode", "tokens", *ROLES)
_SEVERAL: tuple[Role, ...] = ("group",)
_ESCAPES = {"\\x01": "\x01", "\\t": "\t"}


class Registers(NamedTuple):
    """What a comparison reads: its registers, its terms, how the whole is called, whether numbers are tokens."""

    registers: tuple[Register, ...]
    terms: Terms
    title: str
    tokens: bool = False

    def names(self) -> dict[str, str]:
        """Return how tables and lists call the two jurisdictions and the whole."""
        found: dict[str, str] = {
            register.role: register.name for register in self.registers if register.role in ("own", "other")
        }
        return {"own": "本方", "other": "另一方", **found, "title": self.title}


def read(folder: Path) -> Registers:
    """Return what `registers.yaml` in a folder says; errors name the line and what may stand there."""
    path = folder / FILE if folder.is_dir() else folder
    if not path.exists():
        said = Message("registers.absent", {"file": FILE})
        raise CannotOpen(said, remedy=Message("registers.absent.remedy"), place=Place(str(path)))
    tree = yaml_text.read(path)
    top = tree.value
    _known(path, tree, top, _TOP, ())
    if top.get("schema") != SCHEMA:
        raise _wrong(path, tree, ("schema",), top.get("schema", "—"), SCHEMA)
    as_of = _date(path, tree, ("as_of",), top.get("as_of"))
    status, mode = top.get("status", "normal"), top.get("mode", "charge")
    if as_of is None:
        raise _wrong(path, tree, ("as_of",), "—", "2024-06-30")
    if status not in parameters()["statuses"]:
        raise _wrong(path, tree, ("status",), status, list(parameters()["statuses"]))
    if mode not in MODES:
        raise _wrong(path, tree, ("mode",), mode, list(MODES))
    registers = []
    for role in ROLES:
        if role in top:
            entries = top[role] if role in _SEVERAL else [top[role]]
            if not isinstance(entries, list):
                raise _wrong(path, tree, (role,), role, "- name: …")
            registers += [
                _register(path, tree, role, (role, at) if role in _SEVERAL else (role,), entry)
                for at, entry in enumerate(entries)
            ]
    if not any(register.role == "own" for register in registers):
        raise _wrong(path, tree, ("own",), "—", "own: {name: …, files: [own/*.parquet]}")
    tokens = top.get("tokens", "false") == "true"
    return Registers(tuple(registers), Terms(as_of, status, mode), top.get("title", ""), tokens)


def guessed(folder: Path) -> Registers:
    """Return what may be registers in a folder that has no `registers.yaml`: its data files, and those of each folder.

    A folder with the name of a role is taken for it, all else is `unknown`; the reference date is today's.
    """
    found = [
        Register(next((role for role in ROLES if role == name), "unknown"), name, (f"{escape(name)}/*",))
        for name in sorted(path.name for path in folder.iterdir() if path.is_dir())
        if any(path.suffix.lower() in DATA for path in (folder / name).iterdir())
    ]
    found += [
        Register("unknown", path.name, (escape(path.name),))
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix.lower() in DATA
    ]
    if not found:
        said = Message("registers.absent", {"file": FILE})
        raise CannotOpen(said, remedy=Message("registers.absent.remedy"), place=Place(str(folder)))
    return Registers(tuple(found), Terms(date.today()), folder.name)  # noqa: DTZ011  (only births after it are wrong)


def _register(path: Path, tree: Tree, role: Role, loc: Loc, raw: Any) -> Register:
    if not isinstance(raw, dict):
        raise _wrong(path, tree, loc, str(raw), list(_KEYS))
    _known(path, tree, raw, _KEYS, loc)
    files = raw.get("files") or []
    files = [files] if isinstance(files, str) else files
    if not files or not all(isinstance(name, str) for name in files):
        raise _wrong(path, tree, (*loc, "files"), "—", "[own/*.parquet]")
    mapping = raw.get("mapping") or {}
    for local, name in mapping.items():
        if name not in fields():
            raise _wrong(path, tree, (*loc, "mapping", local), name, list(fields()))
    delimiter = raw.get("delimiter")
    return Register(
        role,
        raw.get("name", role),
        tuple(files),
        _date(path, tree, (*loc, "as_of"), raw.get("as_of")),
        dict(mapping),
        _ESCAPES.get(delimiter, delimiter) if delimiter else None,
        raw.get("encoding"),
    )


def _known(path: Path, tree: Tree, raw: dict[str, Any], names: tuple[str, ...], loc: Loc) -> None:
    for name in raw:
        if name not in names:
            raise _wrong(path, tree, (*loc, name), name, list(names))


def _date(path: Path, tree: Tree, loc: Loc, text: Any) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        raise _wrong(path, tree, loc, text, "2024-06-30") from None


def _wrong(path: Path, tree: Tree, loc: Loc, found: object, known: object) -> CannotParse:
    at = loc
    while at and at not in tree.lines:
        at = at[:-1]
    said = Message("registers.wrong", {"field": ".".join(map(str, loc)), "found": found})
    remedy = Message("registers.wrong.remedy", {"known": known})
    return CannotParse(said, remedy=remedy, place=Place(str(path), line=tree.lines.get(at, 1)))
