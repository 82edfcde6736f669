"""指标体系检查: weights that add up, codes that stand once; pure functions that name paths."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message
from jixiao.indicators.indicator import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.indicators.system import Node, System


def findings(system: System) -> list[Finding]:
    """Return what is wrong with a system by itself."""
    return [*_duplicates(system), *_weights(system)]


def _duplicates(system: System) -> Iterator[Finding]:
    counted = Counter(node.code for node, _ in system.walk())
    for code, count in counted.items():
        if count > 1:
            names = [node.name for node, _ in system.walk() if node.code == code]
            yield Finding(
                "duplicate_code",
                "error",
                Message("check.duplicate_code", {"code": code, "count": count, "names": names}),
                Message("check.duplicate_code.remedy", {"code": code}),
                paths=(f"{system.role}/{code}",),
            )


def _weights(system: System) -> Iterator[Finding]:
    """Compare every stated weight with the sum of those below it, and the roots with the full points."""
    if _sum(system.roots) is not None:
        yield from _compare(system, None, system.full, system.roots)
    for node, _ in system.walk():
        if isinstance(node, Group) and isinstance(node.weight, Decimal):
            yield from _compare(system, node, node.weight, node.children)


def _compare(system: System, node: Group | None, stated: Decimal, children: tuple[Node, ...]) -> Iterator[Finding]:
    found = _sum(children)
    if found is None or found == stated:
        return
    parts = f"{' + '.join(str(_weight(child)) for child in children)} = " if len(children) > 1 else ""
    name = f"{node.code} {node.name}" if node else Message("check.whole_system", {})
    path = f"{system.role}/{node.code}/weight" if node else f"{system.role}/full"
    yield Finding(
        "weights_add_up",
        "error",
        Message("check.weights", {"name": name, "parts": parts, "sum": found, "stated": stated}),
        Message("check.weights.remedy", {"gap": stated - found}),
        paths=(path, *(f"{system.role}/{child.code}/weight" for child in children)),
        printed=str(stated),
        expected=str(found),
    )


def _sum(nodes: tuple[Node, ...]) -> Decimal | None:
    """Return the sum of the nodes' weights, or None where one is missing or unread."""
    weights = [_weight(node) for node in nodes]
    return (
        None
        if not weights or None in weights
        else sum((weight for weight in weights if weight is not None), Decimal(0))
    )


def _weight(node: Node) -> Decimal | None:
    if isinstance(node.weight, Decimal):
        return node.weight
    return _sum(node.children) if isinstance(node, Group) and node.weight is None else None
