"""填别人的工作簿: values put into cells of a workbook that somebody else made, and nothing else touched.

Only the parts of the sheets that values go into are written anew; every other part keeps its bytes: drop-downs,
protection, hidden columns, pictures, macros. A formula stays; of one that prints a value of ours the cached result is
set. What a cell's own rules refuse is not written.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from jixiao.errors import CannotOpen
from jixiao.findings import Message
from jixiao.formats.opened import checked_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jixiao.findings import Place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NEWER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_FORMULA = "{http://schemas.microsoft.com/office/excel/2006/main}f"
_SQREF = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]+)(\d+)")
_REFERENCE = re.compile(r"(?:'?(?P<sheet>[^'!]+)'?!)?\$?(?P<from>[A-Z]+\$?\d+)(?::\$?(?P<to>[A-Z]+\$?\d+))?")


def opened(path: Path, place: Place) -> Book:
    """Return a workbook open for filling; `CannotOpen` names the place where it is none."""
    try:
        return Book(checked_archive(path))
    except (KeyError, ValueError, etree.LxmlError):
        said = Message("open.not_office")
        raise CannotOpen(said, remedy=Message("open.not_office.remedy"), place=place) from None


@dataclass(slots=True)
class Sheet:
    """A worksheet open for filling: its part, its tree, and whether anything was put into it."""

    part: str
    tree: Any
    rows: dict[int, Any] = field(default_factory=dict)
    touched: bool = False


class Book:
    """A workbook open for filling; `raw` is a whole archive; `KeyError` or an XML error where it is none."""

    def __init__(self, raw: bytes) -> None:
        """Open the parts; a sheet is parsed when it is first looked at."""
        self.raw = raw
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            self.parts = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
        book = _parsed(self.parts["xl/workbook.xml"])
        targets = {node.get("Id"): node.get("Target") for node in _parsed(self.parts["xl/_rels/workbook.xml.rels"])}
        self.names = {node.get("name"): _path(targets[node.get(_RELATION)]) for node in book.iter(f"{_MAIN}sheet")}
        self.defined = {node.get("name"): node.text or "" for node in book.iter(f"{_MAIN}definedName")}
        self.opened: dict[str, Sheet] = {}
        self.has_formulas = any(b"<f" in raw for name, raw in self.parts.items() if name.startswith("xl/worksheets/"))
        self._strings: list[str] | None = None
        self._formats: list[tuple[str, bool]] | None = None

    def sheet(self, name: str) -> Sheet:
        """Return a worksheet by its name."""
        if name not in self.opened:
            tree = _parsed(self.parts[self.names[name]])
            rows = {int(row.get("r") or at): row for at, row in enumerate(tree.iter(f"{_MAIN}row"), 1)}
            self.opened[name] = Sheet(self.names[name], tree, rows)
        return self.opened[name]

    def extent(self, name: str) -> int:
        """Return the last row that has cells, empty ones of a prepared form included."""
        return max((at for at, row in self.sheet(name).rows.items() if len(row)), default=0)

    def refusal(self, name: str, cell: str, text: str) -> Message | None:
        """Return why a cell's own rules do not take a text: protection, drop-down, bounds; None where they do."""
        sheet = self.sheet(name)
        if self._is_locked(sheet, cell):
            return Message("fill.locked")
        for rule in _rules(sheet.tree, cell):
            why = self._broken(rule, name, text)
            if why is not None:
                return why
        return None

    def number_format(self, name: str, cell: str) -> str:
        """Return the number format of a cell."""
        return self._style(_found(self.sheet(name), cell))[0]

    def put(self, name: str, cell: str, value: str, *, number: bool = False) -> None:
        """Put a text or a plain decimal number into a cell; of a formula only the cached result is set."""
        sheet = self.sheet(name)
        node = _made(sheet, cell)
        formula = node.find(f"{_MAIN}f")
        for child in [child for child in node if child is not formula]:
            node.remove(child)
        node.attrib.pop("t", None)
        sheet.touched = True
        if number or formula is not None:
            if not number:
                node.set("t", "str")
            etree.SubElement(node, f"{_MAIN}v").text = value
            return
        node.set("t", "inlineStr")
        words = etree.SubElement(etree.SubElement(node, f"{_MAIN}is"), f"{_MAIN}t")
        words.text = value
        if value != value.strip() or "\n" in value:
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def is_formula(self, name: str, cell: str) -> bool:
        """Return whether a cell holds a formula."""
        node = _found(self.sheet(name), cell)
        return node is not None and node.find(f"{_MAIN}f") is not None

    def written(self) -> bytes:
        """Return the workbook; parts that were not touched keep their bytes, and all keep their order and times."""
        changed = {sheet.part: _spelt(sheet.tree) for sheet in self.opened.values() if sheet.touched}
        if changed and self.has_formulas:
            changed["xl/workbook.xml"] = _recalculated(self.parts["xl/workbook.xml"])
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(self.raw)) as source, zipfile.ZipFile(out, "w") as target:
            for entry in source.infolist():
                target.writestr(entry, changed.get(entry.filename, self.parts.get(entry.filename, b"")))
        return out.getvalue()

    def _is_locked(self, sheet: Sheet, cell: str) -> bool:
        protection = sheet.tree.find(f"{_MAIN}sheetProtection")
        on = protection is not None and protection.get("sheet") in ("1", "true")
        return on and self._style(_found(sheet, cell))[1]

    def _style(self, node: Any) -> tuple[str, bool]:
        """Return number format and lock of a cell's style."""
        if self._formats is None:
            self._formats = _styles(self.parts.get("xl/styles.xml"))
        at = int(node.get("s") or 0) if node is not None else 0
        return self._formats[at] if at < len(self._formats) else ("General", True)

    def _broken(self, rule: Any, name: str, text: str) -> Message | None:
        kind, first, second = rule.get("type"), _formula(rule, 1), _formula(rule, 2)
        if kind == "list" and first:
            allowed = self._allowed(first, name)
            if allowed is not None and text.strip() not in allowed:
                return Message("fill.not_listed", {"allowed": allowed[:8]})
        elif kind in ("whole", "decimal"):
            number = _number(text)
            if number is None or (kind == "whole" and number != int(number)):
                return Message("fill.not_a_number")
            bounds = [_number(first or ""), _number(second or "")]
            if not _within(number, rule.get("operator", "between"), bounds):
                return Message("fill.out_of_bounds", {"bounds": "～".join(filter(None, (first, second)))})
        elif kind == "textLength":
            length = Decimal(len(text))
            if not _within(length, rule.get("operator", "between"), [_number(first or ""), _number(second or "")]):
                return Message("fill.too_long", {"bounds": "～".join(filter(None, (first, second)))})
        return None

    def _allowed(self, formula: str, name: str) -> list[str] | None:
        """Return the texts of a drop-down: spelt out, or in cells; None where they cannot be looked up."""
        if formula.startswith('"'):
            return [part.strip() for part in formula.strip('"').split(",")]
        match = _REFERENCE.fullmatch(self.defined.get(formula, formula))
        if match is None or (match["sheet"] or name) not in self.names:
            return None
        first, last = match["from"].replace("$", ""), (match["to"] or match["from"]).replace("$", "")
        left, top, right, bottom = range_boundaries(f"{first}:{last}")
        sheet = self.sheet(match["sheet"] or name)
        found = []
        for row in range(int(top or 1), int(bottom or 1) + 1):
            for node in sheet.rows.get(row, ()):
                at = _CELL.fullmatch(node.get("r") or "")
                if at and int(left or 1) <= column_index_from_string(at[1]) <= int(right or 1):
                    found.append(self._text(node))
        return [text for text in found if text]

    def _text(self, node: Any) -> str:
        value = node.find(f"{_MAIN}v")
        if node.get("t") == "s" and value is not None:
            if self._strings is None:
                tree = _parsed(self.parts["xl/sharedStrings.xml"])
                strings = tree.iter(f"{_MAIN}si")
                self._strings = ["".join(t.text or "" for t in one.iter(f"{_MAIN}t")) for one in strings]
            return self._strings[int(value.text)]
        return "".join(t.text or "" for t in node.iter(f"{_MAIN}t")) if value is None else value.text or ""


