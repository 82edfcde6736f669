"""读答卷: an answer file, CSV in UTF-8 or GB18030 or an Excel sheet, with its heads settled and its rows unread.

A CSV file in UTF-8 is not loaded: the engine scans it where it lies. Mixed encodings are refused with the lines.
"""

from __future__ import annotations

import codecs
import csv
from io import StringIO
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen, CannotParse
from jixiao.findings import Finding, Message, Place
from jixiao.formats.opened import opened
from jixiao.surveys.answers import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jixiao.documents.document import Cell, Table

LARGEST = 4 * 2**30
_HEAD = 256 * 2**10
_LARGE = 8 * 2**20
_SAMPLE = 200
_SEPARATORS = (",", "\t", ";")


def read(path: Path, *, checked: bool = False) -> tuple[Sheet, list[Finding]]:
    """Return the answers of a file and what is said about how it was read.

    Of a large CSV file only the beginning is looked at, unless `checked`: the engine refuses what is no UTF-8, and it
    is then read again. `CannotOpen` for a file that is not there or empty, `CannotParse` for one whose text cannot be
    taken apart.
    """
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        return _excel(path)
    return _csv(path, checked=checked or not path.is_file() or path.stat().st_size < _LARGE)


def _csv(path: Path, *, checked: bool) -> tuple[Sheet, list[Finding]]:
    place = Place(str(path))
    source: Path | bytes = path
    encoding, head = "utf-8", b""
    if not checked:
        with path.open("rb") as file:
            head = file.read(_HEAD + 1)
        checked = b"\0" in head or not _decodes(head[: head.rfind(b"\n") + 1], "utf-8")
    if checked:
        head = opened(path, largest=LARGEST)
        encoding = _encoding(head, path)
        if encoding != "utf-8" or (b"\r" in head and b"\n" not in head):
            text = head.decode(encoding).removeprefix("\ufeff")
            source = head = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    text = _beginning(head)
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    if len(lines) < 2:
        raise CannotOpen(Message("survey.file.no_rows"), remedy=Message("survey.file.no_rows.remedy"), place=place)
    heads = tuple(head.strip() for head in lines[0])
    # The last line of a cut beginning may be half a line; a sample does not need it.
    sample = tuple(tuple(line) for line in lines[1 : _SAMPLE + 1] if len(line) == len(heads))
    notes = [] if encoding == "utf-8" else [_note("encoding_read", place, encoding=encoding.upper())]
    return Sheet(str(path), heads, 2, source=source, separator=separator, sample=sample, checked=checked), notes


def rows(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return heads and rows of a list small enough to be held whole."""
    sheet, _ = read(path)
    if sheet.rows is not None:
        return sheet.heads, list(sheet.rows)
    raw = sheet.source if isinstance(sheet.source, bytes) else opened(path, largest=LARGEST)
    found = csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=sheet.separator)
    return sheet.heads, [tuple(row) for row in found][1:]


def listed(heads: Sequence[str], found: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV for a spreadsheet; no cell can begin a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerows([[harmless(text) for text in row] for row in (heads, *found)])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text that a spreadsheet takes for text.

    >>> harmless("=1+1"), harmless("甲")
    ("'=1+1", '甲')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _encoding(raw: bytes, path: Path) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in raw[:_HEAD]:
        raise CannotParse(Message("yaml.nul"), remedy=Message("survey.file.mixed.remedy"), place=Place(str(path)))
    if _decodes(raw, "utf-8"):
        return "utf-8"
    eight, other = _lines(raw)
    if eight or not _decodes(raw, "gb18030"):
        args = {"utf8": len(eight), "other": len(other), "line": other[0], "first_utf8": eight[0] if eight else "—"}
        raise CannotParse(
            Message("survey.file.mixed" if eight else "survey.file.encoding", args),
            remedy=Message("survey.file.mixed.remedy"),
            place=Place(str(path), line=other[0]),
        )
    return "gb18030"


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines(raw: bytes) -> tuple[list[int], list[int]]:
    """Return the numbers of the lines that are UTF-8 beyond ASCII, and of those that are not UTF-8."""
    eight: list[int] = []
    other: list[int] = []
    for number, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.isascii():
            (eight if _decodes(line, "utf-8") else other).append(number)
    return eight, other


def _beginning(raw: bytes) -> str:
    """Return the text of the first lines, cut where a line ends."""
    head = raw[:_HEAD]
    if len(raw) > _HEAD and b"\n" in head:
        head = head[: head.rindex(b"\n") + 1]
    return head.decode("utf-8-sig", errors="ignore")


def _excel(path: Path) -> tuple[Sheet, list[Finding]]:
    from jixiao.formats import excel_read  # noqa: PLC0415  (openpyxl is loaded for a workbook only)

    document = excel_read.read(path)
    tables = document.tables()
    if not tables:
        raise CannotOpen(Message("open.empty"), remedy=Message("open.empty.remedy"), place=Place(str(path)))
    table, place = tables[0], Place(str(path), part=tables[0].name)
    notes = []
    if len(tables) > 1:
        notes.append(_note("sheets", place, sheet=table.name, others=[other.name for other in tables[1:]]))
    depth = _head_rows(table)
    full = table.filled()
    if len(full) <= depth:
        raise CannotOpen(Message("survey.file.no_rows"), remedy=Message("survey.file.no_rows.remedy"), place=place)
    # A title over the whole width is no head.
    heads = _heads([line for line in full[:depth] if len({_text(cell) for cell in line}) > 1] or full[:depth])
    if depth > 1:
        notes.append(_note("merged_heads", place, rows=depth, heads=heads))
    rows = tuple(tuple(_text(cell) for cell in line) for line in full[depth:])
    kept = [any(row) for row in rows]
    while kept and not kept[-1]:
        rows, kept = rows[:-1], kept[:-1]
    return Sheet(str(path), heads, depth + 1, rows=rows, sample=rows[:_SAMPLE]), notes


def _head_rows(table: Table) -> int:
    """Return how many rows the head takes: as many as its spanning cells reach over, and one below a wide cell."""
    depth = 1
    for at, _, cell in table.cells():
        if at < depth:
            depth = max(depth, at + cell.rows + (1 if cell.cols > 1 else 0))
    return depth


def _heads(lines: Sequence[Sequence[Cell | None]]) -> tuple[str, ...]:
    """Return one head a column: the different texts above each other, joined as `题目(选项)`."""
    heads = []
    for column in zip(*lines, strict=True):
        words = list(dict.fromkeys(text for cell in column if (text := _text(cell).strip())))
        heads.append(words[0] + "".join(f"({word})" for word in words[1:]) if words else "")
    return tuple(heads)


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


def _note(name: str, place: Place, **args: object) -> Finding:
    said, remedy = Message(f"survey.file.{name}", args), Message(f"survey.file.{name}.remedy", args)
    return Finding("answer_file", "note", said, remedy, places=(place,))
