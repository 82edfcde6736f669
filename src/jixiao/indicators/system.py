"""指标体系: a tree of indicators with its role, its frame, and the decimal places its scores are awarded in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao.indicators.indicator import Group, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["declared", "scored"]
ROLES: tuple[Role, ...] = ("declared", "scored")
Node: TypeAlias = Group | Indicator


@dataclass(frozen=True)  # no slots: what is looked up in it a thousand times for a page is kept beside the fields
class System:
    """An indicator system: `declared` is what was promised (表1-1), `scored` is what is evaluated (附件1).

    `places`: decimals in which a score is awarded. `full`: what all weights must add up to. `frame`: the name of
    the weight frame it follows.
    """

    role: Role
    roots: tuple[Node, ...]
    places: int = 2
    full: Decimal = Decimal(100)
    frame: str | None = None
    authority: str | None = None

    def walk(self) -> Iterator[tuple[Node, tuple[Group, ...]]]:
        """Return every node, parents first and in printed order, with the groups above it."""
        return iter(self._walked)

    def indicators(self) -> list[Indicator]:
        """Return the leaves in printed order."""
        return [node for node, _ in self.walk() if isinstance(node, Indicator)]

    def find(self, code: str) -> Node | None:
        """Return the node of that code, or None."""
        return self._by_code.get(code)

    @cached_property
    def _walked(self) -> tuple[tuple[Node, tuple[Group, ...]], ...]:
        return tuple(found for root in self.roots for found in _walk(root, ()))

    @cached_property
    def _by_code(self) -> dict[str, Node]:
        return {node.code: node for node, _ in reversed(self._walked)}  # of two with one code the first is meant


def _walk(node: Node, above: tuple[Group, ...]) -> Iterator[tuple[Node, tuple[Group, ...]]]:
    yield node, above
    if isinstance(node, Group):
        for child in node.children:
            yield from _walk(child, (*above, node))
