"""置信区间: what a sample leaves open: Wilson's interval of a share, the normal interval of a mean.

    share:  (p + z²/2m ± z √(p(1 − p)/m + z²/4m²)) ÷ (1 + z²/m),  m = n ÷ design effect
    mean:   x̄ ± z s ÷ √m

Authority: Wilson 1927; effective size after Kish 1965 (norms/survey-methods.yaml).

>>> [str(end.published(2)) for end in share(215, 221, exactly(95, 100))]
['94.2%', '98.75%']
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import exactly
from jixiao.figures.units import PERCENT
from jixiao.surveys.probability import DIGITS, normal_quantile
from jixiao.surveys.roots import as_figure, decimal_of, root

if TYPE_CHECKING:
    from jixiao.figures.figure import Figure

_ONE = exactly(1)


class Interval(NamedTuple):
    """The two ends of a confidence interval, as rates."""

    low: Figure
    high: Figure


def share(chosen: int, n: int, confidence: Figure, design_effect: Figure = _ONE) -> Interval:
    """Return Wilson's interval of chosen of n > 0."""
    z = quantile(confidence)
    with localcontext() as context:
        context.prec = DIGITS
        p, m = Decimal(chosen) / n, n / decimal_of(design_effect)
        middle = p + z * z / (2 * m)
        half = z * (p * (1 - p) / m + z * z / (4 * m * m)).sqrt()
        ends = ((middle - half) / (1 + z * z / m), (middle + half) / (1 + z * z / m))
    # At 0 and at n the nearer end is p itself; fifty digits would leave a last digit's dust there.
    low = Decimal(0) if chosen == 0 else ends[0]
    high = Decimal(1) if chosen == n else ends[1]
    return Interval(as_figure(low, PERCENT), as_figure(high, PERCENT))


def mean(centre: Figure, variance: Figure, n: int, confidence: Figure, design_effect: Figure = _ONE) -> Interval:
    """Return the normal interval of a mean with the sample variance of a single answer, kept within 0 and 1."""
    spread = root(variance.num * design_effect.num, variance.den * design_effect.den * n)
    with localcontext() as context:
        context.prec = DIGITS
        half = quantile(confidence) * spread
        low, high = decimal_of(centre) - half, decimal_of(centre) + half
    return Interval(as_figure(max(low, Decimal(0)), PERCENT), as_figure(min(high, Decimal(1)), PERCENT))


def quantile(confidence: Figure) -> Decimal:
    """Return z for a two-sided confidence, 1.96 for 95%."""
    with localcontext() as context:
        context.prec = DIGITS
        return normal_quantile((1 + decimal_of(confidence)) / 2)
