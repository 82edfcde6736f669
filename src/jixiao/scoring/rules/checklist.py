"""要素逐项赋分: a list of elements, each with its share of the points; what is met is added up.

    points = full × Σ share of the met elements; all met is full points, even where shares add to 99.99%

Authority: the scoring standards of a third-party evaluation (附件1), such as 40/30/30 and 33.33 × 3.

>>> from jixiao.scoring.examples import case
>>> Checklist(shares_of(["33.33%"] * 3)).score(case(actual="健全", full="4", met=(1, 2, 3))).points
Decimal('4.00')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import Any, ClassVar, NamedTuple

from jixiao.figures.actual import Checked
from jixiao.figures.figure import Figure, Interval, exactly, total
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.rule import Award, Case, Step, awarded, share


class Element(NamedTuple):
    """One element: its share of the points and the question it asks."""

    share: Figure
    asks: str


def elements(raw: Any) -> tuple[Element, ...] | Message:
    """Read the `elements` parameter: a list of {share, asks}; shares, as printed, must be able to add up to 100%."""
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) and "share" in item for item in raw):
        return Message("rule.checklist.shape", {})
    read = [(share(item["share"]), str(item.get("asks", ""))) for item in raw]
    wrong = next((part for part, _ in read if isinstance(part, Message)), None)
    if wrong is not None:
        return wrong
    found = tuple(Element(part, asks) for part, asks in read if isinstance(part, Figure))
    sums = reduce(Interval.plus, (element.share.interval() for element in found))
    if not sums.meets(exactly(1).interval()):
        added = total(element.share for element in found)
        return Message("rule.checklist.sum", {"sum": exactly(added.num, added.den, PERCENT)})
    return found


def shares_of(texts: list[str]) -> tuple[Element, ...]:
    """Return nameless elements of these shares, for examples."""
    found = elements([{"share": text} for text in texts])
    assert not isinstance(found, Message), found
    return found


@dataclass(frozen=True, slots=True)
class Checklist:
    """`elements` are the questions with their shares; the actual value says which of them are met."""

    authority: ClassVar[str] = "third-party-standard-2025#checklist"

    elements: tuple[Element, ...] = field(metadata={"read": elements})

    def score(self, case: Case) -> Award | Message:
        """Return the points of the met elements; an actual value that names none is refused."""
        if not isinstance(case.actual, Checked):
            return Message("rule.checklist.no_elements", {"spelt": case.actual})
        met = set(case.actual.met)
        if not met <= set(range(1, len(self.elements) + 1)):
            return Message("rule.checklist.unknown_element", {"met": sorted(met), "count": len(self.elements)})
        if len(met) == len(self.elements):
            return Award(
                awarded(case.full, 1, 1, case.places), (Step(Message("rule.checklist.all", {"count": len(met)})),)
            )
        added = total(element.share for number, element in enumerate(self.elements, 1) if number in met)
        kept = exactly(min(added.num, added.den), added.den, PERCENT)
        points = awarded(case.full, kept.num, kept.den, case.places)
        lost = tuple(
            Step(
                Message("rule.checklist.lost", {"number": number, "asks": element.asks, "share": element.share}),
                element.share,
            )
            for number, element in enumerate(self.elements, 1)
            if number not in met
        )
        return Award(
            points, (*lost, Step(Message("rule.points", {"full": case.full, "share": kept, "points": points})))
        )
