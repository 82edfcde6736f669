"""工作簿里的单元格和行: what the text of a cell means in its column, and flat rows with levels as a tree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.errors import CannotParse
from jixiao.formats import yaml_text
from jixiao.formats.bundle_source import without_blanks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.findings import Place
    from jixiao.formats.workbook_layout import Column
    from jixiao.formats.workbook_read import Line
    from jixiao.formats.yaml_text import Loc

_APART = re.compile(r"[、,，;；\s]+")
_NODE = ("code", "name", "weight", "target", "direction", "basis", "last_year", "objective", "explanation", "criteria")


def meant(column: Column, text: str, place: Place) -> Any:
    """Return what the text of a cell means: a choice by its word, lists and YAML taken apart, else the text itself."""
    if column.kind == "tree":
        try:
            return without_blanks(yaml_text.of_text(Path(place.file or ""), text).value)
        except CannotParse as problem:
            raise CannotParse(problem.what, remedy=problem.remedy, place=place) from None
    parts = [part for part in _APART.split(text) if part]
    if column.kind == "codes":
        return parts
    if column.kind == "met":
        return _met(text, parts)
    if column.name == "code":
        return text.strip()
    if column.choices:
        by_word = {word: value for value, word in column.choices.items()}
        return by_word.get(text.strip(), text)
    return text


def _met(text: str, parts: list[str]) -> Any:
    if text.strip() in ("all", "全部", "全部满足"):
        return "all"
    if text.strip() in ("无", "均不满足"):
        return []
    return parts if all(part.isdecimal() for part in parts) else text


class _Node(NamedTuple):
    line: Line
    record: dict[str, Any]
    children: list[_Node]


def nodes(rows: Iterable[tuple[Line, dict[str, Any]]]) -> list[_Node]:
    """Return rows as a tree by their levels; a row without one stands below the last group."""
    roots: list[_Node] = []
    open_nodes: list[tuple[int, _Node]] = []
    for line, record in rows:
        deepest_group = next((level for level, node in reversed(open_nodes) if _is_group(node)), 0)
        level = int(record.get("level") or deepest_group + 1)
        while open_nodes and open_nodes[-1][0] >= level:
            open_nodes.pop()
        node = _Node(line, record, [])
        (open_nodes[-1][1].children if open_nodes else roots).append(node)
        open_nodes.append((level, node))
    return roots


def _is_group(node: _Node) -> bool:
    return node.record.get("node") == "group" or bool(node.children)


def laid(found: list[_Node], loc: Loc) -> Iterator[tuple[Loc, Any, Place]]:
    """Yield every node and each of its fields with its location, its value and its place."""
    for number, node in enumerate(found):
        at = (*loc, number)
        yield at, _value(node), node.line.at("code")
        for name in _NODE:
            if name in node.record:
                yield (*at, name), node.record[name], node.line.at(name)
        if "rule" in node.record:
            yield (*at, "rule"), None, node.line.at("rule")
        yield from laid(node.children, (*at, "children"))


def _value(node: _Node) -> dict[str, Any]:
    record = node.record
    value = {name: record[name] for name in _NODE if name in record}
    if {"rule", "params", "rule_authority"} & set(record):
        named = {"id": record.get("rule", ""), "authority": record.get("rule_authority")}
        value["rule"] = {name: text for name, text in named.items() if text is not None} | record.get("params", {})
    if _is_group(node):
        value["children"] = [_value(child) for child in node.children]
    return value
