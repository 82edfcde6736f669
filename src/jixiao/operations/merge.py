"""合并: two changes of one evaluation brought together field by field; nothing is lost without being seen.

Fields are those of the stored tree: a node is known by its code, a source of money by its name, a piece of evidence by
its title. What only one side changed is taken from there; what both changed differently is for a person to choose.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.evaluation.diff import label
from jixiao.findings import Message
from jixiao.operations import stored
from jixiao.operations.texts_due import called

if TYPE_CHECKING:
    from collections.abc import Collection

    from jixiao.evaluation.model import Evaluation

_KEYS = ("code", "name", "title")
Tree = dict[str, Any]


class Change(NamedTuple):
    """A field that one or both sides changed: its key, how people call it, and its texts (None: not there)."""

    key: str
    label: Message
    base: str | None
    mine: str | None
    theirs: str | None

    @property
    def is_conflict(self) -> bool:
        """Return whether both sides changed it, and not to the same."""
        return self.base not in (self.mine, self.theirs) and self.mine != self.theirs

    @property
    def is_mine(self) -> bool:
        """Return whether my side alone changed it."""
        return self.mine != self.base and self.theirs == self.base


def changes(base: Evaluation, mine: Evaluation, theirs: Evaluation) -> tuple[Change, ...]:
    """Return every field that differs from the common start on either side, in the order of their tree."""
    sides = [_leaves(stored.tree_of(one)) for one in (base, mine, theirs)]
    names = _names(theirs) | _names(mine)
    found = []
    for path in dict.fromkeys((*sides[2], *sides[1], *sides[0])):
        texts = [_text(side.get(path)) for side in sides]
        if texts[1] != texts[0] or texts[2] != texts[0]:
            found.append(Change("/".join(path), _label(path, names), *texts))
    return tuple(found)


def merged(base: Evaluation, mine: Evaluation, theirs: Evaluation, keep_mine: Collection[str]) -> Evaluation:
    """Return their version with mine in every field that is named, and where I alone changed it."""
    tree = stored.tree_of(theirs)
    sides = _leaves(stored.tree_of(mine))
    for change in changes(base, mine, theirs):
        if change.key in keep_mine or change.is_mine:
            path = tuple(change.key.split("/"))
            _set(tree, path, sides.get(path))
    tree["evaluation"] = _bare(tree["evaluation"])  # what engines left behind may well have empty mappings
    return stored.read(json.dumps(tree, ensure_ascii=False).encode()).value


def _leaves(tree: Tree, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return the scalars of a tree, and lists of them, by where they stand."""
    found: dict[tuple[str, ...], Any] = {}
    for name, value in tree.items():
        at = (*path, _safe(name))
        if isinstance(value, dict):
            found |= _leaves(value, at)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            for key, item in _keyed(value).items():
                found |= _leaves(item, (*at, _safe(key)))
        else:
            found[at] = value
    return found


def _keyed(items: list[Any]) -> dict[str, Any]:
    """Return the mappings of a list by their code, name or title, numbered where that stood before."""
    found: dict[str, Any] = {}
    for number, item in enumerate(items):
        own = next((str(item[key]) for key in _KEYS if isinstance(item, dict) and key in item), str(number))
        key, again = own, 2
        while key in found:
            key, again = f"{own}#{again}", again + 1
        found[key] = item
    return found


def _set(tree: Tree, path: tuple[str, ...], value: Any) -> None:
    """Put a value where it stands, making what is not there; None takes it away, and what that leaves empty."""
    name, rest = path[0].replace("∕", "/"), path[1:]
    if not rest:
        if value is None:
            tree.pop(name, None)
        else:
            tree[name] = value
        return
    below = tree.setdefault(name, {})
    if not isinstance(below, list):
        if isinstance(below, dict):
            _set(below, rest, value)
        return
    key, further = rest[0].replace("∕", "/"), rest[1:]
    known = _keyed(below)
    if key not in known:
        if value is None:
            return
        below.append(known.setdefault(key, {}))
    _set(known[key], further, value)
    if value is None and not known[key]:
        below.remove(known[key])


def _bare(value: Any) -> Any:
    """Return a tree without mappings that have become empty."""
    if isinstance(value, dict):
        kept = {name: _bare(item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if item != {}}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _safe(name: str) -> str:
    return str(name).replace("/", "∕")


def _names(evaluation: Evaluation) -> dict[str, str]:
    return {node.code: f"{node.code} {node.name}" for system in evaluation.systems for node, _ in system.walk()}


def _label(path: tuple[str, ...], names: dict[str, str]) -> Message:
    owner = next((names[name] for name in reversed(path[:-1]) if name in names), None)
    if "texts" in path[:-1]:
        return called(path[-1])
    if path[-1] in names:
        return label(None, names[path[-1]])
    if owner is None:
        owner = path[-2] if len(path) > 2 and path[-2] not in ("head", "texts", "funds") else ""
    return label(path[-1], owner)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return None if value is None else str(value)
