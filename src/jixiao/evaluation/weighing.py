"""权重论证: what experts hold the weights to be, indicator by indicator, beside the weight that stands."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.published import points
from jixiao.figures.figure import Figure, compared, exactly, total
from jixiao.figures.units import BARE

if TYPE_CHECKING:
    from jixiao.evaluation.model import Evaluation
    from jixiao.indicators.system import Node


class Weighing(NamedTuple):
    """The opinions on one indicator: how many, the lowest, the highest, their exact mean, and the weight it has."""

    node: Node
    opinions: int
    lowest: Figure
    highest: Figure
    mean: Figure
    final: Figure | None

    def outside(self) -> bool:
        """Return whether the weight that stands is below every opinion or above it."""
        return self.final is not None and (
            compared(self.final, self.lowest) == -1 or compared(self.final, self.highest) == 1
        )


def weighings(evaluation: Evaluation) -> list[Weighing]:
    """Return the opinions on every node of the scored system that there are any on, in the order of the system."""
    system = evaluation.system("scored")
    return [found for node, _ in (system.walk() if system else ()) if (found := _of(node, evaluation)) is not None]


def _of(node: Node, evaluation: Evaluation) -> Weighing | None:
    said = [one.weight for one in evaluation.procedure.opinions if one.indicator == node.code]
    read = [exactly(one.num, one.den) for one in said if isinstance(one, Figure) and one.unit.base in (BARE.base, "分")]
    if not read:
        return None
    ranked = sorted(read, key=cmp_to_key(_against))
    whole = total(read)
    mean = exactly(whole.num, whole.den * len(read))
    final = points(node.weight) if isinstance(node.weight, Decimal) else None
    return Weighing(node, len(read), ranked[0], ranked[-1], mean, final)


def _against(one: Figure, other: Figure) -> int:
    return compared(one, other) or 0
