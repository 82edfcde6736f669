"""矩: counts, sums and sums of products of several items over the persons who answered all of them, as integers.

Everything that reliability and validity need follows from these; an engine adds them up, nothing else.

    scatter(i, j) = n Σxᵢxⱼ − Σxᵢ Σxⱼ = n (n − 1) × the sample covariance

>>> m = Moments.of(("a", "b"), [(1, 2), (3, 4), (5, 5)])
>>> m.n, m.sums, m.scatter(0, 1)
(3, (9, 11), 18)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Moments:
    """`n` persons; `sums[i]` = Σxᵢ; `products[i][j]` = Σxᵢxⱼ, symmetric."""

    items: tuple[str, ...]
    n: int
    sums: tuple[int, ...]
    products: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, items: Sequence[str], rows: Iterable[Sequence[int]]) -> Moments:
        """Add up rows of whole points, one row a person."""
        listed = [tuple(row) for row in rows]
        columns = list(zip(*listed, strict=True)) if listed else [() for _ in items]
        products = tuple(tuple(sum(map(int.__mul__, one, other)) for other in columns) for one in columns)
        return cls(tuple(items), len(listed), tuple(map(sum, columns)), products)

    def plus(self, other: Moments) -> Moments:
        """Return the moments of both groups of persons together."""
        assert self.items == other.items
        products = tuple(
            tuple(map(int.__add__, mine, theirs)) for mine, theirs in zip(self.products, other.products, strict=True)
        )
        return Moments(self.items, self.n + other.n, tuple(map(int.__add__, self.sums, other.sums)), products)

    def scatter(self, one: int, other: int) -> int:
        """Return n(n−1) times the sample covariance of two items."""
        return self.n * self.products[one][other] - self.sums[one] * self.sums[other]

    def scatters(self) -> list[list[int]]:
        """Return the whole matrix of `scatter`."""
        every = range(len(self.items))
        return [[self.scatter(one, other) for other in every] for one in every]

    def without(self, at: int) -> Moments:
        """Return the moments with one item left out."""
        keep = [i for i in range(len(self.items)) if i != at]
        return Moments(
            tuple(self.items[i] for i in keep),
            self.n,
            tuple(self.sums[i] for i in keep),
            tuple(tuple(self.products[i][j] for j in keep) for i in keep),
        )

    def constant(self) -> tuple[str, ...]:
        """Return the items to which everybody gave the same points."""
        return tuple(item for at, item in enumerate(self.items) if self.scatter(at, at) == 0)
