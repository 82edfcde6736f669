"""读工作簿: a bundle's workbook to the same tree that its YAML file would hold, with the sheet and cell of everything.

Columns are found by their heads wherever they stand. A sheet or column that nothing can be read without is an error;
any other that is missing, and whatever was added, is a finding. Macros are never run.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotParse
from jixiao.figures import dates
from jixiao.figures.unread import Unread
from jixiao.findings import Finding, Message, Place
from jixiao.formats import excel_read, workbook_layout, workbook_tree
from jixiao.formats.bundle_source import Source, is_blank
from jixiao.formats.workbook_layout import MORE, ROLES, STATED
from jixiao.forms.recognise import KEY_HEAD, head_text

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.documents.document import Cell, Table
    from jixiao.formats.workbook_layout import Column, Sheet
    from jixiao.formats.yaml_text import Loc

_HEADS_WITHIN = 10  # heads may have a few rows of title above them


class Line(NamedTuple):
    """A row that says something: its cells by column name, its hidden key, and where it begins."""

    cells: dict[str, Cell]
    key: str
    place: Place

    def text(self, name: str) -> str:
        """Return the text of a column, '' where it is blank or missing."""
        cell = self.cells.get(name)
        return "" if cell is None or is_blank(cell.text) else cell.text

    def at(self, name: str) -> Place:
        """Return the place of a column's cell, or that of the row."""
        cell = self.cells.get(name)
        return (cell.place if cell is not None else None) or self.place


def read(path: Path) -> Source:
    """Return what a bundle's workbook holds; `CannotOpen` and `CannotParse` name sheet, cell and remedy."""
    document = excel_read.read(path)
    tables = {(table.name or "").strip(): table for table in document.tables()}
    reading = _Reading(str(path))
    for sheet in workbook_layout.sheets():
        table = tables.get(sheet.name)
        if table is not None:
            reading.sheet(sheet, table)
        elif sheet.required:
            raise reading.wrong("sheet_missing", Place(str(path)), sheet=sheet.name, known=list(tables))
        elif not sheet.optional:
            known = Message("workbook.sheet_missing", {"sheet": sheet.name, "known": list(tables)})
            reading.findings.append(_found(known, "workbook.sheet_missing.remedy", Place(str(path)), sheet=sheet.name))
    return Source(reading.value, reading.places, tuple(reading.findings))


def _found(because: Message, remedy: str, place: Place, *, note: bool = False, **args: Any) -> Finding:
    return Finding("workbook", "note" if note else "warning", because, Message(remedy, args), places=(place,))


