"""资金分配: a pool divided among regions by the factor method, in whole 万元 that add up to it, every share explained.

    score = Σ need ÷ Σ of all needs × weight, × fiscal-capacity coefficient × performance coefficient
    share = pool × score ÷ Σ of all scores, the rests of the division to the largest remainders

Source: 因素分配法 of the transfer rules (needs, 财力调节系数, 绩效调节系数); their weights are the office's own data.

>>> from jixiao.figures.figure import figure
>>> needs = (Factor("救助人次", figure("100%"), {"甲": figure("1人次"), "乙": figure("2人次")}),)
>>> shared = by_factors(figure("100万元"), needs)
>>> [(share.region, str(share.amount)) for share in shared.shares]
[('甲', '33万元'), ('乙', '67万元')]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from jixiao import library
from jixiao.figures.figure import Figure, compared, exactly, figure, total
from jixiao.figures.units import PERCENT, Unit
from jixiao.findings import Finding, Message
from jixiao.funds.ledger import WAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ONE = Figure(1)


@dataclass(frozen=True, slots=True)
class Factor:
    """A need factor: its name, its weight (they add up to 100%), and the need of every region in one unit."""

    name: str
    weight: Figure
    needs: Mapping[str, Figure] = field(default_factory=dict)


class Share(NamedTuple):
    """What a region gets, before and after rounding, and how it came about."""

    region: str
    exact: Figure
    amount: Figure
    steps: tuple[Message, ...]


class Shared(NamedTuple):
    """A pool with its shares, or nothing but the findings that say why it cannot be divided."""

    pool: Figure
    shares: tuple[Share, ...]
    findings: tuple[Finding, ...] = ()


def by_factors(
    pool: Figure,
    factors: Sequence[Factor],
    *,
    capacity: Mapping[str, Figure] | None = None,
    performance: Mapping[str, Figure] | None = None,
    unit: Unit = WAN,
) -> Shared:
    """Return the shares of a pool in whole `unit`; regions without a coefficient have 1.

    Findings instead of shares: a pool of nought, below nought or not whole in the unit; weights that do not add up to
    100%; needs of other regions in one factor than in another; all needs nought; coefficients below nought.
    """
    capacity, performance = capacity or {}, performance or {}
    wrong = _wrong(pool, factors, capacity, performance, unit)
    if wrong:
        return Shared(pool, (), tuple(wrong))
    regions = list(factors[0].needs)
    scores, steps = {}, {}
    for region in regions:
        need = total(_part(factor, region) for factor in factors)
        fiscal, last = capacity.get(region, _ONE), performance.get(region, _ONE)
        scores[region] = _times(need, fiscal, last)
        steps[region] = (
            *(_need_step(factor, region) for factor in factors),
            Message("funds.allocation.score", {"need": need.published(6), "capacity": fiscal, "performance": last,
                                               "score": scores[region].published(6)}),
        )  # fmt: skip
    whole = total(scores.values())
    if whole.num == 0:
        return Shared(pool, (), (_finding("all_zero", {}),))
    exact = {region: _times(pool, exactly(s.num * whole.den, s.den * whole.num)) for region, s in scores.items()}
    amounts = rounded(exact, pool, unit)
    shares = tuple(
        _share(
            region, exact[region], amounts[region], score=scores[region], whole=whole, pool=pool, steps=steps[region]
        )
        for region in regions
    )
    return Shared(pool, shares)


def rounded(exact: Mapping[str, Figure], pool: Figure, unit: Unit) -> dict[str, Figure]:
    """Return whole amounts of a unit that add up to the pool: all rounded down, the rest to the largest remainders.

    Of equal remainders the earlier region goes first.

    >>> three = {name: exactly(10_0000, 3, WAN) for name in "甲乙丙"}
    >>> [str(amount) for amount in rounded(three, exactly(10_0000, 1, WAN), WAN).values()]
    ['4万元', '3万元', '3万元']
    """
    floors = {region: (amount.num * unit.den) // (amount.den * unit.num) for region, amount in exact.items()}
    rest = (pool.num * unit.den) // (pool.den * unit.num) - sum(floors.values())
    shared = lcm(*(amount.den * unit.num for amount in exact.values()))
    rests = {
        region: (amount.num * unit.den - floors[region] * amount.den * unit.num) * (shared // (amount.den * unit.num))
        for region, amount in exact.items()
    }
    more = set(sorted(exact, key=lambda region: -rests[region])[:rest])  # sorted keeps the order of equals
    return {region: exactly((floors[region] + (region in more)) * unit.num, unit.den, unit) for region in exact}


def _share(
    region: str,
    exact: Figure,
    amount: Figure,
    *,
    score: Figure,
    whole: Figure,
    pool: Figure,
    steps: tuple[Message, ...],
) -> Share:
    args = {"pool": pool, "score": score.published(6), "whole": whole.published(6), "exact": exact.published(4),
            "amount": amount}  # fmt: skip
    return Share(region, exact, amount, (*steps, Message("funds.allocation.share", args)))


def _part(factor: Factor, region: str) -> Figure:
    """Return a region's weighted part of a factor: need ÷ all needs × weight; nought where nobody has that need."""
    whole = total(factor.needs.values())
    if whole.num == 0:
        return Figure(0)
    need = factor.needs[region]
    return _times(exactly(need.num * whole.den, need.den * whole.num), factor.weight)


