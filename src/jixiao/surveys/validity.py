"""效度: how each item goes with the whole, by Pearson's r; whether items suit a factor analysis, by KMO and Bartlett.

    r   = Σxy ÷ (√Σx² √Σy²), x the item's and y the total's deviation from its mean
    KMO = Σ r² ÷ (Σ r² + Σ p²) over the pairs, p the partial correlations from the inverse of the matrix
    χ²  = −(n − 1 − (2K + 5)/6) ln |R|, with K(K − 1)/2 degrees of freedom

r² and p² are ratios of whole numbers, so KMO is exact; only r itself and χ² are rounded to 50 digits. As in the seed
report the total contains the item; `rest` is the correlation with the total of the others.

Authority: the evaluated report for r and its bands; Kaiser 1974 and Bartlett 1951 (norms/survey-methods.yaml).
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Message
from jixiao.surveys.bands import Band, band
from jixiao.surveys.probability import DIGITS, chi_square_tail
from jixiao.surveys.reliability import unmet
from jixiao.surveys.roots import decimal_of, log, root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.surveys.moments import Moments

FEWEST = 3


class ItemValidity(NamedTuple):
    """One item: r with the total, its band, and r with the total of the other items."""

    code: str
    r: Decimal
    band: Band
    rest: Decimal | Message


class Suitability(NamedTuple):
    """KMO with its band, and Bartlett's test of sphericity."""

    kmo: Figure
    band: Band
    chi_square: Decimal
    degrees: int
    p: Decimal


def item_total(moments: Moments) -> tuple[ItemValidity, ...] | Message:
    """Return the item–total correlations, or the condition that does not hold."""
    why = unmet(moments, fewest=FEWEST)
    if why is not None:
        return why
    scatters = moments.scatters()
    whole = sum(map(sum, scatters))
    if whole == 0:
        return Message("survey.condition.constant_total", {"items": list(moments.items)})
    found = []
    for at, item in enumerate(moments.items):
        own, with_total = scatters[at][at], sum(scatters[at])
        r = correlation(with_total, own, whole)
        others = whole - 2 * with_total + own
        rest: Decimal | Message = Message("survey.condition.constant_total", {"items": list(moments.without(at).items)})
        if others > 0:
            rest = correlation(with_total - own, own, others)
        found.append(ItemValidity(item, r, band("validity", abs(r)), rest))
    return tuple(found)


def correlation(covariance: int, one: int, other: int) -> Decimal:
    """Return covariance ÷ √(one × other); exactly ±1 or 0 where it is that."""
    value = root(covariance * covariance, one * other)
    return -value if covariance < 0 else value


def suitability(moments: Moments) -> Suitability | Message:
    """Return KMO and Bartlett's test, or the condition that does not hold."""
    k = len(moments.items)
    if k < FEWEST:
        return Message("survey.condition.few_items", {"items": k, "fewest": FEWEST})
    why = unmet(moments, fewest=k + 1)
    if why is not None:
        return why
    scatters = moments.scatters()
    adjugate, determinant = inverse(scatters)
    if determinant == 0:
        return Message("survey.condition.singular", {"items": list(moments.items)})
    kmo = _kmo(scatters, adjugate)
    if kmo is None:
        return Message("survey.condition.uncorrelated", {"items": list(moments.items)})
    product = 1
    for at in range(k):
        product *= scatters[at][at]
    with localcontext() as context:
        context.prec = DIGITS
        factor = Decimal(moments.n - 1) - Decimal(2 * k + 5) / 6
        chi_square = -factor * log(determinant, product)
    degrees = k * (k - 1) // 2
    return Suitability(
        kmo, band("kmo", decimal_of(kmo)), chi_square, degrees, chi_square_tail(max(chi_square, Decimal(0)), degrees)
    )


def _kmo(scatters: Sequence[Sequence[int]], adjugate: Sequence[Sequence[int]]) -> Figure | None:
    """Return Σr² ÷ (Σr² + Σp²), both as exact ratios over the pairs; None where both are zero."""
    plain, partial = exactly(0), exactly(0)
    for i in range(len(scatters)):
        for j in range(i):
            plain = _plus(plain, scatters[i][j] ** 2, scatters[i][i] * scatters[j][j])
            partial = _plus(partial, adjugate[i][j] ** 2, adjugate[i][i] * adjugate[j][j])
    both = _plus(plain, partial.num, partial.den)
    return None if both.num == 0 else exactly(plain.num * both.den, plain.den * both.num)


def _plus(figure: Figure, num: int, den: int) -> Figure:
    return exactly(figure.num * den + num * figure.den, figure.den * den)


def inverse(matrix: Sequence[Sequence[int]]) -> tuple[list[list[int]], int]:
    """Return the adjugate of an integer matrix and its determinant, by fraction-free elimination (Bareiss 1968).

    >>> inverse([[2, 1], [1, 3]])
    ([[3, -1], [-1, 2]], 5)
    """
    size = len(matrix)
    rows = [[*row, *(int(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    before, sign = 1, 1
    for at in range(size):
        pivot = next((i for i in range(at, size) if rows[i][at] != 0), None)
        if pivot is None:
            return [], 0
        if pivot != at:
            rows[at], rows[pivot], sign = rows[pivot], rows[at], -sign
        for i in range(size):
            if i != at:
                lead = rows[i][at]
                rows[i] = [(rows[at][at] * mine - lead * other) // before
                           for mine, other in zip(rows[i], rows[at], strict=True)]  # fmt: skip
        before = rows[at][at]
    return [[sign * value for value in row[size:]] for row in rows], sign * before
