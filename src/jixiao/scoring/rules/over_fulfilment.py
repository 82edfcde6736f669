"""按完成比例赋分，超额另行处理: like `proportional`, but a target far exceeded demands a reason and may cost points.

    missed     points = full × completion
    reached    points = full
    exceeded   completion = 100% + the excess as a share of the target; the highest band of `bands` that it reaches
               keeps a share of the points or takes some of them away

For ≤ targets the excess is how far the value stays below the target. Without bands, the default, nothing is lost: the
norm reduces only where the target had clearly been set too low, and gives no formula. Bands are data of a rule pack.

Authority: 财预〔2020〕10号, 单位自评: 超过指标值较多的，分析原因，因指标值设定明显偏低造成的按照偏离度适当调减 (待核).

>>> from jixiao.scoring.examples import case
>>> far = case(target="≥132万人次", actual="479.45万人次", full="5")
>>> OverFulfilment().score(far).points
Decimal('5.00')
>>> OverFulfilment(bands([{"from": "130%", "minus": "2"}])).score(far).points
Decimal('3.00')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cmp_to_key
from typing import Any, ClassVar, NamedTuple

from jixiao.figures import exact
from jixiao.figures.figure import Figure, compared, exactly
from jixiao.figures.notation import figure
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.scoring.completion import Measured, by_completion, measured
from jixiao.scoring.rule import Award, Case, Step, awarded, share

_THIRTY = exactly(3, 10, PERCENT)


class Band(NamedTuple):
    """What a completion from `floor` on (or only above it, when `open`) keeps of the points or loses of them."""

    floor: Figure
    open: bool
    keeps: Figure | None
    minus: Decimal | None


def bands(raw: Any) -> tuple[Band, ...] | Message:
    """Read the `bands` parameter, highest floor first: such as [{from: 130%, minus: 2}, {above: 300%, keeps: 60%}].

    `from` takes its completion in, `above` leaves it out; `keeps` is a share of the points, `minus` takes some away.
    """
    if not isinstance(raw, list):
        return Message("rule.over_fulfilment.shape")
    read = [_band(item) for item in raw]
    wrong = next((band for band in read if isinstance(band, Message)), None)
    found = [band for band in read if isinstance(band, Band)]
    return wrong or tuple(sorted(found, key=cmp_to_key(_higher_first)))


def _band(item: Any) -> Band | Message:
    said = set(item) if isinstance(item, dict) else set()
    if len(said) != 2 or len(said & {"from", "above"}) != 1 or len(said & {"keeps", "minus"}) != 1:
        return Message("rule.over_fulfilment.shape")
    opens = "above" in said
    floor = _beyond_whole(item["above" if opens else "from"])
    loses = _points(item["minus"]) if "minus" in said else share(item["keeps"])
    if isinstance(floor, Message) or isinstance(loses, Message):
        return floor if isinstance(floor, Message) else loses  # type: ignore[return-value]
    return Band(floor, opens, *((None, loses) if isinstance(loses, Decimal) else (loses, None)))


def _beyond_whole(text: Any) -> Figure | Message:
    """Read a completion of 100% or more."""
    read = figure(text) if isinstance(text, str) else None
    if not isinstance(read, Figure) or read.unit.base or read.num < read.den:
        return Message("rule.over_fulfilment.no_completion", {"spelt": text})
    return read


def _points(text: Any) -> Decimal | Message:
    read = exact.decimal(text) if isinstance(text, str) else None
    return (
        Message("rule.over_fulfilment.no_points", {"spelt": text})
        if read is None or read[0] < 0
        else exact.awarded(*read)
    )


def _higher_first(one: Band, other: Band) -> int:
    return (compared(other.floor, one.floor) or 0) or other.open - one.open


@dataclass(frozen=True, slots=True)
class OverFulfilment:
    """`bands` say what an excess costs (nothing by default); an excess above `reason` demands one."""

    authority: ClassVar[str] = "caiyu-2020-10#over-fulfilment"

    bands: tuple[Band, ...] = field(default=(), metadata={"read": bands})
    reason: Figure = _THIRTY

    def score(self, case: Case) -> Award | Message:
        """Return the points for a completion; what cannot be measured is refused."""
        found = measured(case)
        if isinstance(found, Message):
            return found
        excess = _excess(found)
        return self._exceeded(case, excess) if excess.num > 0 and found.reached else by_completion(case, found)

    def _exceeded(self, case: Case, excess: Figure) -> Award:
        said = [
            Step(
                Message(
                    "rule.over_fulfilment.excess", {"actual": case.actual, "target": case.target, "excess": excess}
                ),
                excess,
            )
        ]
        if (compared(excess, self.reason) or 0) > 0:
            said.append(Step(Message("rule.over_fulfilment.reason", {"excess": excess, "reason": self.reason})))
        done = exactly(excess.num + excess.den, excess.den, PERCENT)
        band = next((band for band in self.bands if (compared(done, band.floor) or 0) >= band.open), None)
        if band is None:
            award = Award(awarded(case.full, 1, 1, case.places), (Step(Message("rule.over_fulfilment.kept")),))
        else:
            award = _banded(case, band)
        return Award(award.points, (*said, *award.steps))


def _excess(found: Measured) -> Figure:
    """Return by how much of the target it was exceeded, in its direction; nothing exceeds a target with =."""
    actual, bound = found.actual, found.bound
    gap = actual.num * bound.den - bound.num * actual.den
    over = {"more": gap, "less": -gap, "equal": 0}[found.side]
    return exactly(over, actual.den * bound.num, PERCENT)


def _banded(case: Case, band: Band) -> Award:
    """Return what is left of the points in a band."""
    floor = Message("rule.over_fulfilment.above" if band.open else "rule.over_fulfilment.from", {"floor": band.floor})
    if band.keeps is not None:
        points = awarded(case.full, band.keeps.num, band.keeps.den, case.places)
        keeps = Step(Message("rule.over_fulfilment.keeps", {"floor": floor, "keeps": band.keeps}), band.keeps)
        return Award(
            points, (keeps, Step(Message("rule.points", {"full": case.full, "share": band.keeps, "points": points})))
        )
    points = awarded(max(Decimal(0), case.full - (band.minus or 0)), 1, 1, case.places)
    named = {"floor": floor, "full": case.full, "minus": band.minus, "points": points}
    return Award(points, (Step(Message("rule.over_fulfilment.minus", named)),))
