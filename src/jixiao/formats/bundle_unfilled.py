"""待填: what a draft leaves open or says twice, beside what scoring misses by itself; drafts are never refused.

A scored indicator without weight, target, rule or actual value is found where it is scored and is not repeated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.findings import Finding, Message, Severity
from jixiao.formats.bundle_schema import AmendmentShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.formats.bundle_schema import BundleShape, NodeShape, SystemShape

_HEAD = ("project", "unit")
_MONEY = ("revised_budget", "executed")


def findings(shape: BundleShape) -> Iterator[Finding]:
    """Yield a finding for everything that is named and not filled in, in the order of the file."""
    for name in _HEAD:
        if getattr(shape.head, name) is None:
            yield _open(f"head/{name}", Message(f"bundle.field.{name}"))
    yield from _funds(shape)
    for role, system in shape.systems.items():
        yield from _system(role, system)
    yield from _answers(shape)
    for number, entry in enumerate(shape.evidence):
        if not entry.title:
            yield _open(f"evidence/{number}", Message("bundle.field.title"))
    for number, amendment in enumerate(shape.amendments):
        for name in ("path", "asked_by", "reason"):
            if amendment != AmendmentShape() and not getattr(amendment, name):
                yield _open(f"amendments/{number}", Message(f"bundle.field.{name}"))


def _funds(shape: BundleShape) -> Iterator[Finding]:
    for number, source in enumerate(shape.funds.sources):
        path = f"funds/sources/{source.name or number}"
        if not source.name:
            yield _open(path, Message("bundle.field.name"), "error")
        for name in _MONEY:
            if getattr(source, name) is None:
                yield _open(f"{path}/{name}", _of(source.name, name))


def _answers(shape: BundleShape) -> Iterator[Finding]:
    """Yield what is open or double in actual values, typed scores and reasons."""
    for code, given in shape.actuals.items():
        if given.source is not None and given.value is not None:
            said = Message("bundle.both", {"code": code, "value": given.value, "source": given.source})
            remedy = Message("bundle.both.remedy", {"code": code})
            yield Finding("typed_and_computed", "warning", said, remedy, paths=(f"actuals/{code}/value",))
    for code, typed in shape.overrides.items():
        for name in ("score", "reason"):
            if not getattr(typed, name):
                yield _open(f"overrides/{code}", _of(code, name), "error")
    for code, reason in shape.reasons.items():
        if reason.measure and not reason.why:
            yield _open(f"reasons/{code}", _of(code, "why"))


def _system(role: str, system: SystemShape) -> Iterator[Finding]:
    nodes = list(_walk(system.indicators))
    leaves = [node for node in nodes if node.children is None]
    weighted = any(leaf.weight for leaf in leaves)
    for node in nodes:
        if not node.name:
            yield _open(f"{role}/{node.code}", _of(node.code, "name"))
    for leaf in leaves if role == "declared" else ():
        for name in ("weight", "target") if weighted else ("target",):
            if getattr(leaf, name) is None:
                yield _open(f"{role}/{leaf.code}", _of(f"{leaf.code} {leaf.name}", name))


def _walk(nodes: Iterable[NodeShape]) -> Iterator[NodeShape]:
    for node in nodes:
        yield node
        yield from _walk(node.children or ())


def _of(owner: str, name: str) -> Message:
    return Message("bundle.of", {"owner": owner, "field": Message(f"bundle.field.{name}")})


def _open(path: str, field: Message, severity: Severity = "warning") -> Finding:
    return Finding(
        "to_fill",
        severity,
        Message("bundle.to_fill", {"field": field}),
        Message("bundle.to_fill.remedy", {"field": field}),
        paths=(path,),
    )
