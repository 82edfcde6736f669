"""工作簿的部件: the sheets of a workbook as its parts hold them: cells, formulas without a value, merged areas.

Parts are read once, row by row, so that a thousand small books or one large one cost little. Formulas are not
computed, macros are not run, links are not followed.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from posixpath import normpath
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from jixiao.formats.opened import MOST_CELLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

_MAIN = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CELL = re.compile(r"([A-Z]+)(\d+)")


class Raw(NamedTuple):
    """A cell: its value, the format that it prints by, and, where a formula was saved without value, the formula."""

    value: Any
    number_format: str = "General"
    formula: str | None = None


class Sheet(NamedTuple):
    """A worksheet: its cells by row and column from 1, its merged areas (left, top, right, bottom).

    `pictures` are the cells in which pictures begin.
    """

    name: str
    cells: dict[tuple[int, int], Raw]
    areas: tuple[tuple[int, int, int, int], ...]
    pictures: tuple[tuple[int, int], ...] = ()


def sheets(raw: bytes) -> Iterator[Sheet]:
    """Yield the worksheets of a workbook; `KeyError`, `ValueError` or an XML error where it is none."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        main = _target(archive, "", "officeDocument") or _MAIN
        book = etree.fromstring(archive.read(main), _parser())
        strings, formats = _strings(archive, main), _formats(archive, main)
        mac = any(node.get("date1904") in ("1", "true") for node in _named(book, "workbookPr"))
        epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900
        targets = {id: (kind, path) for id, kind, path in _relations(archive, main)}
        for node in _named(book, "sheet"):
            id = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
            kind, path = targets.get(id, ("", ""))
            if kind.endswith("/worksheet"):
                with archive.open(path) as part:
                    read = _Reader(strings, formats, epoch).sheet(part, node.get("name", ""))
                yield read._replace(pictures=tuple(_pictures(archive, path)))


def _pictures(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, int]]:
    """Yield the row and column, from 1, in which each picture of a sheet begins."""
    drawing = _target(archive, sheet, "drawing")
    if drawing is None or drawing not in archive.namelist():
        return
    for picture in _named(etree.fromstring(archive.read(drawing), _parser()), "pic"):
        start = next(_named(picture.getparent(), "from"), None)
        if start is not None:
            at = {_local(node): int(node.text or 0) for node in start}
            yield at["row"] + 1, at["col"] + 1


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _named(root: Any, name: str) -> Iterator[Any]:
    return (node for node in root.iter("{*}" + name))


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, kind and full path of what a part refers to inside the archive."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if folder else "_rels/.rels"
    if path not in archive.namelist():
        return
    for node in etree.fromstring(archive.read(path), _parser()):
        target = node.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")
        yield node.get("Id", ""), node.get("Type", ""), full


def _target(archive: zipfile.ZipFile, part: str, kind: str) -> str | None:
    return next((path for _, name, path in _relations(archive, part) if name.endswith(f"/{kind}")), None)


def _strings(archive: zipfile.ZipFile, main: str) -> list[str]:
    path = _target(archive, main, "sharedStrings")
    if path is None or path not in archive.namelist():
        return []
    return [_text(node) for node in etree.fromstring(archive.read(path), _parser()) if _local(node) == "si"]


def _text(node: Any) -> str:
    """Return the text of a string with its runs joined and its reading aids left out."""
    said = [inner.text or "" for inner in node.iter("{*}t") if _local(inner.getparent()) != "rPh"]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(said)).replace("\r\n", "\n").replace("\r", "")


def _formats(archive: zipfile.ZipFile, main: str) -> list[str]:
    """Return the number format of every cell style."""
    path = _target(archive, main, "styles")
    if path is None or path not in archive.namelist():
        return []
    root = etree.fromstring(archive.read(path), _parser())
    own = {node.get("numFmtId"): node.get("formatCode", "") for node in _named(root, "numFmt")}
    styles = next(_named(root, "cellXfs"), ())
    ids = [node.get("numFmtId", "0") for node in styles]
    return [own.get(id) or BUILTIN_FORMATS.get(int(id), "General") for id in ids]


class _Reader:
    """Reads the parts of one book; formulas that cells share are kept by their number."""

    def __init__(self, strings: list[str], formats: list[str], epoch: datetime) -> None:
        self.strings, self.formats, self.epoch = strings, formats, epoch
        self.dated = [is_date_format(code) for code in formats]
        self.shared: dict[str, str] = {}
        self.kinds: dict[str, Callable[[Any, str], Any]] = {
            "s": lambda node, text: self.strings[int(text)],
            "str": lambda node, text: text,
            "e": lambda node, text: text,
            "d": lambda node, text: text,
            "b": lambda node, text: text == "1",
        }

    def sheet(self, part: Any, name: str) -> Sheet:
        cells: dict[tuple[int, int], Raw] = {}
        areas: list[tuple[int, int, int, int]] = []
        row = 0
        for _, node in etree.iterparse(part, tag=("{*}row", "{*}mergeCell"), resolve_entities=False, no_network=True):
            if _local(node) == "mergeCell":
                areas.append(_area(node.get("ref", "")))
                continue
            row = int(node.get("r") or row + 1)
            column = 0
            for cell in node:
                at = _CELL.fullmatch(cell.get("r") or "")
                column = _number(at[1]) if at else column + 1
                read = self._cell(cell)
                if read is not None:
                    cells[row, column] = read
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
            if len(cells) > MOST_CELLS:
                break  # the caller refuses it; nothing more need be read
        return Sheet(name, cells, tuple(areas))

    def _cell(self, cell: Any) -> Raw | None:
        kind, style = cell.get("t", "n"), int(cell.get("s") or 0)
        parts = {_local(node): node for node in cell}
        if "f" in parts and not parts["f"].text and "si" in parts["f"].attrib:
            formula: str | None = self.shared.get(parts["f"].get("si"), "")
        else:
            formula = parts["f"].text or "" if "f" in parts else None
        if formula is not None and "si" in parts["f"].attrib:
            self.shared.setdefault(parts["f"].get("si"), formula)
        if kind == "inlineStr":
            return Raw(_text(parts["is"])) if "is" in parts else None
        said = parts["v"].text if "v" in parts else None
        if kind == "str" and "v" in parts:
            return Raw(said or "")
        if not said:
            return Raw(None, formula=f"={formula}") if formula is not None else None
        if kind in self.kinds:
            return Raw(self.kinds[kind](cell, said))
        return self._number(said, style)

    def _number(self, text: str, style: int) -> Raw:
        value = float(text) if re.search(r"[.eE]", text) else int(text)
        code = self.formats[style] if style < len(self.formats) else "General"
        if style < len(self.dated) and self.dated[style]:
            try:
                return Raw(from_excel(value, self.epoch), code)
            except (OverflowError, ValueError):
                return Raw("#VALUE!")
        return Raw(value, code)


def _number(letters: str) -> int:
    """Return the number of a column by its letters.

    >>> _number("A"), _number("AA")
    (1, 27)
    """
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at


def _area(ref: str) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of an area.

    >>> _area("A1:C3"), _area("B2")
    ((1, 1, 3, 3), (2, 2, 2, 2))
    """
    first, _, last = ref.partition(":")
    corners = [_CELL.fullmatch(corner) for corner in (first, last or first)]
    if None in corners:
        raise ValueError(ref)
    (left, top), (right, bottom) = ((_number(corner[1]), int(corner[2])) for corner in corners if corner is not None)
    return left, top, right, bottom
