"""判断: every arithmetic relation tested once: which hold, which cannot, and which figure is alone against the others.

A figure is named as the wrong one only where the others agree: each of the others also stands in a relation that
holds, and it does not; or several broken relations share this one figure and ask the same of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import ARITHMETIC, holds, printed, would_be

if TYPE_CHECKING:
    from jixiao.review.said import Claim, Relation, Said
    from jixiao.review.spans import Span


@dataclass(eq=False)
class Broken:
    """A relation that cannot hold, the claim that is wrong where that is certain, and what it should be."""

    relation: Relation
    suspect: Claim | None = None
    expected: str | None = None


@dataclass(eq=False)
class Verdicts:
    """The relations that hold and those that cannot, by identity."""

    held: list[Relation] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    support: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, *kinds: str) -> list[Broken]:
        """Return the broken relations of some kinds."""
        return [found for found in self.broken if found.relation.kind in kinds]


@lru_cache(maxsize=8)
def verdicts(said: Said) -> Verdicts:
    """Return the verdict on every arithmetic relation."""
    found = Verdicts()
    seen: set[tuple[object, ...]] = set()
    for relation in said.relations:
        if relation.kind not in ARITHMETIC or not all(claim.figure is not None for claim in relation.claims):
            continue
        key = (relation.kind, *sorted(id(claim) for claim in relation.claims))
        fits = None if key in seen else holds(relation)
        seen.add(key)
        if fits is None:
            continue
        if fits:
            found.held.append(relation)
            for claim in relation.claims:
                found.support[id(claim)] += 1
        else:
            found.broken.append(Broken(relation))
    _blame(found)
    return found


def _blame(found: Verdicts) -> None:
    """Name the figure that is wrong where the others agree."""
    against: dict[int, list[tuple[Broken, int]]] = defaultdict(list)
    for broken in found.broken:
        for at, claim in enumerate(broken.relation.claims):
            against[id(claim)].append((broken, at))
    for broken in found.broken:
        claims = broken.relation.claims
        alone = [at for at, claim in enumerate(claims) if not found.support[id(claim)]]
        shared = max(range(len(claims)), key=lambda at: len(against[id(claims[at])]))
        several = against[id(claims[shared])]
        if len(several) > 1 and _agree(several):
            _name(broken, shared)
        elif len(alone) == 1 and len(claims) > 1:
            _name(broken, alone[0])
        elif (
            broken.relation.kind in ("score_rate", "rate", "completion", "growth", "deviation", "weighted")
            and 0 in alone
            and not _others_doubted(claims, against)
        ):
            _name(broken, 0)


def _others_doubted(claims: tuple[Claim, ...], against: dict[int, list[tuple[Broken, int]]]) -> bool:
    return any(len(against[id(claim)]) > 1 for claim in claims[1:])


def _agree(several: list[tuple[Broken, int]]) -> bool:
    """Return whether the relations that one figure breaks ask the same value of it."""
    asked: list[Span] = [s for broken, at in several if (s := would_be(broken.relation, at)) is not None]
    return len(asked) == len(several) and all(asked[0].meets(other) for other in asked[1:])


def _name(broken: Broken, at: int) -> None:
    claim = broken.relation.claims[at]
    value = would_be(broken.relation, at)
    broken.suspect = claim
    broken.expected = printed(value, claim) if value is not None else None
