r"""改评价项目: single values changed in the text of a bundle's YAML, everything else left as it was written.

>>> edited("head:\n  unit: 甲  # 全称\nyear: 2024\n", {("head", "unit"): "乙", ("reasons", "C1", "why"): "停保"})
'head:\n  unit: 乙  # 全称\nyear: 2024\n\nreasons:\n  C1: {why: 停保}\n'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from jixiao.formats import bundle_emit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.formats.yaml_text import Loc

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def edited(text: str, changes: Mapping[Loc, Any]) -> str:
    """Return the YAML with each value put at its location, or taken away (None).

    `KeyError` with the location where that would take more than changing one value or adding or removing one line.
    """
    for loc, value in changes.items():
        text = _taken_away(text, loc) if value is None else _put(text, loc, value)
    return text


def changes(before: Any, after: Any, loc: Loc = ()) -> dict[Loc, Any]:
    """Return the texts that differ between two trees by their locations; None where one is gone.

    >>> changes({"a": {"b": "1"}, "c": "2"}, {"a": {"b": "3"}, "d": {"e": "4"}})
    {('a', 'b'): '3', ('c',): None, ('d',): {'e': '4'}}
    """
    if isinstance(after, dict) and isinstance(before, dict):
        names = dict.fromkeys([*before, *after])
        parts = [changes(before.get(name), after.get(name), (*loc, name)) for name in names]
        return {at: value for part in parts for at, value in part.items()}
    if isinstance(after, list) and isinstance(before, list):
        length = max(len(before), len(after))
        parts = [changes(_at(before, at), _at(after, at), (*loc, at)) for at in range(length)]
        return {at: value for part in parts for at, value in part.items()}
    return {} if before == after else {loc: after}


def _at(items: list[Any], at: int) -> Any:
    return items[at] if at < len(items) else None


def _put(text: str, loc: Loc, value: Any) -> str:
    node: Any = yaml.compose(text, Loader=_LOADER)
    for depth, name in enumerate(loc):
        child = _child(node, name)
        if child is None:
            return _added(text, node, loc[depth:], value, depth)
        node = child
    if not isinstance(node, yaml.ScalarNode) or not isinstance(value, str) or "\n" in value:
        raise KeyError(loc)
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        raise KeyError(loc)
    blank = " " if text[start - 1 : start] == ":" else ""  # a name that nothing stood behind
    return text[:start] + blank + bundle_emit.scalar(value, flow=_is_flow(text, start)) + text[end:]


def _child(node: Any, name: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(name)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(name, int) and name < len(node.value):
        return node.value[name]
    return None


def _is_flow(text: str, start: int) -> bool:
    """Return whether a value stands inside the braces of its line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return "{" in line or "[" in line


def _added(text: str, above: Any, rest: Loc, value: Any, depth: int) -> str:
    """Return the text with a new name in a mapping: in its braces, or on lines of its own at its end."""
    if not above.value or any(isinstance(name, int) for name in rest[1:]):
        raise KeyError(rest)
    if isinstance(above, yaml.SequenceNode) and not above.flow_style and len(rest) == 1:
        return _lined(text, above, _deeper([value]))
    if not isinstance(above, yaml.MappingNode) or isinstance(rest[0], int):
        raise KeyError(rest)
    if above.flow_style:
        if len(rest) > 1 or not isinstance(value, str) or "\n" in value:
            raise KeyError(rest)
        end = above.end_mark.index - 1
        said = f"{bundle_emit.scalar(str(rest[0]), flow=True)}: {bundle_emit.scalar(value, flow=True)}"
        return f"{text[:end]}, {said}{text[end:]}"
    tree: Any = value
    for name in reversed(rest):
        tree = {str(name): tree}
    lines = bundle_emit.written(tree).strip("\n").split("\n") if not depth else _deeper(tree)
    apart = [""] if not depth and (len(rest) > 1 or not isinstance(value, str)) else []
    return _lined(text, above, [*apart, *lines])


def _lined(text: str, above: Any, lines: list[str]) -> str:
    """Return the text with lines at the end of a part, as far to the right as the part itself."""
    indent, end = above.start_mark.column, _end_of(text, above)
    start = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
    return start + "".join(f"{' ' * indent}{line}".rstrip() + "\n" for line in lines) + text[end:]


def _deeper(tree: Any) -> list[str]:
    """Return the lines of a part that does not stand at the first level, where small records stand in braces."""
    lines = bundle_emit.written({"_": tree}).strip("\n").split("\n")
    return [line[2:] for line in lines[1:]]


def _end_of(text: str, node: Any) -> int:
    """Return where the line ends on which the last sign of a value stands."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return int(end)
    line = text.find("\n", end)
    return len(text) if line < 0 else line + 1


def _taken_away(text: str, loc: Loc) -> str:
    """Return the text without the line that holds a value; what stands in braces is too much for it."""
    node: Any = yaml.compose(text, Loader=_LOADER)
    for name in loc[:-1]:
        node = _child(node, name)
    pairs = [pair for pair in getattr(node, "value", []) if isinstance(pair, tuple)]
    pair = next((pair for pair in pairs if pair[0].value == str(loc[-1])), None)
    if pair is None or node.flow_style or len(node.value) < 2:
        raise KeyError(loc)
    start = text.rfind("\n", 0, pair[0].start_mark.index) + 1
    if not re.fullmatch(r"\s*", text[start : pair[0].start_mark.index]):
        raise KeyError(loc)
    return text[:start] + text[_end_of(text, pair[1]) :]
