"""预算执行得分: points for budget execution are the weight times the execution rate, up to the weight.

    score = weight × min(rate, 100%), from the rate as printed or from the amounts

The bands of 财预〔2021〕101号 for unfinished projects (10, 7, 5, 0) are known. Full marks below 100% ask for a reason.

Source: 财预〔2020〕10号; R05 of the rule catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures import exact
from jixiao.review.arithmetic import span
from jixiao.review.check import found
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Claim, Said

AUTHORITY = "caiyu-2020-10#execution"
_BANDS = ((100, 10), (80, 7), (60, 5), (0, 0))


def findings(said: Said) -> list[Finding]:
    """Return a finding for every execution score that neither the rate nor the amounts give."""
    result = []
    for relation in said.about("execution_score"):
        score, weight, rate = relation.claims
        if score.figure is None or weight.figure is None or rate.figure is None or rate.figure.num < 0:
            continue
        places = score.figure.places or 0
        full = Span.value(weight.figure)
        rates = [span(rate)]
        if {"executed", "budget"} <= relation.facts.keys():
            own = span(relation.facts["executed"]).over(span(relation.facts["budget"]))
            rates += [own] if own is not None else []
        if any(_gives(full, each, score, places) for each in rates) or _banded(score, weight, rate):
            continue
        right = _points(full, rate, max(places, 2))
        kept = score.figure.num * weight.figure.den == weight.figure.num * score.figure.den
        result.append(
            found(
                "execution_scores",
                "warning" if kept else "error",
                relation.claims,
                printed=score.text,
                expected=right,
                what=f"execution_scores.{'full' if kept else 'differs'}",
                score=score.text,
                weight=weight.text,
                rate=rate.text,
                right=right,
            )
        )
    return result


def _gives(full: Span, rate: Span, score: Claim, places: int) -> bool:
    """Return whether a rate, capped at 100%, gives the score at its places."""
    assert score.figure is not None
    low, high = (_rounded(full, end, places) for end in rate)
    printed = score.figure.num * exact.POWERS[places]
    return low * score.figure.den <= printed <= high * score.figure.den


def _rounded(full: Span, end: tuple[int, int], places: int) -> int:
    num, den = (1, 1) if end[0] >= end[1] else end
    return exact.half_up(full.low[0] * num, full.low[1] * den, places)


def _points(full: Span, rate: Claim, places: int) -> str:
    assert rate.figure is not None
    return exact.spelt(_rounded(full, (rate.figure.num, rate.figure.den), places), places, strip=True)


def _banded(score: Claim, weight: Claim, rate: Claim) -> bool:
    """Return whether the score is the one of the pass-mark bands."""
    assert score.figure is not None
    assert weight.figure is not None
    assert rate.figure is not None
    for least, tenths in _BANDS:
        if rate.figure.num * 100 >= least * rate.figure.den:
            return (
                tenths < 10
                and score.figure.num * weight.figure.den * 10 == tenths * weight.figure.num * score.figure.den
            )
    return False