def letters(count: int) -> list[str]:
    """Return the letters of the first columns."""
    return [get_column_letter(at) for at in range(1, count + 1)]


def _parsed(raw: bytes) -> Any:
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _spelt(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _found(sheet: Sheet, cell: str) -> Any:
    match = _CELL.fullmatch(cell)
    assert match is not None, cell
    row = sheet.rows.get(int(match[2]))
    return next((node for node in row if node.get("r") == cell), None) if row is not None else None


def _made(sheet: Sheet, cell: str) -> Any:
    """Return a cell, made in its place where the sheet has none."""
    node = _found(sheet, cell)
    if node is not None:
        return node
    match = _CELL.fullmatch(cell)
    assert match is not None
    number, column = int(match[2]), column_index_from_string(match[1])
    row = sheet.rows.get(number)
    if row is None:
        row = etree.Element(f"{_MAIN}row", r=str(number))
        rows = sheet.tree.find(f"{_MAIN}sheetData")
        rows.insert(sum(1 for at in sheet.rows if at < number), row)
        sheet.rows[number] = row
    node = etree.Element(f"{_MAIN}c", r=cell)
    letters = [_CELL.fullmatch(other.get("r") or "") for other in row]
    row.insert(sum(1 for other in letters if other and column_index_from_string(other[1]) < column), node)
    return node


def _rules(tree: Any, cell: str) -> Iterator[Any]:
    """Yield the rules that hold for a cell, those of newer versions of Excel too."""
    for rule in (*tree.iter(f"{_MAIN}dataValidation"), *tree.iter(f"{_NEWER}dataValidation")):
        areas = rule.get("sqref") or "".join(node.text or "" for node in rule.iter(_SQREF))
        if any(_inside(area, cell) for area in areas.split()):
            yield rule


def _inside(area: str, cell: str) -> bool:
    left, top, right, bottom = range_boundaries(area)
    column, row, _, _ = range_boundaries(cell)
    return bool((left or 1) <= (column or 1) <= (right or 1) and (top or 1) <= (row or 1) <= (bottom or 1))


def _formula(rule: Any, number: int) -> str | None:
    node = rule.find(f"{_MAIN}formula{number}")
    if node is None:
        newer = rule.find(f"{_NEWER}formula{number}")
        node = newer.find(_FORMULA) if newer is not None else None
    return node.text if node is not None else None


def _number(text: str) -> Decimal | None:
    try:
        share = text.strip().endswith("%")
        number = Decimal(text.strip().removesuffix("%").replace(",", ""))
    except InvalidOperation:
        return None
    return number / 100 if share else number


def _within(number: Decimal, operator: str, bounds: list[Decimal | None]) -> bool:
    """Return whether a number keeps to bounds; bounds that are formulas are not looked at."""
    first, second = bounds
    if first is None or (second is None and "etween" in operator):
        return True
    between = second is not None and first <= number <= second
    return {
        "between": between, "notBetween": not between, "equal": number == first, "notEqual": number != first,
        "lessThan": number < first, "lessThanOrEqual": number <= first,
        "greaterThan": number > first, "greaterThanOrEqual": number >= first,
    }[operator]  # fmt: skip


def _styles(raw: bytes | None) -> list[tuple[str, bool]]:
    """Return number format and lock of every cell style."""
    if raw is None:
        return []
    tree = _parsed(raw)
    own = {int(node.get("numFmtId")): node.get("formatCode") for node in tree.iter(f"{_MAIN}numFmt")}
    known: dict[int, str] = {**BUILTIN_FORMATS, **own}
    found = []
    for style in tree.findall(f"{_MAIN}cellXfs/{_MAIN}xf"):
        protection = style.find(f"{_MAIN}protection")
        locked = protection is None or protection.get("locked", "1") not in ("0", "false")
        found.append((known.get(int(style.get("numFmtId") or 0), "General"), locked))
    return found


def _recalculated(raw: bytes) -> bytes:
    """Return the workbook's part with the order to compute its formulas when it is opened."""
    tree = _parsed(raw)
    node = tree.find(f"{_MAIN}calcPr")
    if node is None:
        node = etree.Element(f"{_MAIN}calcPr")
        names = ("sheets", "functionGroups", "externalReferences", "definedNames")
        after = [tree.find(f"{_MAIN}{name}") for name in names]
        [last for last in after if last is not None][-1].addnext(node)
    node.set("fullCalcOnLoad", "1")
    return _spelt(tree)
