"""陈述: sentences that say how their own figures hang together; each idea has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.review.recognising import answers_in_text, listed_parts, months_covered, products, stated_bases
from jixiao.review.recognising.average_growth import average_growth
from jixiao.review.recognising.changes_in_text import adjusted, balances, from_to, growth, twice
from jixiao.review.recognising.expressions import expressions
from jixiao.review.recognising.marks_in_text import deductions, lost_points, points, taken_off
from jixiao.review.recognising.mentions import mentions, sentences
from jixiao.review.recognising.near_rates import averages, counted_rates, per_one
from jixiao.review.recognising.parts_in_text import parts, sources, summed_up
from jixiao.review.recognising.rates_in_text import budget_shares, completion, rates
from jixiao.review.recognising.shares_in_text import carried, shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.elsewhere import Elsewhere
    from jixiao.review.recognising.material import Passage
    from jixiao.review.said import Relation


def recognise(passage: Passage, elsewhere: Elsewhere) -> Iterator[Relation]:
    """Yield what the sentences of a passage say about their own figures and those that they build on."""
    found = mentions(passage)
    if not found:
        return
    spans = sentences(passage.text)
    of_sentences = [
        relation
        for number, (start, end) in enumerate(spans)
        for relation in _of_sentence(passage, (start, end), spans[max(0, number - 1)][0], elsewhere)
    ]
    yield from of_sentences
    yield from carried(found, of_sentences, passage)
    yield from listed_parts.recognise(found, passage, elsewhere.lately(passage), elsewhere.flows())
    yield from answers_in_text.recognise(found, passage)
    yield from months_covered.recognise(found, elsewhere.named)
    yield from averages(found, passage)
    yield from per_one(found, passage)
    yield from deductions(found, passage)
    yield from lost_points(found, passage)
    yield from taken_off(found, passage)
    yield from average_growth(found, passage)
    yield from balances(found, passage)
    yield from adjusted(found)
    yield from sources(found, passage)
    yield from expressions(passage)


def _of_sentence(passage: Passage, within: tuple[int, int], since: int, elsewhere: Elsewhere) -> Iterator[Relation]:
    """Yield what one sentence says; `since` is where the sentence before it begins."""
    start, end = within
    found = mentions(passage)
    inside = [m for m in found if start <= m.start < end]
    if not inside:
        return
    earlier = [m for m in found if m.start < start]
    yield from rates(inside, earlier, since, elsewhere.budget, elsewhere.lately(passage))
    yield from parts(inside, passage)
    yield from growth(inside, passage)
    yield from points(inside, passage)
    yield from completion(inside, passage)
    yield from budget_shares(inside, earlier, passage)
    yield from shares(inside, earlier, passage, elsewhere.named)
    yield from counted_rates(inside, earlier)
    yield from products.recognise(inside, passage)
    yield from from_to(inside, passage)
    yield from stated_bases.recognise(inside, passage)
    yield from summed_up(inside, passage)
    yield from twice(inside, passage)
