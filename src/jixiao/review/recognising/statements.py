"""陈述: sentences that say how their own figures hang together; each idea has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.recognising.average_growth import average_growth
from jixiao.review.recognising.changes_in_text import adjusted, balances, from_to, growth, twice
from jixiao.review.recognising.expressions import expressions
from jixiao.review.recognising.marks_in_text import deductions, lost_points, points, taken_off
from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.recognising.parts_in_text import parts, sources, summed_up
from jixiao.review.recognising.rates_in_text import budget_shares, completion, counted_rates, rates, the_budget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Relation

__all__ = ["recognise", "the_budget"]


def recognise(passage: Passage, budget: Mention | None = None) -> Iterator[Relation]:
    """Yield what the sentences of a passage say about their own figures; `budget` is the one of the whole report."""
    found = mentions(passage)
    if not found:
        return
    for number, (start, end) in enumerate(spans := sentences(passage.text)):
        inside = [m for m in found if start <= m.start < end]
        if not inside:
            continue
        before = [m for m in found if m.start < start and (number < 1 or m.start >= spans[max(0, number - 1)][0])]
        far = [m for m in found if m.start < start and m.base == "元" and m not in before]
        yield from rates(inside, before, budget, far)
        yield from parts(inside, passage)
        yield from growth(inside, passage)
        yield from points(inside, passage)
        yield from completion(inside, passage)
        yield from budget_shares(inside, [m for m in found if m.start < start], passage)
        yield from counted_rates(inside)
        yield from from_to(inside, passage)
        yield from summed_up(inside, passage)
        yield from twice(inside, passage)
    yield from deductions(found, passage)
    yield from lost_points(found, passage)
    yield from taken_off(found, passage)
    yield from average_growth(found, passage)
    yield from balances(found, passage)
    yield from adjusted(found)
    yield from sources(found, passage)
    yield from expressions(passage)
