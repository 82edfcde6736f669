"""路径: one lens on an Evaluation, for forms, diffs, merges and the places of findings.

A path names a value by words and codes: `head/project`, `scored/C201/weight`, `actuals/C203`,
`funds/sources/中央/executed`. Nodes are found by code anywhere in their tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from jixiao.evaluation.model import Evaluation
from jixiao.funds.money import Source
from jixiao.indicators.indicator import Group
from jixiao.indicators.system import ROLES, Role, System


def get(evaluation: Evaluation, path: str) -> Any:
    """Return the value at a path; `KeyError` with the path where there is none."""
    value: Any = evaluation
    for name in path.split("/"):
        try:
            value = _child(value, name)
        except KeyError:
            raise KeyError(path) from None
    return value


def put(evaluation: Evaluation, path: str, value: Any) -> Evaluation:
    """Return the evaluation with another value at a path; keys of mappings may be new, everything else must exist."""
    try:
        changed = _put(evaluation, path.split("/"), value)
    except KeyError:
        raise KeyError(path) from None
    assert isinstance(changed, Evaluation)
    return changed


def _child(value: Any, name: str) -> Any:
    if isinstance(value, Evaluation) and (role := _role(name)):
        return _found(value.system(role), name)
    if isinstance(value, System) and name not in _fields(value):
        return _found(value.find(name), name)
    if isinstance(value, Mapping):
        return value[name]
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return value[_index(value, name)]
    if isinstance(value, Source) and name in _fields(value.money):
        return getattr(value.money, name)
    if name in _fields(value):
        return getattr(value, name)
    raise KeyError(name)


def _put(value: Any, names: list[str], new: Any) -> Any:
    if not names:
        return new
    name, *rest = names
    if isinstance(value, Evaluation) and (role := _role(name)):
        changed = _put(_found(value.system(role), name), rest, new)
        return replace(value, systems=tuple(changed if system.role == name else system for system in value.systems))
    if isinstance(value, System) and name not in _fields(value):
        node = _found(value.find(name), name)
        changed = _put(node, rest, new)
        return replace(value, roots=tuple(_swap(root, node, changed) for root in value.roots))
    return _put_plain(value, name, rest, new)


def _put_plain(value: Any, name: str, rest: list[str], new: Any) -> Any:
    """Put below a mapping, a tuple of items, or a record."""
    if isinstance(value, Mapping):
        return {**value, name: _put(value[name], rest, new) if rest else new}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        at = _index(value, name)
        return (*value[:at], _put(value[at], rest, new), *value[at + 1 :])
    if isinstance(value, Source) and name in _fields(value.money):
        return replace(value, money=_put(value.money, [name, *rest], new))
    if name not in _fields(value):
        raise KeyError(name)
    changed = _put(getattr(value, name), rest, new)
    return value._replace(**{name: changed}) if hasattr(value, "_replace") else replace(value, **{name: changed})


def _swap(node: Any, old: Any, new: Any) -> Any:
    """Return the tree with one node, found by identity, replaced."""
    if node is old:
        return new
    if isinstance(node, Group):
        children = tuple(_swap(child, old, new) for child in node.children)
        return (
            node
            if all(a is b for a, b in zip(children, node.children, strict=True))
            else replace(node, children=children)
        )
    return node


def _index(items: tuple[Any, ...], name: str) -> int:
    """Return the position of the item that bears a name or code, or whose number (from 0) it is."""
    for at, item in enumerate(items):
        if name in (getattr(item, "code", None), getattr(item, "name", None)):
            return at
    if name.isdecimal() and int(name) < len(items):
        return int(name)
    raise KeyError(name)


def _role(name: str) -> Role | None:
    return next((role for role in ROLES if role == name), None)


def _fields(value: Any) -> set[str]:
    if is_dataclass(value):
        return {spec.name for spec in fields(value)}
    return set(getattr(value, "_fields", ()))


def _found(value: Any, name: str) -> Any:
    if value is None:
        raise KeyError(name)
    return value
