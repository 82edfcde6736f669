"""验算: whether a relation can hold, given how each figure is printed, and what each figure would have to be.

    sum         result = Σ sign × input
    ratio       result = input 1 ÷ input 2 (× `facts["scale"]`)
    change      result = input 1 ÷ input 2 − 1 (the other way round after a fall)
    growth      result = change ÷ (this year − change); a fall counts as a negative change
    same        result = input
    weighted    result = Σ `facts["top"]` × input ÷ Σ `facts["bottom"]` × input, or ÷ `facts["over"]`

A relation with `facts["instead"]` (other sets of inputs) holds when one of them fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures import exact
from jixiao.figures.figure import Figure
from jixiao.review.said import Claim, Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUMS = ("footing", "parts", "points", "difference", "balance", "deviation")
RATIOS = ("rate", "score_rate", "completion", "ratio")
ARITHMETIC = (*SUMS, *RATIOS, "growth", "change", "same", "weighted")
AWARDED = ("points",)
_WHOLE_THINGS = frozenset("人次户个家份例件起项张场笔种篇部本台辆条处座批床村期") | {"人次"}
ONE = Span.exactly(1)


def span(claim: Claim, *, sharp: bool = False) -> Span:
    """Return the values that a claim's figure can stand for; points are set, so they are themselves."""
    assert claim.figure is not None
    return Span.value(claim.figure) if sharp or _counted(claim.figure) else Span.of(claim.figure)


def _counted(figure: Figure) -> bool:
    """Return whether a figure counts whole things (人, 户, 家, 份), so that it is itself and not rounded."""
    return figure.places == 0 and figure.unit.base in _WHOLE_THINGS and figure.unit.num == figure.unit.den == 1


def holds(relation: Relation) -> bool | None:
    """Return whether a relation can hold; None where it cannot be computed (no divisor, different units)."""
    results = [_fits(relation, inputs) for inputs in (relation.inputs, *relation.facts.get("instead", ()))]
    known = [result for result in results if result is not None]
    return any(known) if known else None


def _fits(relation: Relation, inputs: Sequence[Claim]) -> bool | None:
    found = computed(relation, inputs)
    if found is None:
        return None
    return found.meets(span(relation.result, sharp=relation.kind in AWARDED or relation.facts.get("exact", False)))


def computed(relation: Relation, inputs: Sequence[Claim] | None = None) -> Span | None:
    """Return what the result would be by its inputs."""
    spans = [
        span(claim, sharp=_sharp(relation, claim) or (relation.kind == "completion" and n == 1))  # a target is set
        for n, claim in enumerate(relation.inputs if inputs is None else inputs)
    ]
    return _FORMULAS.get(relation.kind, _first)(relation, spans)


def _sum(relation: Relation, spans: list[Span]) -> Span:
    signs = relation.facts.get("signs", (1,) * len(spans))
    return _total([s if sign > 0 else Span.exactly(0).minus(s) for s, sign in zip(spans, signs, strict=True)])


def _ratio(relation: Relation, spans: list[Span]) -> Span | None:
    quotient = spans[0].over(spans[1])
    return quotient.times(_scale(relation)) if quotient is not None else None


def _change(relation: Relation, spans: list[Span]) -> Span | None:
    quotient = spans[0].over(spans[1])
    if quotient is None:
        return None
    return ONE.minus(quotient) if relation.facts.get("fell") else quotient.minus(ONE)


def _first(_: Relation, spans: list[Span]) -> Span:
    return spans[0]


def _sharp(relation: Relation, claim: Claim) -> bool:
    """Return whether a figure is taken as the value itself: points, and whole-number targets and weights."""
    return (
        relation.kind in (*AWARDED, "score_rate")
        or relation.facts.get("exact", False)
        or claim.kind in ("weight", "score")
        or (relation.kind == "weighted" and claim.figure is not None and claim.figure.places == 0)
    )


def _weighted(relation: Relation, spans: list[Span]) -> Span | None:
    """Return the weighted inputs over their own other weighting, or over a number."""
    top = _total([s.times(Span.exactly(weight)) for s, weight in zip(spans, relation.facts["top"], strict=True)])
    if "over" in relation.facts:
        return top.over(Span.exactly(relation.facts["over"]))
    pairs = zip(spans, relation.facts["bottom"], strict=True)
    return top.over(_total([s.times(Span.exactly(weight)) for s, weight in pairs]))


def _scale(relation: Relation) -> Span:
    """Return what a quotient is multiplied by: 万元 over heads gives 元 a head after 10,000."""
    return Span.exactly(*relation.facts.get("scale", (1, 1)))


def _total(spans: list[Span]) -> Span:
    found = Span.exactly(0)
    for one in spans:
        found = found.plus(one)
    return found


def _growth(relation: Relation, spans: list[Span]) -> Span | None:
    """Return change ÷ last year, where last year is this year less the change (plus it after a fall).

    Both ends of the quotient rise with the change and fall with this year's amount.
    """
    ratio = spans[1].over(spans[0])
    if ratio is None:
        return None
    last = ratio.plus(ONE) if relation.facts.get("fell", False) else ratio.minus(ONE)
    return ONE.over(last)


_FORMULAS: dict[str, Callable[[Relation, list[Span]], Span | None]] = {
    **dict.fromkeys(SUMS, _sum),
    **dict.fromkeys(RATIOS, _ratio),
    "weighted": _weighted,
    "change": _change,
    "growth": _growth,
}


def would_be(relation: Relation, at: int) -> Span | None:
    """Return what the claim at a position (0 is the result) would have to be for the others to be right."""
    if at == 0:
        return computed(relation)
    spans = [span(claim, sharp=_sharp(relation, claim)) for claim in relation.claims]
    others = [s for n, s in enumerate(spans) if n not in (0, at)]
    if relation.kind in SUMS:
        signs = relation.facts.get("signs", (1,) * len(relation.inputs))
        rest = [s if signs[n - 1] > 0 else Span.exactly(0).minus(s) for n, s in enumerate(spans) if n not in (0, at)]
        left = spans[0].minus(_total(rest))
        return left if signs[at - 1] > 0 else Span.exactly(0).minus(left)
    if relation.kind in RATIOS:
        rate = spans[0].over(_scale(relation))
        return None if rate is None else rate.times(others[0]) if at == 1 else others[0].over(rate)
    if relation.kind == "same":
        return spans[0]
    return None


def printed(span_of: Span, like: Claim) -> str:
    """Return a computed value as it would print in the place of a claim: its unit, its decimals."""
    figure = like.figure
    assert figure is not None
    num, den = span_of.middle()
    value = Figure(*exact.reduced(num, den), figure.unit)
    places = figure.places or 0
    if figure.unit.name == "%" and places < 2:
        return str(value.published(2))
    if span_of.low == span_of.high:
        own = exact.exactly(*exact.reduced(value.num * figure.unit.den, value.den * figure.unit.num))
        places = max(places, min(own[1], 4)) if own is not None else places
    text = value.text(places)
    bare = figure.spelt is not None and figure.unit.name and not figure.spelt.endswith(figure.unit.name)
    return text.removesuffix(figure.unit.name) if bare else text
