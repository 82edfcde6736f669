"""满意度赋分: satisfaction earns points by bands: from 90% all, from 80% half, below that none.

    points = full × share of the highest band whose floor is reached; reaching the target earns all of them

Authority: 财预〔2021〕101号, 满意度赋分 (待核): the bands are parameters.

>>> from jixiao.scoring.examples import case
>>> Satisfaction().score(case(target="≥95%", actual="88.5%", full="10")).points
Decimal('5.00')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Any, ClassVar, NamedTuple

from jixiao.figures.figure import Figure, compared, exactly
from jixiao.figures.units import PERCENT
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.scoring.completion import rate
from jixiao.scoring.rule import Award, Case, Step, awarded, reached, share


class Band(NamedTuple):
    """A satisfaction from which this share of the points is earned."""

    floor: Figure
    earns: Figure


def bands(raw: Any) -> tuple[Band, ...] | Message:
    """Read the `bands` parameter: each floor with the share it earns, such as {90%: 100%, 80%: 50%}."""
    if not isinstance(raw, dict) or not raw:
        return Message("rule.satisfaction.shape", {})
    read = [(share(floor), share(earns)) for floor, earns in raw.items()]
    wrong = next((part for pair in read for part in pair if isinstance(part, Message)), None)
    if wrong is not None:
        return wrong
    found = [Band(floor, earns) for floor, earns in read if isinstance(floor, Figure) and isinstance(earns, Figure)]
    return tuple(sorted(found, key=cmp_to_key(_higher_first)))


def _higher_first(one: Band, other: Band) -> int:
    return compared(other.floor, one.floor) or 0


_USUAL = (Band(exactly(9, 10, PERCENT), exactly(1, 1, PERCENT)), Band(exactly(8, 10, PERCENT), exactly(1, 2, PERCENT)))


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """`bands` are floors of satisfaction with the share of the points that each earns."""

    authority: ClassVar[str] = "caiyu-2021-101#satisfaction"

    bands: tuple[Band, ...] = field(default=_USUAL, metadata={"read": bands})

    def score(self, case: Case) -> Award | Message:
        """Return the points of the band that the satisfaction falls in; a value that is no rate is refused."""
        target, value = case.target, rate(case.actual)
        if isinstance(target, Unread):
            return Message("rule.target_unread", {"spelt": target})
        if value is None or value.num > value.den:
            return Message("rule.satisfaction.no_rate", {"spelt": case.actual})
        bound = target.figure() if target is not None else None
        if bound is not None and bound.unit.base:
            return Message("rule.units_differ", {"actual": case.actual, "target": target})
        if target is not None and target.met(value, direction=case.direction):
            return reached(case)
        return self._banded(case, value)

    def _banded(self, case: Case, value: Figure) -> Award:
        """Return what the highest band earns whose floor is reached."""
        band = next((band for band in self.bands if (compared(value, band.floor) or 0) >= 0), None)
        earned = band.earns if band is not None else exactly(0, 1, PERCENT)
        points = awarded(case.full, earned.num, earned.den, case.places)
        said = (
            Message("rule.satisfaction.band", {"actual": case.actual, "floor": band.floor, "share": earned})
            if band is not None
            else Message("rule.satisfaction.below", {"actual": case.actual, "floor": self.bands[-1].floor})
        )
        return Award(
            points,
            (Step(said, earned), Step(Message("rule.points", {"full": case.full, "share": earned, "points": points}))),
        )
