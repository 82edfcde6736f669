"""写工作簿: an evaluation as one Excel workbook to fill and to keep: drop-downs, frozen heads, hidden keys.

What was found stands in red on its cell, with a comment that says what it is and what to do.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import xlsxwriter

from jixiao import library
from jixiao.errors import CannotWrite
from jixiao.findings import Message
from jixiao.formats import bundle_emit, bundle_ledger, workbook_layout
from jixiao.formats.bundle_encode import encoded
from jixiao.formats.spacing import lines
from jixiao.formats.workbook_layout import LONGEST, MORE, NODES, OPTIONS, STATED, Column, Sheet
from jixiao.formats.zipped import reproducible
from jixiao.forms.recognise import KEY_HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding

At: TypeAlias = tuple[str, int, str]  # a cell: sheet, row from 0, column by name
Notes: TypeAlias = dict[At, list[str]]
_SPARE = 200  # empty rows below the last that still offer the drop-downs
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the same book has the same bytes)


class Row(NamedTuple):
    """A row to write: its texts by column name, the path of each, the hidden key, and the row's own choices."""

    texts: dict[str, str]
    paths: dict[str, str]
    key: str = ""
    choices: Mapping[str, str] | None = None


def write(evaluation: Evaluation, findings: Iterable[Finding] = ()) -> bytes:
    """Return the workbook of an evaluation; the same evaluation and findings give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"created": _FIXED})
    tree = encoded(evaluation)
    pages = [(sheet, list(_rows(sheet, tree))) for sheet in workbook_layout.sheets()]
    begun = {f"funds/ledger/{table}" for table in bundle_ledger.STARTED.get(evaluation.kind, ())}
    pages = [(sheet, rows) for sheet, rows in pages if rows or not sheet.optional or sheet.section in begun]
    notes = _notes(pages, findings)
    writer = _Writer(book)
    for sheet, rows in pages:
        writer.sheet(sheet, rows, notes)
    writer.options()
    book.close()
    return reproducible(out.getvalue())


def _rows(sheet: Sheet, tree: Mapping[str, Any]) -> Iterator[Row]:
    section: Any = tree
    for name in sheet.section.split("/"):
        section = section.get(name, {})
    names = {code: node for nodes in tree.get("systems", {}).values() for code, node in _named(nodes["indicators"])}
    if sheet.section == "":
        yield from _general(tree)
    elif sheet.section == "systems":
        for role, system in section.items():
            yield from _nodes(role, system["indicators"], 1)
    elif sheet.section == "funds":
        yield from _funds(section)
    elif sheet.section == "texts":
        yield from _texts(section)
    elif isinstance(section, list):
        for number, entry in enumerate(section):
            yield _row(sheet, entry, f"{sheet.section}/{number}")
    else:
        yield from _by_code(sheet, section, names)


def _named(nodes: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in nodes:
        if "children" in node:
            yield from _named(node["children"])
        else:
            yield node["code"], node


def _general(tree: Mapping[str, Any]) -> Iterator[Row]:
    for path, label, hint in workbook_layout.general(tuple(tree.get("systems", {}))):
        value: Any = tree
        for name in path.split("/"):
            value = value.get(name, {}) if isinstance(value, dict) else {}
        text = value if isinstance(value, str) else "、".join(value) if isinstance(value, list) else ""
        choices = workbook_layout.CHOICES.get(path)
        said = _hint(hint) if hint else ""
        shown = (choices or {}).get(text, text)
        at = path.removeprefix("systems/")
        yield Row({"name": label, "value": shown, "hint": said or ""}, {"value": at, "name": ""}, path, choices)


def _hint(name: str) -> str | None:
    known = f"bundle.hint.{name}" in library.read("messages/bundle_hint.yaml")
    return library.wording(f"bundle.hint.{name}", "zh") if known else None


def _nodes(role: str, nodes: list[dict[str, Any]], level: int) -> Iterator[Row]:
    sheet = next(sheet for sheet in workbook_layout.sheets() if sheet.section == "systems")
    for node in nodes:
        path, children = f"{role}/{node['code']}", node.get("children")
        rule = dict(node.get("rule", {}))
        told = {
            **{name: value for name, value in node.items() if name not in ("rule", "children")},
            "role": role,
            "level": str(level),
            "node": "indicator" if children is None else "group",
            "rule": rule.pop("id", ""),
            "rule_authority": rule.pop("authority", ""),
            "params": rule,
        }
        row = _row(sheet, told, path, key=path)
        rule_path = f"{path}/rule"
        yield row._replace(paths=row.paths | {"code": path, "params": rule_path, "rule_authority": rule_path})
        yield from _nodes(role, children or [], level + 1)


def _funds(funds: Mapping[str, Any]) -> Iterator[Row]:
    sheet = next(sheet for sheet in workbook_layout.sheets() if sheet.section == "funds")
    for number, source in enumerate(funds.get("sources", ())):
        path = f"funds/sources/{source['name'] or number}"
        row = _row(sheet, source, path, key="sources")
        yield row._replace(paths=row.paths | {"name": path})
    yield _row(sheet, {"name": STATED, **funds.get("stated", {})}, "funds/stated", key="stated")


def _texts(texts: Mapping[str, str]) -> Iterator[Row]:
    for key, text in texts.items():
        for start in range(0, len(text), LONGEST):
            more = MORE if start else ""
            yield Row({"key": key, "more": more, "text": text[start : start + LONGEST]}, {"text": f"texts/{key}"})


def _by_code(sheet: Sheet, section: Mapping[str, Any], names: Mapping[str, Any]) -> Iterator[Row]:
    """Yield a row for every entry; where values are due, also for the indicators that have none yet."""
    due = names if sheet.section == "actuals" else {}
    for code in dict.fromkeys((*due, *section)):
        node, entry = names.get(code, {}), section.get(code, {})
        told = {"value": entry} if isinstance(entry, str) else dict(entry)
        row = _row(sheet, told, f"{sheet.section}/{code}")
        shown = {"code": code, "name": node.get("name", ""), "target": node.get("target", "")}
        names_here = {column.name for column in sheet.columns}
        texts = row.texts | {name: text for name, text in shown.items() if name in names_here}
        first = next(one.name for one in sheet.columns if one.name != "code" and not one.shows)
        yield Row(texts, {"code": "", **row.paths, first: f"{sheet.section}/{code}"})


def _row(sheet: Sheet, told: Mapping[str, Any], path: str, *, key: str = "") -> Row:
    columns = [column for column in sheet.columns if not column.shows]
    texts = {column.name: _text(column, told.get(column.name)) for column in columns}
    return Row(texts, {column.name: f"{path}/{column.name}" for column in columns}, key)


def _text(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "tree":
        return bundle_emit.written(value).rstrip("\n") if value else ""
    if isinstance(value, list):
        return "、".join(value) if value or column.kind != "met" else "无"
    return column.choices.get(value, value)


def _notes(pages: list[tuple[Sheet, list[Row]]], findings: Iterable[Finding]) -> Notes:
    """Return what is said about each cell: that of every path of a finding, or the nearest around it."""
    cells: dict[str, At] = {}
    for sheet, rows in pages:
        for number, row in enumerate(rows):
            for name, path in row.paths.items():
                if path:
                    cells.setdefault(path, (sheet.name, number, name))
    first = pages[0][0]
    notes: Notes = {}
    for finding in findings:
        text = f"{finding.because.text('zh')}\n→ {finding.remedy.text('zh')}"
        for path in finding.paths or ("",):
            at = path
            while at and at not in cells:
                at = at.rpartition("/")[0]
            said = notes.setdefault(cells.get(at, (first.name, 0, "name")), [])
            if text not in said:
                said.append(text)
    return notes


class _Writer:
    """Writes sheets into one book; formats are made once, lists of choices gathered on a hidden sheet."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.lists: list[list[str]] = []
        common = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        common |= {"num_format": "@"}
        self.body = book.add_format(common)
        self.head = book.add_format({**common, "bold": True, "bg_color": "#DDEBF7", "valign": "vcenter"})
        self.shown = book.add_format({**common, "font_color": "#7F7F7F", "bg_color": "#F7F7F7"})
        self.group = book.add_format({**common, "bold": True, "bg_color": "#F2F2F2"})
        self.red = book.add_format({**common, "bg_color": "#FFC7CE"})

    def sheet(self, layout: Sheet, rows: list[Row], notes: Notes) -> None:
        """Write one sheet: its head, its rows, the hidden key behind them."""
        sheet = self.book.add_worksheet(layout.name)
        for at, column in enumerate(layout.columns):
            sheet.set_column(at, at, column.width, None if column.shows else self.book.add_format({"num_format": "@"}))
            sheet.write_string(0, at, column.head, self.head)
            if (hint := _hint(column.name)) and layout.section:
                sheet.write_comment(0, at, hint, {"x_scale": 2})
            if column.choices:
                self._offer(sheet, (1, at, len(rows) + _SPARE, at), column.choices, column.closed)
        for number, row in enumerate(rows):
            self._row(sheet, layout, number, row, notes)
        keys = len(layout.columns)
        sheet.write_string(0, keys, KEY_HEAD)
        for number, row in enumerate(rows):
            if row.key:
                sheet.write_string(number + 1, keys, row.key)
        sheet.set_column(keys, keys, None, None, {"hidden": True})
        sheet.freeze_panes(1, layout.column("name") + 1 if layout.section == "systems" else 0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _row(self, sheet: Any, layout: Sheet, number: int, row: Row, notes: Notes) -> None:
        height = 1
        for at, column in enumerate(layout.columns):
            text, note = row.texts.get(column.name, ""), notes.get((layout.name, number, column.name))
            if len(text) > LONGEST + 700:
                said = Message("workbook.too_long", {"sheet": layout.name, "head": column.head, "length": len(text)})
                raise CannotWrite(said, remedy=Message("workbook.too_long.remedy"))
            style = self.red if note else self._style(layout, column, row)
            if text:
                sheet.write_string(number + 1, at, text, style)
            else:
                sheet.write_blank(number + 1, at, None, style)
            if note:
                sheet.write_comment(number + 1, at, "\n".join(note), {"x_scale": 2, "y_scale": max(1, len(note))})
            height = max(height, lines(text, column.width - 1))
        if row.choices:
            self._offer(sheet, (number + 1, 1, number + 1, 1), row.choices, closed=True)
        sheet.set_row(number + 1, min(360, height * 14 + 3))

    def _style(self, layout: Sheet, column: Column, row: Row) -> Any:
        if column.shows or (not layout.section and column.name == "name"):
            return self.shown
        return self.group if row.texts.get("node") == NODES["group"] else self.body

    def _offer(self, sheet: Any, area: tuple[int, int, int, int], choices: Mapping[str, str], closed: bool) -> None:
        """Give an area the drop-down of its choices; an open one takes other texts as well."""
        words = list(choices.values())
        if words not in self.lists:
            self.lists.append(words)
        letter = chr(ord("A") + self.lists.index(words))
        source = f"={OPTIONS}!${letter}$1:${letter}${len(words)}"
        sheet.data_validation(*area, {"validate": "list", "source": source, "show_error": closed})

    def options(self) -> None:
        """Write the hidden sheet that the drop-downs draw on."""
        sheet = self.book.add_worksheet(OPTIONS)
        for at, words in enumerate(self.lists):
            for number, text in enumerate(words):
                sheet.write_string(number, at, text)
        sheet.hide()
