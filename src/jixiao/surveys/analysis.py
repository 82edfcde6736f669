"""问卷分析: a tally to everything a survey report states, each with its base, or the condition that does not hold.

Shares of a multiple choice stand on two bases that are never mixed: of those who answered (they add up to more than
100%) and of all selections (they add up to 100%). What depends on how the answers of one person go together (α, r, KMO,
intervals of the overall mean) is refused for answers that were reconstructed from printed margins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.surveys import intervals, reliability, satisfaction, strata, validity
from jixiao.surveys.questionnaire import CLOSED, Sample
from jixiao.surveys.tally import Totals

if TYPE_CHECKING:
    from jixiao.surveys.answers import Field
    from jixiao.surveys.intervals import Interval
    from jixiao.surveys.questionnaire import Option, Question, Questionnaire
    from jixiao.surveys.reliability import Reliability
    from jixiao.surveys.satisfaction import Overall
    from jixiao.surveys.strata import Estimate
    from jixiao.surveys.tally import Count, Slice, Tally
    from jixiao.surveys.validity import ItemValidity, Suitability


class Share(NamedTuple):
    """How often one option was chosen: of those who answered, and, in a multiple choice, of all selections."""

    option: Option
    chosen: int
    of_answers: Figure
    interval: Interval
    of_selections: Figure | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One closed question: its counts, its shares in the order of the options, or why there are none."""

    question: Question
    count: Count
    shares: tuple[Share, ...]
    why: Message | None = None


class Part(NamedTuple):
    """One stratum: answers returned and valid, its satisfaction."""

    name: str
    size: Figure | None
    returned: int
    valid: int
    rate: Figure | Message


class Certainty(NamedTuple):
    """How sure the overall satisfaction is: its interval, and, with strata, the weighted estimate behind it."""

    interval: Interval
    persons: int
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is computed from one answer file; a `Message` stands where a condition does not hold."""

    form: Questionnaire
    field: Field
    tally: Tally
    asked: tuple[Asked, ...]
    satisfaction: Overall | Message
    certainty: Certainty | Message
    stratified: Figure | Message | None
    importance: Figure | Message | None
    awareness: Figure | Message | None
    reliability: Reliability | Message
    validity: tuple[ItemValidity, ...] | Message
    suitability: Suitability | Message
    parts: tuple[Part, ...] = ()

    def response(self) -> Figure | None:
        """Return valid ÷ issued (有效回收率), None where nobody said how many were issued."""
        return exactly(self.tally.valid, self.field.issued, PERCENT) if self.field.issued else None

    def return_rate(self) -> Figure | None:
        """Return returned ÷ issued (回收率)."""
        return exactly(self.tally.returned, self.field.issued, PERCENT) if self.field.issued else None


def analysed(form: Questionnaire, tally: Tally, field: Field) -> Analysis:
    """Return the analysis of a tally."""
    whole = tally.all
    moments = whole.moments
    refused = Message("survey.condition.reconstructed", {}) if field.made == "reconstructed" else None
    absent = Message("survey.condition.no_items", {})
    confidence = _sample(form).confidence
    satisfied = satisfaction.overall(form, whole)
    parts = tuple(_part(form, name, part) for name, part in tally.slices.items()) if _strata(form) else ()
    return Analysis(
        form,
        field,
        tally,
        tuple(_asked(question, whole.counts[question.code], confidence)
              for question in form.questions() if question.kind in CLOSED),
        satisfied,
        refused or _certainty(form, tally, satisfied),
        stratified(form, tally) if _strata(form) else None,
        satisfaction.weighted(form, whole) if form.importance else None,
        satisfaction.awareness(form, whole) if form.awareness else None,
        refused or (reliability.alpha(moments) if moments else absent),
        refused or (validity.item_total(moments) if moments else absent),
        refused or (validity.suitability(moments) if moments else absent),
        parts,
    )  # fmt: skip


def _sample(form: Questionnaire) -> Sample:
    return form.sample or Sample()


def _strata(form: Questionnaire) -> bool:
    return form.sample is not None and form.sample.strata is not None


def _asked(question: Question, count: Count, confidence: Figure) -> Asked:
    if count.answered == 0:
        return Asked(question, count, (), Message("survey.condition.nobody", {"code": question.code}))
    shares = []
    for option, chosen in zip(question.choices(), count.chosen, strict=True):
        of_selections = exactly(chosen, count.selections, PERCENT) if question.kind == "multiple" else None
        interval = intervals.share(chosen, count.answered, confidence)
        shares.append(Share(option, chosen, exactly(chosen, count.answered, PERCENT), interval, of_selections))
    return Asked(question, count, tuple(shares))


def _part(form: Questionnaire, name: str, part: Slice) -> Part:
    found = satisfaction.overall(form, part)
    return Part(
        name, _sizes(form).get(name), part.returned, part.valid, found.rate if not isinstance(found, Message) else found
    )


def _sizes(form: Questionnaire) -> dict[str, Figure]:
    plan = form.sample.strata if form.sample else None
    return {part.name: part.size for part in plan.parts} if plan else {}


def stratified(form: Questionnaire, tally: Tally, formula: str | None = None) -> Figure | Message:
    """Return satisfaction as the mean of the strata's rates, weighted by their stated sizes."""
    rates = {}
    for name, part in tally.slices.items():
        found = satisfaction.overall(form, part, formula)
        rate = found if isinstance(found, Message) else found.rate
        if isinstance(rate, Message):
            return rate
        if part.valid:
            rates[name] = rate
    return strata.weighted(rates, _sizes(form))


