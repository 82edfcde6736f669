"""信度: Cronbach's α of several items, exactly, and α without each of them.

    α = K ÷ (K − 1) × (1 − Σ σᵢ² ÷ σ_T²)

σᵢ² and σ_T² are sample variances over the persons who answered all items; their divisors cancel, so α is a ratio of
whole numbers.

Authority: Cronbach 1951 (norms/survey-methods.yaml).

>>> from jixiao.surveys.moments import Moments
>>> str(alpha(Moments.of(("a", "b", "c"), [(5, 4, 5), (3, 3, 4), (2, 1, 1), (4, 4, 5)])).value.published(4))
'0.963'
>>> alpha(Moments.of(("a", "b"), [(5, 4), (5, 3)])).text("zh")
'a 的作答全部相同，方差为 0，不计算'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Message
from jixiao.surveys.bands import Band, band
from jixiao.surveys.roots import decimal_of

if TYPE_CHECKING:
    from jixiao.surveys.moments import Moments

FEWEST = 2


class Reliability(NamedTuple):
    """α with its band, and α with each item left out (a `Message` where it cannot be had)."""

    value: Figure
    band: Band
    persons: int
    without: tuple[tuple[str, Figure | Message], ...] = ()


def alpha(moments: Moments) -> Reliability | Message:
    """Return α with its item-deleted values, or the condition that does not hold."""
    value = coefficient(moments)
    if isinstance(value, Message):
        return value
    deleted = tuple((item, coefficient(moments.without(at))) for at, item in enumerate(moments.items))
    return Reliability(value, band("alpha", decimal_of(value)), moments.n, deleted)


def coefficient(moments: Moments) -> Figure | Message:
    """Return α alone, or the condition that does not hold."""
    why = unmet(moments, fewest=FEWEST)
    if why is not None:
        return why
    scatters, k = moments.scatters(), len(moments.items)
    own = sum(scatters[at][at] for at in range(k))
    whole = sum(map(sum, scatters))
    if whole == 0:
        return Message("survey.condition.constant_total", {"items": list(moments.items)})
    return exactly(k * (whole - own), (k - 1) * whole)


def unmet(moments: Moments, *, fewest: int) -> Message | None:
    """Return the first condition that does not hold: enough items, enough persons, no constant item."""
    if len(moments.items) < FEWEST:
        return Message("survey.condition.few_items", {"items": len(moments.items), "fewest": FEWEST})
    if moments.n < fewest:
        return Message("survey.condition.few_persons", {"persons": moments.n, "fewest": fewest})
    constant = moments.constant()
    return Message("survey.condition.constant", {"items": list(constant)}) if constant else None