class _Reading:
    """Gathers the tree of one workbook; the sheets come in the order of the layout, the first one first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.value: dict[str, Any] = {}
        self.places: dict[Loc, Place] = {(): Place(file)}
        self.findings: list[Finding] = []

    def wrong(self, what: str, place: Place, **args: Any) -> CannotParse:
        return CannotParse(
            Message(f"workbook.{what}", args), remedy=Message(f"workbook.{what}.remedy", args), place=place
        )

    def sheet(self, sheet: Sheet, table: Table) -> None:
        """Read one sheet into the tree."""
        lines = self._lines(sheet, table)
        self.places.setdefault((sheet.section,) if sheet.section else (), Place(self.file, sheet.name))
        if sheet.section == "":
            self._general(lines)
        elif sheet.section == "systems":
            self._systems(sheet, lines)
        elif sheet.section == "funds":
            self._funds(sheet, lines)
        elif sheet.section == "texts":
            self._texts(sheet, lines)
        elif sheet.columns[0].name == "code" and not sheet.section.startswith("funds/"):
            self._by_code(sheet, lines)
        elif sheet.optional or sheet.section in ("evidence", "amendments"):
            loc: Loc = tuple(sheet.section.split("/"))
            for number, line in enumerate(lines):
                self.put((*loc, number), self._record(sheet, line, (*loc, number)), line.place)
        else:
            self._by_code(sheet, lines)

    def put(self, loc: Loc, value: Any, place: Place) -> None:
        """Set a value in the tree, making what holds it."""
        inside: Any = self.value
        for name, after in pairwise(loc):
            inside = inside.setdefault(name, [] if isinstance(after, int) else {})
        if isinstance(inside, list):
            inside.append(value)
        else:
            inside[loc[-1]] = value
        self.places[loc] = place

    def _lines(self, sheet: Sheet, table: Table) -> list[Line]:
        """Return the rows below the heads that say something beyond what is only shown."""
        rows = table.filled()
        head_row, columns, key_at = self._heads(sheet, rows)
        found = []
        for row in rows[head_row + 1 :]:
            cells = {name: cell for name, at in columns.items() if (cell := row[at]) is not None}
            for cell in cells.values():
                if isinstance(cell.value, Unread):
                    self.findings.append(
                        Finding("no_cached_value", "error", cell.value.why, Message("workbook.formula.remedy"),
                                places=(cell.place or Place(self.file),), printed=cell.value.spelt)
                    )  # fmt: skip
            key = row[key_at] if key_at is not None else None
            place = next((cell.place for cell in row if cell is not None and cell.place), Place(self.file, sheet.name))
            line = Line(cells, key.text.strip() if key else "", place)
            if any(line.text(column.name) for column in sheet.columns if not column.shows):
                found.append(line)
        return found

    def _heads(self, sheet: Sheet, rows: list[list[Cell | None]]) -> tuple[int, dict[str, int], int | None]:
        """Return the row of the heads and where each column stands; what is missing or unknown is said."""
        best, columns = 0, dict[str, int]()
        for number, row in enumerate(rows[:_HEADS_WITHIN]):
            heads = [head_text(cell.text) if cell else "" for cell in row]
            here = {
                column.name: heads.index(wanted)
                for column in sheet.columns
                if (wanted := head_text(column.head)) in heads and not column.shows
            }
            if len(here) > len(columns):
                best, columns = number, here
        place = Place(self.file, sheet.name, row=best + 1, column="A")
        for column in sheet.columns:
            if column.shows or column.name in columns:
                continue
            if column.required:
                raise self.wrong("column_missing", place, sheet=sheet.name, head=column.head)
            said = Message("workbook.column_missing", {"sheet": sheet.name, "head": column.head})
            self.findings.append(_found(said, "workbook.column_missing.remedy", place, head=column.head))
        texts = [cell.text if cell else "" for cell in rows[best]] if rows else []
        known = {head_text(column.head) for column in sheet.columns} | {KEY_HEAD, ""}
        unknown = [text for text in texts if head_text(text) not in known]
        if unknown:
            said = Message("workbook.column_unknown", {"sheet": sheet.name, "heads": unknown})
            self.findings.append(_found(said, "workbook.column_unknown.remedy", place, note=True))
        return best, columns, texts.index(KEY_HEAD) if KEY_HEAD in texts else None

    def _record(self, sheet: Sheet, line: Line, loc: Loc) -> dict[str, Any]:
        """Return the columns of a row that are filled, and note where each stands."""
        told = {}
        for column in sheet.columns:
            if not column.shows and (value := self._value(column, line)) is not None:
                told[column.name] = value
                self.places[(*loc, column.name)] = line.at(column.name)
        return told

    def _value(self, column: Column, line: Line) -> Any:
        text = line.text(column.name)
        if text and column.closed and text.strip() not in (*column.choices, *column.choices.values()):
            known = list(column.choices.values())
            raise self.wrong("choice", line.at(column.name), head=column.head, found=text, known=known)
        return workbook_tree.meant(column, text, line.at(column.name)) if text else None

    def _general(self, lines: list[Line]) -> None:
        rows = workbook_layout.general(tuple(ROLES))
        labels = {label: path for path, label, _ in rows}
        known = {path for path, _, _ in rows}
        for line in lines:
            path = line.key if line.key in known else labels.get(line.text("name").strip())
            text = line.text("value")
            if path is None or not text:
                if text:
                    said = Message("workbook.row_unknown", {"name": line.text("name") or text})
                    self.findings.append(_found(said, "workbook.row_unknown.remedy", line.place, note=True))
                continue
            choices = {shown: value for value, shown in workbook_layout.CHOICES.get(path, {}).items()}
            text = choices.get(text.strip(), text)
            when = dates.day(text) if path == "as_of" else None
            if when is not None and when.year and when.month and when.day:
                text = f"{when.year:04d}-{when.month:02d}-{when.day:02d}"
            self.put(tuple(path.split("/")), text, line.at("value"))

    def _systems(self, sheet: Sheet, lines: list[Line]) -> None:
        told = [(line, self._record(sheet, line, ())) for line in lines]
        for line, record in told:
            if "code" not in record and "/" in line.key:
                record["code"] = line.key.partition("/")[2]
            if "code" not in record:
                raise self.wrong("no_code", line.place, head=workbook_layout.word("code"))
            record.setdefault("role", "scored")
            level = record.get("level", "").strip()
            if level and not level.isdecimal():
                raise self.wrong("level", line.at("level"), found=level)
        for role in dict.fromkeys(record["role"] for _, record in told):
            place = self.places.get(("systems", role)) or Place(self.file, sheet.name)
            loc = ("systems", role, "indicators")
            nodes = workbook_tree.nodes([(line, record) for line, record in told if record["role"] == role])
            for at, value, where in workbook_tree.laid(nodes, loc):
                self.places[at] = where
                if len(at) == len(loc) + 1:
                    self.put(at, value, where)
            self.places.setdefault(("systems", role), place)

    def _funds(self, sheet: Sheet, lines: list[Line]) -> None:
        for line in lines:
            if line.key == "stated" or line.text("name").strip() == STATED:
                loc: Loc = ("funds", "stated")
                told = self._record(sheet, line, loc)
                told.pop("name", None)
                if told:
                    self.put(loc, told, line.place)
            else:
                loc = ("funds", "sources", len(self.value.get("funds", {}).get("sources", [])))
                self.put(loc, self._record(sheet, line, loc), line.place)

    def _texts(self, sheet: Sheet, lines: list[Line]) -> None:
        texts: dict[str, str] = self.value.setdefault("texts", {})
        for line in lines:
            cell = line.cells.get("text")
            key, text = line.text("key").strip(), cell.text if cell else ""
            if not key:
                raise self.wrong("no_code", line.place, head=workbook_layout.word("texts"))
            if key in texts and line.text("more").strip() != MORE:
                raise self.wrong("twice", line.at("key"), code=key, sheet=sheet.name)
            if key in texts or text.strip():
                texts[key] = texts.get(key, "") + text
                self.places.setdefault(("texts", key), line.at("text"))

    def _by_code(self, sheet: Sheet, lines: list[Line]) -> None:
        met: set[str] = set()
        loc: Loc = tuple(sheet.section.split("/"))
        for line in lines:
            code = line.text("code").strip()
            told = self._record(sheet, line, (*loc, code))
            told.pop("code", None)
            self.places[(*loc, code)] = line.at(next(iter(told), "code"))
            if not told:
                first = next(column.name for column in sheet.columns if column.name != "code" and not column.shows)
                self.places[(*loc, code)] = line.at(first)
                continue
            if not code:
                raise self.wrong("no_code", line.place, head=workbook_layout.word("code"))
            if code in met:
                raise self.wrong("twice", line.at("code"), code=code, sheet=sheet.name)
            met.add(code)
            self.put((*loc, code), told, self.places[(*loc, code)])
