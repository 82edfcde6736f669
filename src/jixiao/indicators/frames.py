"""分值框架: the first-level weights that a norm asks for, and how far a system keeps to them.

    self-evaluation   预算执行 10, 产出 50, 效益 30, 满意度 10; with cost 10, 产出 40, 效益 20, 满意度 10, 成本 20
    third-party       决策 20, 过程 20, 产出 40, 效益 20 for reference; 产出 and 效益 together at least 60%

A part is recognised by its words in the name of a first-level indicator. The points of 预算执行 may stand apart from a
system whose full points leave them out (90 + 10).

Authority: 财预〔2020〕10号, 财预〔2021〕101号 (待核): clause by clause in `frames.yaml`.

>>> known()[0], str(frame("third-party").parts[2].weight)
('self-evaluation', '40')
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jixiao import library
from jixiao.findings import Finding, Message
from jixiao.indicators.indicator import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.findings import Severity
    from jixiao.indicators.system import Node, System


class Part(NamedTuple):
    """A first-level part: its weight, the words that recognise it, and whether its points may stand apart."""

    name: str
    weight: Decimal
    words: tuple[str, ...]
    apart: bool


class Floor(NamedTuple):
    """Parts that together carry at least this percentage of all points."""

    parts: tuple[str, ...]
    percent: Decimal
    authority: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of first-level weights; one that is not `binding` is a reference and may be departed from freely."""

    name: str
    title: Message
    authority: str
    binding: bool
    parts: tuple[Part, ...]
    floors: tuple[Floor, ...]


class _Compared(NamedTuple):
    """A system beside its frame: the first-level indicators found for every part."""

    system: System
    frame: Frame
    found: Mapping[str, list[Node]]


def known() -> list[str]:
    """Return the names of all frames."""
    return list(library.read("indicators/frames.yaml"))


@cache
def frame(name: str) -> Frame:
    """Return the frame of that name; `KeyError` for one that is not known."""
    raw = library.read("indicators/frames.yaml")[name]
    parts = [
        Part(one["part"], Decimal(one["weight"]), tuple(one.get("words", [one["part"]])), one.get("apart") == "yes")
        for one in raw["parts"]
    ]
    floors = [Floor(tuple(one["parts"]), Decimal(one["percent"]), one["authority"]) for one in raw.get("floors", ())]
    title = Message(f"frame.{name}")
    return Frame(name, title, raw["authority"], raw.get("binding") != "no", tuple(parts), tuple(floors))


def frame_findings(system: System) -> list[Finding]:
    """Return where the first-level weights of a system leave its frame; nothing for a system that names none."""
    if system.frame is None:
        return []
    if system.frame not in known():
        said = Message("frame.unknown", {"name": system.frame})
        remedy = Message("frame.unknown.remedy", {"known": known()})
        return [Finding("frame", "error", said, remedy, paths=(f"{system.role}/frame",), printed=system.frame)]
    chosen = frame(system.frame)
    fits = {root.code: [part.name for part in chosen.parts if _is_named(root, part)] for root in system.roots}
    strange = [root for root in system.roots if len(fits[root.code]) != 1]
    found = {part.name: [root for root in system.roots if fits[root.code] == [part.name]] for part in chosen.parts}
    compared = _Compared(system, chosen, found)
    return [*_strangers(compared, strange), *_parts(compared), *_floors(compared)]


def _is_named(root: Node, part: Part) -> bool:
    return any(word in root.name for word in part.words)


def _strangers(of: _Compared, roots: list[Node]) -> Iterator[Finding]:
    """Find first-level indicators that belong to no part of the frame, or to several."""
    for root in roots:
        named = {"name": root.name, "frame": of.frame.title, "parts": [part.name for part in of.frame.parts]}
        path = f"{of.system.role}/{root.code}"
        yield _finding(of, Message("frame.stranger", named), Message("frame.stranger.remedy", named), path)


def _parts(of: _Compared) -> Iterator[Finding]:
    """Compare the weight of every part with the frame's."""
    whole = sum((part.weight for part in of.frame.parts), Decimal(0))
    for part in of.frame.parts:
        roots = of.found[part.name]
        stated = _sum(roots)
        named = {"part": part.name, "frame": of.frame.title, "expected": part.weight, "stated": stated}
        if not roots and not (part.apart and of.system.full == whole - part.weight):
            yield _finding(of, Message("frame.missing", named), Message("frame.missing.remedy", named), of.system.role)
        elif roots and stated is not None and stated != part.weight:
            paths = [f"{of.system.role}/{root.code}/weight" for root in roots]
            said, remedy = Message("frame.weight", named), Message("frame.weight.remedy", named)
            yield _finding(of, said, remedy, *paths, printed=str(stated), expected=str(part.weight))


def _floors(of: _Compared) -> Iterator[Finding]:
    """Find parts that together weigh less than they must, as a percentage of all points."""
    for floor in of.frame.floors:
        roots = [root for name in floor.parts for root in of.found[name]]
        stated = _sum(roots)
        if roots and stated is not None and stated * 100 < floor.percent * of.system.full:
            named = {"parts": list(floor.parts), "stated": stated, "full": of.system.full, "percent": floor.percent}
            yield Finding(
                "frame",
                "warning",
                Message("frame.floor", named),
                Message("frame.floor.remedy", named),
                paths=tuple(f"{of.system.role}/{root.code}/weight" for root in roots),
                printed=str(stated),
                authority=floor.authority,
            )


def _finding(
    of: _Compared,
    said: Message,
    remedy: Message,
    *paths: str,
    printed: str | None = None,
    expected: str | None = None,
) -> Finding:
    """Return a finding about the frame: a reason is owed, or a note where the weights are only a reference."""
    severity: Severity = "warning" if of.frame.binding else "note"
    authority = of.frame.authority
    return Finding("frame", severity, said, remedy, paths, printed=printed, expected=expected, authority=authority)


def _sum(nodes: list[Node]) -> Decimal | None:
    """Return the points of several nodes, or None where one is not stated or not read."""
    weights = [_weight(node) for node in nodes]
    return None if None in weights else sum((weight for weight in weights if weight is not None), Decimal(0))


def _weight(node: Node) -> Decimal | None:
    if isinstance(node.weight, Decimal):
        return node.weight
    return _sum(list(node.children)) if isinstance(node, Group) and node.weight is None and node.children else None
