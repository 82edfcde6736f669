"""满意度: points on a scale to a rate, item by item and overall, by a formula that is named; awareness.

    item    = Σ worth of the points given ÷ (answers × worth of the highest)
    overall = the mean of the items

Formulas: `formulas.yaml`. Which one was used is part of the result and is printed.

>>> from jixiao.surveys.questionnaire import Question
>>> points("graded", Question("S1", "scale", ""))
(0, 30, 60, 80, 100)
>>> str(item_rate("mean", Question("S1", "scale", ""), (0, 0, 1, 42, 178)).published(2))
'96.02%'
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao import library
from jixiao.figures.figure import Figure, compared, exactly, total
from jixiao.figures.units import PERCENT
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.surveys.questionnaire import Question, Questionnaire
    from jixiao.surveys.tally import Slice


class Item(NamedTuple):
    """One question of satisfaction: its rate and what it was computed from (points given of points possible)."""

    code: str
    text: str
    rate: Figure | Message
    answered: int
    given: int
    possible: int


class Overall(NamedTuple):
    """Satisfaction by a named formula: the items from the highest to the lowest, and the mean of them."""

    formula: str
    items: tuple[Item, ...]
    rate: Figure | Message


def formulas() -> dict[str, Any]:
    """Return the known formulas by name."""
    found: dict[str, Any] = library.read("surveys/formulas.yaml")
    return found


def items(form: Questionnaire) -> tuple[str, ...]:
    """Return the items of satisfaction: those the form names, else all scales that are no importance ratings."""
    if form.satisfaction is not None:
        return form.satisfaction.items
    return tuple(code for code in form.scales() if code not in form.importance.values())


def formula_of(form: Questionnaire, asked: str | None = None) -> str:
    """Return the formula asked for, else the form's own."""
    return asked or (form.satisfaction.formula if form.satisfaction else "mean")


def points(formula: str, question: Question) -> tuple[int, ...] | Message:
    """Return what each point of a scale is worth, from its lowest point, or why the formula does not fit it."""
    spec, low, high = formulas()[formula], question.low, question.high
    if spec["each"] == "fraction":
        return tuple(range(low, high + 1))
    if spec["each"] == "top_two":
        return tuple(int(point > high - 2) for point in range(low, high + 1))
    worth = tuple(int(text) for text in reversed(spec["each"]))
    if len(worth) != high - low + 1:
        args = {"formula": formula, "points": len(worth), "code": question.code, "scale": high - low + 1}
        return Message("survey.condition.formula_scale", args)
    return worth


def item_rate(formula: str, question: Question, chosen: Sequence[int]) -> Figure | Message:
    """Return the rate of one item from how often each point was given."""
    worth = points(formula, question)
    if isinstance(worth, Message):
        return worth
    if sum(chosen) == 0:
        return Message("survey.condition.nobody", {"code": question.code})
    return exactly(sum(map(int.__mul__, worth, chosen)), sum(chosen) * worth[-1], PERCENT)


def overall(form: Questionnaire, part: Slice, formula: str | None = None) -> Overall | Message:
    """Return satisfaction over a slice of the answers, ranked; a `Message` where the form has no items."""
    named = formula_of(form, formula)
    if named not in formulas():
        return Message("survey.condition.unknown_formula", {"formula": named, "known": list(formulas())})
    asked = [question for code in items(form) if (question := form.question(code))]
    if not asked:
        return Message("survey.condition.no_items", {})
    found = [_item(named, question, part) for question in asked]
    why = next((item.rate for item in found if isinstance(item.rate, Message)), None)
    rates = [item.rate for item in found if isinstance(item.rate, Figure)]
    return Overall(named, tuple(sorted(found, key=cmp_to_key(_higher_first))), why or mean(rates))


def _item(formula: str, question: Question, part: Slice) -> Item:
    chosen, worth = part.counts[question.code].chosen, points(formula, question)
    given = 0 if isinstance(worth, Message) else sum(map(int.__mul__, worth, chosen))
    most = 0 if isinstance(worth, Message) else worth[-1] * sum(chosen)
    return Item(question.code, question.text, item_rate(formula, question, chosen), sum(chosen), given, most)


def _higher_first(one: Item, other: Item) -> int:
    if isinstance(one.rate, Message) or isinstance(other.rate, Message):
        return isinstance(one.rate, Message) - isinstance(other.rate, Message)
    return compared(other.rate, one.rate) or 0


def mean(rates: Sequence[Figure]) -> Figure:
    """Return the mean of some rates, exactly."""
    whole = total(rates)
    return exactly(whole.num, whole.den * len(rates), PERCENT)


def weighted(form: Questionnaire, part: Slice) -> Figure | Message:
    """Return satisfaction by the appropriateness–importance model (适当性-重要性加权).

    Σ importance × appropriateness ÷ Σ importance, over the items' mean points, as a share of the highest point.
    """
    over, under = exactly(0, 1), exactly(0, 1)
    if not form.importance:
        return Message("survey.condition.no_importance", {})
    for code, weight in form.importance.items():
        fit, weighs = (_mean_share(form, part, name) for name in (code, weight))
        if fit is None or weighs is None:
            return Message("survey.condition.nobody", {"code": code if fit is None else weight})
        over = total([over, exactly(fit.num * weighs.num, fit.den * weighs.den)])
        under = total([under, weighs])
    return exactly(over.num * under.den, over.den * under.num, PERCENT)


def _mean_share(form: Questionnaire, part: Slice, code: str) -> Figure | None:
    """Return the mean points of a scale as a share of its highest point."""
    question = form.question(code)
    assert question is not None
    rate = item_rate("mean", question, part.counts[code].chosen)
    return exactly(rate.num, rate.den) if isinstance(rate, Figure) else None


def share(form: Questionnaire, part: Slice, code: str, codes: Sequence[str]) -> Figure | Message:
    """Return the share of those who answered a question with one of some options (multiple choice: one option)."""
    question = form.question(code)
    if question is None:
        known = [other.code for other in form.questions()]
        return Message("survey.condition.unknown_question", {"code": code, "known": known})
    count, known = part.counts[code], [option.code for option in question.choices()]
    unknown = [option for option in codes if option not in known]
    if unknown or not codes:
        return Message("survey.condition.unknown_option", {"code": code, "options": unknown, "known": known})
    if question.kind == "multiple" and len(codes) > 1:
        return Message("survey.condition.several_of_multiple", {"code": code})
    if count.answered == 0:
        return Message("survey.condition.nobody", {"code": code})
    chosen = sum(count.chosen[known.index(option)] for option in dict.fromkeys(codes))
    return exactly(chosen, count.answered, PERCENT)


def awareness(form: Questionnaire, part: Slice) -> Figure | Message:
    """Return the share of those who know (知晓率 = 非常了解 + 基本了解, of those who answered)."""
    if form.awareness is None:
        return Message("survey.condition.no_awareness", {})
    return share(form, part, form.awareness.question, form.awareness.options)


def texts(form: Questionnaire) -> Mapping[str, str]:
    """Return the text of every question by its code."""
    return {question.code: question.text for question in form.questions()}
