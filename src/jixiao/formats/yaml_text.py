"""YAML 文本: a YAML file of somebody's as text scalars with the line of each, within limits of depth and size.

Scalars are never guessed at: `4.5` is the text 4.5, `yes` is the text yes. Reading goes event by event, so that
no nesting, however deep, and no chain of aliases costs more than its limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from pathlib import Path

Loc: TypeAlias = tuple[str | int, ...]
DEEPEST = 40
MOST = 200_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Tree(NamedTuple):
    """What a file holds (dicts, lists, text) and the line, from 1, of everything in it by its location."""

    value: Any
    lines: dict[Loc, int]


class _Node(NamedTuple):
    value: Any
    size: int
    lines: dict[Loc, int]


def read(path: Path) -> Tree:
    """Return the one mapping that a YAML file holds; `CannotParse` names file, line and remedy."""
    raw = opened(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise _wrong(path, line, Message("yaml.encoding"), Message("yaml.encoding.remedy")) from None
    if "\0" in text:
        raise _wrong(
            path,
            text[: text.index("\0")].count("\n") + 1,
            Message("yaml.nul"),
            Message("yaml.encoding.remedy"),
        )
    return of_text(path, text)


def of_text(path: Path, text: str) -> Tree:
    """Return the one mapping that a YAML text holds; errors name `path`."""
    try:
        node = _Reader(path, text).document()
    except yaml.MarkedYAMLError as problem:
        line = _broken_at(problem, text.count("\n"))
        raise _wrong(path, line, Message("yaml.syntax"), Message("yaml.syntax.remedy")) from None
    except yaml.YAMLError:
        raise _wrong(path, 1, Message("yaml.nul"), Message("yaml.encoding.remedy")) from None
    if not isinstance(node.value, dict):
        kind = "list" if isinstance(node.value, list) else "scalar"
        raise _wrong(path, 1, Message(f"yaml.{kind}"), Message("yaml.mapping.remedy"))
    return Tree(node.value, node.lines)


class _Reader:
    """Builds the tree from events; recursion is bounded by `DEEPEST`."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.events = yaml.parse(text, Loader=_LOADER)
        self.anchors: dict[str, _Node] = {}
        self.count = 0

    def document(self) -> _Node:
        event = next(self.events)
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _wrong(self.path, 1, Message("open.empty"), Message("open.empty.remedy"))
        node = self.node(event, 0)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _wrong(self.path, _line(after), Message("yaml.several"), Message("yaml.several.remedy"))
        return node

    def node(self, event: Any, depth: int) -> _Node:
        line = _line(event)
        if depth > DEEPEST:
            raise _wrong(
                self.path,
                line,
                Message("yaml.deep", {"deepest": DEEPEST}),
                Message("yaml.deep.remedy"),
            )
        if isinstance(event, yaml.AliasEvent):
            found = self.anchors.get(event.anchor or "")
            if found is None:
                raise _wrong(
                    self.path,
                    line,
                    Message("yaml.alias", {"name": event.anchor}),
                    Message("yaml.alias.remedy"),
                )
        else:
            found = self.fresh(event, line, depth)
            if event.anchor:
                self.anchors[event.anchor] = found
        self.count += found.size
        if self.count > MOST * DEEPEST:
            raise _wrong(self.path, line, Message("yaml.many", {"most": MOST}), Message("yaml.deep.remedy"))
        return found

    def fresh(self, event: Any, line: int, depth: int) -> _Node:
        if isinstance(event, yaml.ScalarEvent):
            return _Node(event.value, 1, {(): line})
        items = self.mapping(depth) if isinstance(event, yaml.MappingStartEvent) else self.sequence(depth)
        lines: dict[Loc, int] = {(): line}
        size = 1
        for key, node in items:
            size += node.size
            if size > MOST:
                raise _wrong(
                    self.path,
                    line,
                    Message("yaml.many", {"most": MOST}),
                    Message("yaml.deep.remedy"),
                )
            lines.update({(key, *loc): at for loc, at in node.lines.items()})
        value: Any = dict if isinstance(event, yaml.MappingStartEvent) else list
        return _Node(
            {key: node.value for key, node in items} if value is dict else [node.value for _, node in items],
            size,
            lines,
        )

    def mapping(self, depth: int) -> list[tuple[str | int, _Node]]:
        items: dict[str | int, _Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _wrong(self.path, line, Message("yaml.key"), Message("yaml.mapping.remedy"))
            if event.value in items:
                raise _wrong(
                    self.path,
                    line,
                    Message("yaml.twice", {"key": event.value}),
                    Message("yaml.twice.remedy"),
                )
            items[event.value] = self.node(next(self.events), depth + 1)
        return list(items.items())

    def sequence(self, depth: int) -> list[tuple[str | int, _Node]]:
        items: list[tuple[str | int, _Node]] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append((len(items), self.node(event, depth + 1)))
        return items


def _wrong(path: Path, line: int, what: Message, remedy: Message) -> CannotParse:
    return CannotParse(what, remedy=remedy, place=Place(str(path), line=line))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _broken_at(problem: yaml.MarkedYAMLError, last: int) -> int:
    """Return the line, from 1, where a text breaks: where what is left open begins, if only its end shows it."""
    seen, begun = problem.problem_mark, problem.context_mark
    if seen is None or (begun is not None and seen.line >= last):
        seen = begun
    return int(seen.line) + 1 if seen is not None else 1