def _certainty(form: Questionnaire, tally: Tally, satisfied: Overall | Message) -> Certainty | Message:
    """Return the interval of the overall satisfaction, from each person's points over all items."""
    whole = tally.all
    if isinstance(satisfied, Message) or isinstance(satisfied.rate, Message):
        return satisfied if isinstance(satisfied, Message) else Message("survey.condition.no_items", {})
    most = _most(form, satisfied.formula)
    totals = {name: _totals(part) for name, part in tally.slices.items()}
    if most is None or any(part is None for part in totals.values()):
        return Message("survey.condition.mixed_scales", {})
    confidence = _sample(form).confidence
    if _strata(form):
        sizes = _sizes(form)
        listed = tuple(strata.Part(name, size, *(totals.get(name) or Totals(0, 0, 0))) for name, size in sizes.items())
        estimate = strata.stratified(listed)
        if isinstance(estimate, Message):
            return estimate
        mean = exactly(estimate.mean.num, estimate.mean.den * most)
        variance = exactly(estimate.variance.num, estimate.variance.den * most * most)
        return Certainty(intervals.mean(mean, variance, 1, confidence), sum(part.n for part in listed), estimate)
    n, points, squares = _totals(whole) or Totals(0, 0, 0)
    if n < 2:
        return Message("survey.condition.few_persons", {"persons": n, "fewest": 2})
    variance = exactly(n * squares - points * points, n * (n - 1) * most * most)
    return Certainty(intervals.mean(exactly(points, n * most), variance, n, confidence), n)


def _most(form: Questionnaire, formula: str) -> int | None:
    """Return the points a person can give over all items; None where the items' scales differ."""
    asked = [question for code in satisfaction.items(form) if (question := form.question(code))]
    worths = [satisfaction.points(formula, question) for question in asked]
    tops = {None if isinstance(worth, Message) else worth[-1] for worth in worths}
    top = tops.pop() if len(tops) == 1 else None
    return None if top is None else top * len(asked)


def _totals(part: Slice) -> Totals | None:
    if part.totals is not None or part.moments is None:
        return part.totals
    moments = part.moments
    return Totals(moments.n, sum(moments.sums), sum(map(sum, moments.products)))
