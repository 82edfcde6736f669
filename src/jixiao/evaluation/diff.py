"""对比: what changed between two evaluations, value by value over the paths, in the order of the document.

Every field is compared, also those that the model may gain later. Nodes are matched by code, evidence by title, the
rest by its place; a value is one whole (a target, a figure, an actual value's origin field by field).

>>> from jixiao.evaluation.model import Evaluation, Head
>>> one, two = Evaluation("fund", 2023), Evaluation("fund", 2024, Head(project="医疗救助"))
>>> [(found.path, found.before, found.after, found.change) for found in differences(one, two)]
[('year', '2023', '2024', 'changed'), ('head/project', None, '医疗救助', 'added')]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jixiao import library
from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.funds.money import Funds, Source
from jixiao.indicators.indicator import Group, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.evaluation.model import Evaluation, Evidence
    from jixiao.indicators.system import Node, System

Change = Literal["added", "removed", "changed", "moved"]
_ORDER = ("schema", "kind", "year", "as_of", "pack", "report", "head", "funds", "systems", "actuals", "overrides",
          "reasons", "evidence", "texts", "amendments", "procedure", "monitoring", "forms")  # fmt: skip


class Difference(NamedTuple):
    """One change: its path (of what is gone, in the earlier evaluation), how people call it, both texts."""

    path: str
    label: Message
    before: str | None
    after: str | None
    change: Change


class _Part(NamedTuple):
    """One comparable thing: its path, its owner's name (code and name, or what else bears it), the value."""

    path: str
    owner: str
    value: Any


def differences(before: Evaluation, after: Evaluation) -> tuple[Difference, ...]:
    """Return every change from one evaluation to another; equal evaluations give none."""
    return tuple(found for name in _names(after) for found in _section(name, before, after))


def _names(evaluation: Evaluation) -> list[str]:
    names = [spec.name for spec in fields(evaluation)]
    return sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


def _section(name: str, before: Evaluation, after: Evaluation) -> Iterator[Difference]:
    if name == "systems":
        for role in dict.fromkeys(system.role for system in (*after.systems, *before.systems)):
            yield from _systems(before.system(role), after.system(role))
        if [one.role for one in before.systems] != [one.role for one in after.systems] and {
            one.role for one in before.systems
        } == {one.role for one in after.systems}:
            roles = [", ".join(one.role for one in side.systems) for side in (before, after)]
            yield Difference("systems", label("order", ""), roles[0], roles[1], "moved")
        return
    yield from _compared(_parts(name, before), _parts(name, after))


def _parts(name: str, evaluation: Evaluation) -> dict[Any, _Part]:
    """Return the comparable things of one section by what they are matched by."""
    value = getattr(evaluation, name)
    if name == "evidence":
        return dict(_evidence(value))
    named = {node.code: f"{node.code} {node.name}" for system in evaluation.systems for node, _ in system.walk()}
    return {part.path: part for part in _leaves(value, name, "", named)}


def _evidence(entries: tuple[Evidence, ...]) -> Iterator[tuple[Any, _Part]]:
    """Yield the fields of every piece of evidence, known by its title and how often the title stood before."""
    met: dict[str, int] = {}
    for number, entry in enumerate(entries):
        met[entry.title] = met.get(entry.title, 0) + 1
        key = (entry.title, met[entry.title])
        yield key, _Part(f"evidence/{number}", entry.title, entry.title)
        for spec in fields(entry):
            value = getattr(entry, spec.name)
            if spec.name != "title" and value not in (None, ()):
                yield (*key, spec.name), _Part(f"evidence/{number}/{spec.name}", entry.title, value)


def _leaves(value: Any, path: str, owner: str, named: Mapping[str, str]) -> Iterator[_Part]:
    """Yield what stands at and below a path; what says nothing is not there."""
    if value is None or type(value).__module__.startswith("jixiao.figures"):
        if value is not None:
            yield _Part(path, owner, value)
    elif isinstance(value, Source):
        yield from _leaves(value.money, path, value.name, named)
    elif isinstance(value, Mapping) and "/params/" not in path:
        for key, item in value.items():
            yield from _leaves(item, f"{path}/{key}", owner or named.get(str(key), str(key)), named)
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for number, item in enumerate(value):
            name = getattr(item, "name", None) or str(number)
            yield from _leaves(item, f"{path}/{name}", owner or name, named)
    elif is_dataclass(value) and not isinstance(value, type):
        by_ledger = isinstance(value, Funds) and value.sources == Funds(ledger=value.ledger).sources
        derived = ("sources",) if by_ledger else ()
        for spec in (spec for spec in fields(value) if spec.name not in derived):
            yield from _leaves(getattr(value, spec.name), f"{path}/{spec.name}", owner, named)
    elif hasattr(value, "_fields"):
        for name in value._fields:
            yield from _leaves(getattr(value, name), f"{path}/{name}", owner, named)
    else:
        yield _Part(path, owner, value)


def _compared(before: Mapping[Any, _Part], after: Mapping[Any, _Part]) -> Iterator[Difference]:
    for key in _in_order(before, after):
        one, two = before.get(key), after.get(key)
        if one is not None and two is not None and one.value == two.value:
            continue
        part = two or one
        assert part is not None
        texts = _texts(one.value if one else None, two.value if two else None)
        yield Difference(part.path, _label(part), *texts, _change(one, two))


