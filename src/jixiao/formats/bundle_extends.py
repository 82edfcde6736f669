"""承接指标目录: a system that `extends` a catalogue entry, laid out in full, every value with the file it came from.

The system's own nodes override by code, field by field, wherever in the tree the code stands; a code that is new is
added to the group it is written in; `without` leaves codes out. Entries extend one another in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.resources import as_file
from typing import TYPE_CHECKING, Any

from jixiao import library
from jixiao.errors import CannotParse
from jixiao.findings import Message, Place
from jixiao.formats.bundle_source import Source, of_yaml
from jixiao.indicators import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jixiao.formats.yaml_text import Loc

_OWN = ("places", "full", "frame", "authority")


@dataclass(slots=True)
class _Node:
    """A node while systems are merged: its fields but for the children, and their places relative to it."""

    fields: dict[str, Any]
    places: dict[Loc, Place]
    children: list[_Node] | None


@dataclass(slots=True)
class _System:
    fields: dict[str, Any] = field(default_factory=dict)
    places: dict[Loc, Place] = field(default_factory=dict)
    nodes: list[_Node] = field(default_factory=list)


def expanded(source: Source, load: Callable[[str], Source | None] | None = None) -> Source:
    """Return a source (of the right shape) in which no system extends anything any more.

    `CannotParse` with the place of the `extends` that names an unknown entry or closes a circle.
    """
    systems: dict[str, Any] = {}
    places = {loc: place for loc, place in source.places.items() if loc[:1] != ("systems",) or len(loc) < 2}
    for role, system in source.value.get("systems", {}).items():
        loc: Loc = ("systems", role)
        if "extends" in system or "without" in system:
            laid = _chain(source, loc, (), load or packaged)
            systems[role] = {**laid.fields, "indicators": _values(laid.nodes)}
            places |= {(*loc, *at): place for at, place in [*laid.places.items(), *_placed(laid.nodes)]}
            places[loc] = source.place(loc)
        else:
            systems[role] = system
            places |= {at: place for at, place in source.places.items() if at[:2] == loc}
    value = {name: systems if name == "systems" else item for name, item in source.value.items()}
    return source._replace(value=value, places=places)


def packaged(name: str) -> Source | None:
    """Return a catalogue entry as a source, or None where there is no such entry."""
    if name not in catalogue.known():
        return None
    with as_file(library.root().joinpath(f"{catalogue.FOLDER}/{name}.yaml")) as path:
        return of_yaml(path, f"{catalogue.FOLDER}/{name}.yaml")


def _chain(source: Source, loc: Loc, above: tuple[str, ...], load: Callable[[str], Source | None]) -> _System:
    """Return the system at a location laid over everything that it extends."""
    value = _at(source.value, loc)
    name = value.get("extends")
    base = _System()
    if name is not None:
        base = _chain(_loaded(name, source.place((*loc, "extends")), above, load), (), (*above, name), load)
    own = _System(
        {key: value[key] for key in _OWN if key in value},
        {(key,): source.place((*loc, key)) for key in _OWN if key in value},
        _nodes(value.get("indicators", []), source, (*loc, "indicators")),
    )
    return _without(_laid_over(base, own), value.get("without", []))


def _loaded(name: str, place: Place, above: tuple[str, ...], load: Callable[[str], Source | None]) -> Source:
    if name in above:
        said = Message("catalogue.circle", {"chain": " → ".join((*above, name))})
        raise CannotParse(said, remedy=Message("catalogue.circle.remedy", {"name": name}), place=place)
    source = load(name)
    if source is None:
        near = get_close_matches(name, catalogue.known(), 3, 0.4) or list(catalogue.known())
        remedy = Message("catalogue.unknown.remedy", {"near": near})
        raise CannotParse(Message("catalogue.unknown", {"name": name}), remedy=remedy, place=place)
    return source


def _at(value: Any, loc: Loc) -> Any:
    for name in loc:
        value = value[name]
    return value


def _nodes(values: Iterable[dict[str, Any]], source: Source, loc: Loc) -> list[_Node]:
    found = []
    for number, value in enumerate(values):
        at = (*loc, number)
        fields = {name: item for name, item in value.items() if name != "children"}
        places = {
            place_at[len(at) :]: place
            for place_at, place in source.places.items()
            if place_at[: len(at)] == at and place_at[len(at) : len(at) + 1] != ("children",)
        }
        children = _nodes(value["children"], source, (*at, "children")) if "children" in value else None
        found.append(_Node(fields, places, children))
    return found


def _laid_over(base: _System, own: _System) -> _System:
    known: dict[str, _Node] = {}
    for node in _walk(base.nodes):
        known.setdefault(node.fields["code"], node)
    _merge(base.nodes, own.nodes, known)
    return _System(base.fields | own.fields, base.places | own.places, base.nodes)


def _merge(into: list[_Node], nodes: list[_Node], known: Mapping[str, _Node]) -> None:
    """Lay nodes over those of their codes; append the others to the list that they are written in."""
    for node in nodes:
        found = known.get(node.fields["code"])
        if found is None:
            children, node.children = node.children, None if node.children is None else []
            into.append(node)
            _merge(node.children if node.children is not None else [], children or [], known)
            continue
        for name in node.fields:
            found.places = {loc: place for loc, place in found.places.items() if loc[:1] != (name,)}
        found.fields |= node.fields
        found.places |= node.places
        if node.children is not None:
            found.children = [] if found.children is None else found.children
            _merge(found.children, node.children, known)


def _without(system: _System, codes: list[str]) -> _System:
    def left(nodes: list[_Node]) -> list[_Node]:
        kept = [node for node in nodes if node.fields["code"] not in codes]
        for node in kept:
            node.children = None if node.children is None else left(node.children)
        return kept

    return _System(system.fields, system.places, left(system.nodes) if codes else system.nodes)


def _walk(nodes: list[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children or [])


def _values(nodes: list[_Node]) -> list[dict[str, Any]]:
    return [
        node.fields if node.children is None else {**node.fields, "children": _values(node.children)} for node in nodes
    ]


def _placed(nodes: list[_Node], loc: Loc = ("indicators",)) -> Iterator[tuple[Loc, Place]]:
    for number, node in enumerate(nodes):
        at = (*loc, number)
        yield from ((((*at, *rest)), place) for rest, place in node.places.items())
        yield from _placed(node.children or [], (*at, "children"))