def _need_step(factor: Factor, region: str) -> Message:
    args = {"factor": factor.name, "need": factor.needs[region], "whole": total(factor.needs.values()).text(),
            "weight": factor.weight, "part": _part(factor, region).published(6)}  # fmt: skip
    return Message("funds.allocation.need", args)


def _times(first: Figure, *others: Figure) -> Figure:
    num, den = first.num, first.den
    for other in others:
        num, den = num * other.num, den * other.den
    return exactly(num, den, first.unit)


def _wrong(
    pool: Figure,
    factors: Sequence[Factor],
    capacity: Mapping[str, Figure],
    performance: Mapping[str, Figure],
    unit: Unit,
) -> list[Finding]:
    found = []
    if pool.num <= 0:
        found.append(_finding("pool", {"pool": pool}))
    elif (pool.num * unit.den) % (pool.den * unit.num):
        found.append(_finding("not_whole", {"pool": pool, "unit": unit}))
    if not factors or not any(need.num for factor in factors for need in factor.needs.values()):
        return [*found, _finding("all_zero", {})]
    weights = total(factor.weight for factor in factors)
    if (weights.num, weights.den) != (1, 1):
        found.append(_finding("weights", {"weights": exactly(weights.num, weights.den, PERCENT)}))
    for factor in factors:
        odd = sorted(set(factor.needs) ^ set(factors[0].needs))
        below = [region for region, need in factor.needs.items() if need.num < 0]
        if odd:
            found.append(_finding("regions", {"factor": factor.name, "regions": odd}))
        if below:
            found.append(_finding("negative", {"factor": factor.name, "regions": below}))
    below = [region for table in (capacity, performance) for region, given in table.items() if given.num < 0]
    if below:
        found.append(_finding("coefficient", {"regions": below}))
    return found


def _finding(what: str, args: dict[str, object]) -> Finding:
    said, remedy = Message(f"funds.allocation.{what}", args), Message("funds.allocation.remedy")
    return Finding(f"funds_allocation_{what}", "error", said, remedy, authority="measure-conventions")


def performance_coefficient(score: Figure, year: int) -> Figure | None:
    """Return the coefficient that last year's score gives, by the banding in force (待核); None without a banding.

    >>> str(performance_coefficient(figure("92.5"), 2024)), str(performance_coefficient(figure("55"), 2024))
    ('1.1', '0.8')
    """
    for banding in library.read("funds/performance.yaml")["bandings"]:
        if int(banding["since"]) <= year:
            for band in banding["bands"]:
                if compared(score, figure(band["from"])) != -1:
                    return figure(band["coefficient"])
    return None
