"""分层: estimates from parts of known size: weighted mean, its variance, design effect.

    x̄     = Σ W_h x̄_h                W_h = size of the stratum ÷ all sizes
    var    = Σ W_h² s_h² ÷ n_h
    deff   = var ÷ (S² ÷ (n − 1)),    S² = Σ W_h (Σx²_h ÷ n_h) − x̄²

deff compares with a simple random sample of the same size. Everything is a ratio of whole numbers.

Authority: Cochran 1977, ch. 5; Kish 1965 (norms/survey-methods.yaml).

>>> two = (Part("城", exactly(3), 10, 8, 8), Part("乡", exactly(1), 10, 4, 4))
>>> estimate = stratified(two)
>>> str(estimate.mean), str(estimate.design_effect.published(3))
('0.7', '1.056')
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.surveys.questionnaire import Questionnaire


class Part(NamedTuple):
    """One stratum: its name, its size or weight, and n, Σx and Σx² of its answers (whole numbers)."""

    name: str
    size: Figure
    n: int
    points: int
    squares: int


class Estimate(NamedTuple):
    """A weighted mean, its variance and its design effect (None where nothing varies)."""

    mean: Figure
    variance: Figure
    design_effect: Figure | None


BY_FILE = "file"


def by_file(form: Questionnaire) -> bool:
    """Return whether each answer file is one stratum, named as the file is (regional surveys)."""
    return form.sample is not None and form.sample.strata is not None and form.sample.strata.by == BY_FILE


def stratified(parts: Sequence[Part]) -> Estimate | Message:
    """Return the estimate from all strata; a stratum with fewer than two answers has no variance and is named."""
    thin = [part.name for part in parts if part.n < 2]
    if thin or not parts:
        return Message("survey.condition.thin_strata", {"strata": thin})
    sizes = [Fraction(part.size.num, part.size.den) for part in parts]
    weights = [size / sum(sizes) for size in sizes]
    means = [Fraction(part.points, part.n) for part in parts]
    own = [Fraction(part.n * part.squares - part.points**2, part.n * (part.n - 1)) for part in parts]
    mean = sum((w * m for w, m in zip(weights, means, strict=True)), Fraction())
    variance = sum((w * w * s / part.n for w, s, part in zip(weights, own, parts, strict=True)), Fraction())
    second = sum((w * part.squares / part.n for w, part in zip(weights, parts, strict=True)), Fraction())
    simple = (second - mean * mean) / (sum(part.n for part in parts) - 1)
    return Estimate(_figure(mean), _figure(variance), _figure(variance / simple) if simple else None)


def weighted(rates: Mapping[str, Figure], weights: Mapping[str, Figure]) -> Figure | Message:
    """Return Σ weight × rate ÷ Σ weight over regions or strata; every rate needs its weight and every weight its rate.

    >>> rates = {"甲": exactly(9, 10, PERCENT), "乙": exactly(8, 10, PERCENT)}
    >>> str(weighted(rates, {"甲": exactly(1), "乙": exactly(3)}))
    '82.5%'
    """
    lacking = sorted(set(weights) - set(rates))
    unknown = sorted(set(rates) - set(weights))
    if lacking or unknown or not rates:
        return Message("survey.condition.weights", {"lacking": lacking or "—", "unknown": unknown or "—"})
    sizes = {name: Fraction(size.num, size.den) for name, size in weights.items()}
    whole = sum(sizes.values())
    if whole <= 0:
        return Message("survey.condition.no_weight", {})
    found = sum((sizes[name] * Fraction(rate.num, rate.den) for name, rate in rates.items()), Fraction()) / whole
    return exactly(found.numerator, found.denominator, PERCENT)


def _figure(value: Fraction) -> Figure:
    return exactly(value.numerator, value.denominator)
