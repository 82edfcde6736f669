"""抽样: the target size of a sample by its formula, its allocation to strata, and the draw by hash.

    cochran: n₀ = z² p(1 − p) ÷ e²,  n = n₀ ÷ (1 + (n₀ − 1) ÷ N)
    yamane:  n  = N ÷ (1 + N e²)
    issued   = ⌈n × design effect ÷ expected response⌉, never more than N

A person is drawn when the hash of seed and id is among the smallest of the stratum: the same seed and the same list,
in whatever order, draw the same persons.

Authority: Cochran 1977, ch. 4; Yamane 1967 (norms/survey-methods.yaml).

>>> from jixiao.figures.figure import exactly
>>> from jixiao.surveys.questionnaire import Sample
>>> plan(Sample(population=813500)).size
384
>>> allocated(10, {"城": exactly(2), "乡": exactly(1)})
{'城': 7, '乡': 3}
"""

from __future__ import annotations

import hashlib
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from jixiao.findings import Message
from jixiao.surveys.intervals import quantile
from jixiao.surveys.probability import DIGITS
from jixiao.surveys.roots import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jixiao.figures.figure import Figure
    from jixiao.surveys.questionnaire import Sample

METHODS = ("random", "stratified", "all")


class Plan(NamedTuple):
    """A sample plan worked out: how many answers are wanted, how many are issued, and how many in each stratum."""

    size: int
    issued: int
    strata: Mapping[str, int]


def plan(sample: Sample) -> Plan | Message:
    """Return the sizes; `Message` where the formula needs a population that is not stated."""
    if sample.population is None and sample.formula == "yamane":
        return Message("survey.sample.population", {})
    with localcontext() as context:
        context.prec = DIGITS
        population = Decimal(sample.population) if sample.population is not None else None
        wanted = _cochran(sample, population) if sample.formula == "cochran" else _yamane(sample, population)
        wanted *= decimal_of(sample.design_effect)
        size = _whole(wanted, sample.population)
        issued = _whole(wanted / decimal_of(sample.response), sample.population)
    parts = {part.name: part.size for part in sample.strata.parts} if sample.strata else {}
    return Plan(size, issued, allocated(issued, parts) if parts else {})


def _cochran(sample: Sample, population: Decimal | None) -> Decimal:
    z, p, e = quantile(sample.confidence), decimal_of(sample.share), decimal_of(sample.margin)
    endless = z * z * p * (1 - p) / (e * e)
    return endless if population is None else endless / (1 + (endless - 1) / population)


def _yamane(sample: Sample, population: Decimal | None) -> Decimal:
    assert population is not None
    return population / (1 + population * decimal_of(sample.margin) ** 2)


def _whole(value: Decimal, most: int | None) -> int:
    # Fifty digits may leave 97.00…01 where 97 is meant: a hair below the ceiling is not another person.
    found = int((value - Decimal("1e-30")).to_integral_value(ROUND_CEILING))
    return found if most is None else min(found, most)


def allocated(count: int, sizes: Mapping[str, Figure]) -> dict[str, int]:
    """Return a count parted in proportion to sizes, by the largest remainders; the parts add up to the count."""
    weights = {name: Fraction(size.num, size.den) for name, size in sizes.items()}
    whole = sum(weights.values())
    shares = {name: count * weight / whole for name, weight in weights.items()}
    found = {name: int(share) for name, share in shares.items()}
    by_rest = sorted(shares, key=lambda name: (found[name] - shares[name], list(shares).index(name)))
    for name in by_rest[: count - sum(found.values())]:
        found[name] += 1
    return found


def drawn(seed: str, persons: Iterable[tuple[str, str]], counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the ids drawn in each stratum, in the order of their hashes; persons are (stratum, id).

    >>> drawn("2024", [("", f"p{n}") for n in range(100)], {"": 3}) == drawn(
    ...     "2024", [("", f"p{n}") for n in reversed(range(100))], {"": 3})
    True
    """
    listed: dict[str, set[str]] = {name: set() for name in counts}
    for stratum, person in persons:
        if stratum in listed:
            listed[stratum].add(person)
    return {name: sorted(ids, key=lambda person: _hash(seed, person))[: counts[name]] for name, ids in listed.items()}


def _hash(seed: str, person: str) -> bytes:
    return hashlib.sha256(f"{len(seed)}:{seed}{person}".encode()).digest()


def described(sample: Sample) -> Message:
    """Return the sample plan as a sentence."""
    if sample.population is None:
        return Message("survey.sample.method_only", {"method": _method(sample)})
    found = plan(sample)
    args = {
        "method": _method(sample),
        "population": sample.population,
        "confidence": sample.confidence,
        "margin": sample.margin,
        "formula": Message(f"survey.sample.{sample.formula}"),
        "size": found if isinstance(found, Message) else found.size,
        "seed": sample.seed or "—",
    }
    return Message("survey.sample.described", args)


def _method(sample: Sample) -> Message | str:
    return Message(f"survey.sample.{sample.method}") if sample.method in METHODS else sample.method
