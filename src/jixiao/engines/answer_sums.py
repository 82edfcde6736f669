"""答卷求和: the expressions that count and add the coded answers, and the slices that their results are.

Columns hold codes as `surveys.decoding` gives them; names that begin with # are counts. Nothing here divides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from jixiao.findings import Message
from jixiao.surveys import satisfaction
from jixiao.surveys.moments import Moments
from jixiao.surveys.questionnaire import CLOSED
from jixiao.surveys.tally import Count, Slice, Totals

if TYPE_CHECKING:
    from jixiao.surveys.questionnaire import Condition, Question, Questionnaire


def shown(question: Question, form: Questionnaire) -> pl.Expr:
    """Return whether a question was shown, over columns of codes."""
    asked = question.shown_when
    if asked is None:
        return pl.lit(value=True)
    return pl.any_horizontal([_met(asked, other) for code in asked.questions if (other := form.question(code))])


def _met(asked: Condition, other: Question) -> pl.Expr:
    answer = pl.col(other.code)
    if asked.at_most is not None:
        return (answer <= asked.at_most - other.low + 1).fill_null(value=False)
    wanted = [at for at, option in enumerate(other.choices()) if option.code in asked.options]
    if other.kind == "multiple":
        return ((answer & sum(1 << at for at in wanted)) != 0).fill_null(value=False)
    return answer.is_in([at + 1 for at in wanted]).fill_null(value=False)


def sums(form: Questionnaire) -> list[pl.Expr]:
    """Return every count and sum that a slice holds."""
    found = [pl.len().alias("#n")]
    for question in form.questions():
        answer, seen = pl.col(question.code), shown(question, form)
        if question.shown_when is not None:
            found.append(seen.sum().alias(f"#shown {question.code}"))
            found.append((~seen & answer.is_not_null()).sum().alias(f"#stray {question.code}"))
        found.append(answer.count().alias(f"#answered {question.code}"))
        for at in range(len(question.choices()) if question.kind in CLOSED else 0):
            chosen = (answer & (1 << at)) != 0 if question.kind == "multiple" else answer == at + 1
            found.append(chosen.sum().alias(f"#chosen {question.code} {at}"))
    return [*found, *_products(form), *_totals(form)]


def _products(form: Questionnaire) -> list[pl.Expr]:
    """Return the sums and products of the satisfaction items over the persons who answered all of them."""
    items = satisfaction.items(form)
    if not items:
        return []
    # One empty item empties the whole person: adding 0 × all of them carries the null over.
    whole = pl.all_horizontal([pl.col(code).is_not_null() for code in items])
    points = {code: pl.when(whole).then(pl.col(code)) for code in items}
    found = [whole.sum().alias("#persons")]
    for at, one in enumerate(items):
        found.append(points[one].sum().alias(f"#sum {one}"))
        # At most 32 × 32 points: 16 bits hold the product, and sums are taken in 64.
        found += [(points[one].cast(pl.UInt16) * points[other].cast(pl.UInt16)).sum().alias(f"#product {one} {other}")
                  for other in items[at:]]  # fmt: skip
    return found


def _totals(form: Questionnaire) -> list[pl.Expr]:
    """Return the sum and the sum of squares of each person's points under the formula of satisfaction."""
    items = satisfaction.items(form)
    if not items or form.satisfaction is None or form.satisfaction.formula == "mean":
        return []
    total = pl.sum_horizontal([_pointed(code, form) for code in items], ignore_nulls=False)
    return [total.sum().alias("#points"), (total * total).sum().alias("#squares")]


def _pointed(code: str, form: Questionnaire) -> pl.Expr:
    question = form.question(code)
    assert question is not None and form.satisfaction is not None
    points = satisfaction.points(form.satisfaction.formula, question)
    earned = {} if isinstance(points, Message) else dict(enumerate(points, 1))
    return pl.col(code).replace_strict(earned, default=None, return_dtype=pl.Int64)


def slice_of(row: dict[str, Any], returned: int, form: Questionnaire) -> Slice:
    """Return the slice that one row of sums is."""
    valid = row["#n"]
    counts = {}
    for question in form.questions():
        code = question.code
        choices = range(len(question.choices()) if question.kind in CLOSED else 0)
        chosen = tuple(row[f"#chosen {code} {at}"] for at in choices)
        counts[code] = Count(
            row.get(f"#shown {code}", valid), row[f"#answered {code}"], chosen, row.get(f"#stray {code}", 0)
        )
    moments = _moments(row, form)
    totals = Totals(moments.n, row["#points"], row["#squares"]) if moments and "#points" in row else None
    return Slice(returned, valid, counts, moments, totals)


def _moments(row: dict[str, Any], form: Questionnaire) -> Moments | None:
    """Return the moments in points, from sums of positions: a scale that begins at 0 has its position 1 there."""
    items = satisfaction.items(form)
    if not items:
        return None
    n: int = row["#persons"]
    lows = {question.code: question.low for question in form.questions()}
    shift = [lows[code] - 1 for code in items]
    sums: list[int] = [row[f"#sum {code}"] for code in items]
    product = {(one, other): row[f"#product {one} {other}"] for at, one in enumerate(items) for other in items[at:]}

    def cross(i: int, j: int) -> int:
        raw = int(product[items[min(i, j)], items[max(i, j)]])
        return raw + shift[j] * sums[i] + shift[i] * sums[j] + n * shift[i] * shift[j]

    every = range(len(items))
    shifted = tuple(sums[i] + n * shift[i] for i in every)
    return Moments(items, n, shifted, tuple(tuple(cross(i, j) for j in every) for i in every))
