"""指标体系: a tree of indicators with its role, its frame, and the decimal places its scores are awarded in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao.indicators.indicator import Group, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = Literal["declared", "scored"]
ROLES: tuple[Role, ...] = ("declared", "scored")
Node: TypeAlias = Group | Indicator


@dataclass(frozen=True, slots=True)
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
        """Yield every node, parents first and in printed order, with the groups above it."""
        for root in self.roots:
            yield from _walk(root, ())

    def indicators(self) -> list[Indicator]:
        """Return the leaves in printed order."""
        return [node for node, _ in self.walk() if isinstance(node, Indicator)]

    def find(self, code: str) -> Node | None:
        """Return the node of that code, or None."""
        return next((node for node, _ in self.walk() if node.code == code), None)


def _walk(node: Node, above: tuple[Group, ...]) -> Iterator[tuple[Node, tuple[Group, ...]]]:
    yield node, above
    if isinstance(node, Group):
        for child in node.children:
            yield from _walk(child, (*above, node))
