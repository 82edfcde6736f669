"""写 YAML: a tree as YAML text in the house style: blocks, with small records of one line in braces, and comments.

Every text is written so that it reads back as itself; quotes stand only where they must.

>>> print(written({"year": "2024", "head": {"title": "a: b"}}, {("year",): "评价年度"}), end="")
year: 2024  # 评价年度
<BLANKLINE>
head:
  title: "a: b"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.formats.spacing import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.formats.yaml_text import Loc

_WIDEST = 120
_STARTS = re.compile(r"-(\s|$)|[?:\[\]{},#&*!|>'\"%@`]|---|\.\.\.|-[\[\]{},]")
_INSIDE = re.compile(r":(\s|$)|\s#|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def written(tree: Mapping[str, Any], comments: Mapping[Loc, str] | None = None) -> str:
    """Return the YAML text of a mapping; a comment stands behind the text, or above the part, whose location it has."""
    lines = list(_mapping(tree, (), 0, comments or {}))
    return "\n".join(lines).lstrip("\n") + "\n"


def _mapping(tree: Mapping[str, Any], loc: Loc, indent: int, comments: Mapping[Loc, str]) -> Iterator[str]:
    block = False
    for name, value in tree.items():
        at = (*loc, name)
        if not loc and (block or (isinstance(value, dict | list) and value)):
            yield ""
        block = isinstance(value, dict | list) and bool(value)
        said = comments.get(at, "")
        lines = _entry(f"{' ' * indent}{scalar(name)}:", value, at, indent, comments)
        if said and "\n" not in said and isinstance(value, str) and "\n" not in value:
            yield from (f"{line}  # {said}" for line in lines)
        else:
            yield from _comment(said, indent)
            yield from lines


def _entry(head: str, value: Any, loc: Loc, indent: int, comments: Mapping[Loc, str]) -> Iterator[str]:
    """Yield a name with its value: behind it, or in lines below it."""
    inline = None if _commented(loc, comments) else _inline(value, len(loc))
    if isinstance(value, str) and "\n" in value and (block := _literal(value, indent + 2)):
        yield f"{head} {block[0]}"
        yield from block[1:]
    elif inline is not None and width(head) + 1 + width(inline) <= _WIDEST:
        yield f"{head} {inline}".rstrip()
    elif isinstance(value, dict):
        yield head
        yield from _mapping(value, loc, indent + 2, comments)
    elif isinstance(value, list):
        yield head
        yield from _list(value, loc, indent + 2, comments)
    else:
        yield f"{head} {scalar(value)}".rstrip()


def _list(items: list[Any], loc: Loc, indent: int, comments: Mapping[Loc, str]) -> Iterator[str]:
    for number, item in enumerate(items):
        at = (*loc, number)
        yield from _comment(comments.get(at), indent)
        open_record = isinstance(item, dict) and not any(item.values())
        flat = None if _commented(at, comments) else _flow(item, to_fill=open_record)
        if (flat is not None and indent + 2 + width(flat) <= _WIDEST) or not item or isinstance(item, str):
            yield f"{' ' * indent}- {flat if flat is not None else scalar(item)}"
        elif isinstance(item, dict):
            first, *rest = _mapping(item, at, indent + 2, comments)
            yield f"{' ' * indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{' ' * indent}-"
            yield from _list(item, at, indent + 2, comments)


def _comment(text: str | None, indent: int) -> Iterator[str]:
    for line in (text or "").splitlines():
        yield f"{' ' * indent}# {line}".rstrip()


def _commented(loc: Loc, comments: Mapping[Loc, str]) -> bool:
    """Return whether a comment stands inside a part, which therefore needs lines of its own."""
    return any(at[: len(loc)] == loc and at != loc for at in comments)


def _inline(value: Any, depth: int) -> str | None:
    """Return a value that may stand behind its name: a text, or a small record below the first level."""
    if isinstance(value, dict | list) and value and (depth < 2 or any(isinstance(item, dict) for item in value)):
        return None
    return _flow(value)


def _flow(value: Any, *, to_fill: bool = False) -> str | None:
    """Return a value in one line, or None for one that has lines or branches of its own.

    A record with blanks has lines, but for one that is all `to_fill`.
    """
    if isinstance(value, dict):
        if any(isinstance(item, list) and any(isinstance(part, dict) for part in item) for item in value.values()):
            return None
        if {"children", "explanation", "criteria"} & set(value) or ("" in value.values() and not to_fill):
            return None
        parts = {name: _flow(item) for name, item in value.items()}
        if None in parts.values():
            return None
        return "{" + ", ".join(f"{scalar(name, flow=True)}: {part}" for name, part in parts.items()) + "}"
    if isinstance(value, list):
        items = [_flow(item) for item in value]
        return None if None in items else "[" + ", ".join(item or '""' for item in items) + "]"
    return None if "\n" in value else scalar(value, flow=True)


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text as YAML writes it in one line: bare where it can stand so, else in double quotes.

    >>> scalar("≥95%"), scalar(">95%"), scalar("a, b"), scalar("a, b", flow=True), scalar("")
    ('≥95%', '">95%"', 'a, b', '"a, b"', '')
    """
    if not text:
        return ""
    if _STARTS.match(text) or _INSIDE.search(text) or (flow and re.search(r"[\[\]{},?]|:[\[\]{},]", text)):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return '"' + _UNSEEN.sub(_escape, escaped) + '"'
    return text


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _literal(text: str, indent: int) -> list[str] | None:
    """Return a text of several lines as a literal block, or None for one that such a block would change."""
    body, ending = (text[:-1], "|") if text.endswith("\n") else (text, "|-")
    lines = body.split("\n")
    if not lines[0].strip() or lines[0][0] in " \t" or not lines[-1].strip() or _UNSEEN.search(body.replace("\n", "")):
        return None
    return [ending, *(f"{' ' * indent}{line}" if line else "" for line in lines)]
