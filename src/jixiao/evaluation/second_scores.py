"""抽查复核: the scores of a spot check beside the first ones, and what the total becomes with them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.published import points, published
from jixiao.figures.figure import Figure, exactly, total

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


class Pair(NamedTuple):
    """An indicator's weight, its first score and its second, with the reason of the second; None where none stands."""

    code: str
    name: str
    full: Figure | None
    first: Figure | None
    second: Figure | None
    reason: str | None

    def difference(self) -> Figure | None:
        """Return the second score less the first, None where one is missing."""
        if self.first is None or self.second is None:
            return None
        return exactly(
            self.second.num * self.first.den - self.first.num * self.second.den, self.second.den * self.first.den
        )


def compared_scores(of: Assessment) -> list[Pair]:
    """Return every second score beside the first one, in the order in which the second ones were given."""
    system = of.evaluation.system("scored")
    found = []
    for one in of.evaluation.procedure.second_scores:
        node = system.find(one.indicator) if system is not None else None
        first = published(of, f"scored/{one.indicator}/score") if node is not None else None
        found.append(
            Pair(
                one.indicator,
                node.name if node is not None else one.indicator,
                points(node.weight) if node is not None and isinstance(node.weight, Decimal) else None,
                first if isinstance(first, Figure) else None,
                exactly(one.score.num, one.score.den) if isinstance(one.score, Figure) else None,
                one.reason,
            )
        )
    return found


def second_total(of: Assessment) -> Figure | None:
    """Return the total with the second scores in place of the first; None without any, or where a first is missing."""
    changes = [pair.difference() for pair in compared_scores(of) if pair.second is not None]
    known = [change for change in changes if change is not None]
    if of.card is None or of.card.total is None or not known or len(known) < len(changes):
        return None
    return total([points(of.card.total), *known])