def _change(one: object | None, two: object | None) -> Change:
    return "added" if one is None else "removed" if two is None else "changed"


def _in_order(before: Iterable[Any], after: Iterable[Any]) -> list[Any]:
    """Return the keys of both in the later order, each that is gone behind what it stood behind."""
    order = list(dict.fromkeys(after))
    known, last = set(order), -1
    for key in before:
        if key in known:
            last = order.index(key)
        else:
            last += 1
            order.insert(last, key)
    return order


def _systems(before: System | None, after: System | None) -> Iterator[Difference]:
    """Yield the changes of a system: its own fields, then its nodes, then the order of what stayed."""
    system = after or before
    assert system is not None
    role = system.role
    own = [spec.name for spec in fields(system) if spec.name not in ("role", "roots")]
    sides = [
        {name: _Part(f"{role}/{name}", "", getattr(side, name)) for name in own if getattr(side, name) is not None}
        if side
        else {}
        for side in (before, after)
    ]
    for found in _compared(*sides):
        yield found._replace(label=label(found.path.rpartition("/")[2], role))
    old, new = _nodes(before), _nodes(after)
    for key in _in_order(old, new):
        yield from _node(role, old.get(key), new.get(key))
    yield from _orders(role, old, new)


class _Standing(NamedTuple):
    node: Node
    above: Group | None


def _nodes(system: System | None) -> dict[tuple[str, int], _Standing]:
    """Return every node with the group it stands in, by its code and how often the code stood before."""
    found: dict[tuple[str, int], _Standing] = {}
    for node, above in system.walk() if system else ():
        count = sum(1 for code, _ in found if code == node.code)
        found[node.code, count] = _Standing(node, above[-1] if above else None)
    return found


def _node(role: str, old: _Standing | None, new: _Standing | None) -> Iterator[Difference]:
    standing = new or old
    assert standing is not None
    node = standing.node
    path, named = f"{role}/{node.code}", f"{node.code} {node.name}"
    if old is None or new is None or type(old.node) is not type(new.node):
        sides = (summary(old.node) if old else None, summary(new.node) if new else None)
        yield Difference(path, label(None, named), *sides, _change(old, new))
        return
    if (old.above and old.above.code) != (new.above and new.above.code):
        places = [f"{side.above.code} {side.above.name}" if side.above else role for side in (old, new)]
        yield Difference(path, label(None, named), places[0], places[1], "moved")
    sides_of = [
        {part.path: part for spec in fields(side.node) if spec.name not in ("code", "children")
         for part in _leaves(getattr(side.node, spec.name), f"{path}/{spec.name}", named, {})}
        for side in (old, new)
    ]  # fmt: skip
    yield from _compared(*sides_of)


def _orders(role: str, old: Mapping[Any, _Standing], new: Mapping[Any, _Standing]) -> Iterator[Difference]:
    """Yield a row for every group whose lasting children changed their order."""

    def children(side: Mapping[Any, _Standing]) -> dict[str | None, list[Any]]:
        found: dict[str | None, list[Any]] = {}
        for key, standing in side.items():
            found.setdefault(standing.above.code if standing.above else None, []).append(key)
        return found

    was, now = children(old), children(new)
    for above, keys in now.items():
        both = set(keys) & set(was.get(above, ()))
        one, two = ([code for code, number in side if (code, number) in both] for side in (was.get(above, []), keys))
        if one != two:
            owner = next((f"{above} {standing.above.name}" for standing in new.values()
                          if standing.above and standing.above.code == above), role)  # fmt: skip
            path = role if above is None else f"{role}/{above}"
            yield Difference(path, label("order", owner), "、".join(one), "、".join(two), "moved")


def summary(node: Node) -> str:
    """Return a node in one line: its name, its weight, and an indicator's target."""
    said = [node.name]
    if node.weight is not None:
        said.append(f"{node.weight}分")
    if isinstance(node, Indicator) and node.target is not None:
        said.append(str(node.target))
    return "，".join(said)


def _label(part: _Part) -> Message:
    name = part.path.rpartition("/")[2]
    at_section = part.path.partition("/")[0]
    if f"bundle.field.{name}" in _words():
        return label(name, part.owner)
    return label(at_section if f"bundle.field.{at_section}" in _words() else None, part.owner or name)


def label(field: str | None, owner: str) -> Message:
    """Return what people call a value: whose it is (code and name) and the word for the field."""
    known = f"bundle.field.{owner}" in _words()
    whose: Message | str = Message(f"bundle.field.{owner}") if known else owner
    if field is None:
        return Message("diff.owner", {"owner": whose})
    word: Message | str = Message(f"bundle.field.{field}") if f"bundle.field.{field}" in _words() else field
    return Message("diff.field" if owner else "diff.alone", {"owner": whose, "field": word})


def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = library.read("messages/bundle_field.yaml")
    return found


def _texts(before: Any, after: Any) -> tuple[str | None, str | None]:
    """Return both values as texts; figures that only differ in what they count name their units."""
    one, two = _text(before), _text(after)
    if one == two and isinstance(before, Figure) and isinstance(after, Figure):
        one, two = (f"{value}（{value.unit.name or '1'}）" for value in (before, after))
    return one, two


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return "、".join(str(_text(item)) for item in value)
    if isinstance(value, Mapping):
        return "；".join(f"{key}: {_text(item)}" for key, item in value.items())
    return str(value)
