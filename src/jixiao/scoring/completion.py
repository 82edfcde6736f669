"""完成率: how much of a target was reached, in the target's own direction; shared by the rules that divide.

    ≥ T   actual ÷ target
    ≤ T   100% up to the target, target ÷ actual beyond it
    = T   the smaller of the two: too much is as far from the target as too little

It is never more than 100%, and a negative actual value counts as 0. A target without a sign takes the indicator's
direction. A target that is not above zero has no completion: the rules that divide refuse it.

Authority: 财预〔2020〕10号, 单位自评: 未完成指标值的按完成值与指标值的比例记分 (待核).

>>> from jixiao.scoring.examples import case
>>> found = measured(case(target="≥41万人", actual="40.28万人"))
>>> str(completion(found)), found.reached
('98.2439%', False)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.figures.actual import Echo, Verdict
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.target import Target
from jixiao.figures.units import PERCENT
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.scoring.rule import Award, Case, Derivation, Step, awarded, made, reached

if TYPE_CHECKING:
    from decimal import Decimal

    from jixiao.figures.actual import Value

Side = Literal["more", "less", "equal"]
_SIDES: dict[str, Side] = {
    "at_least": "more", "above": "more", "at_most": "less", "below": "less", "equal": "equal",
}  # fmt: skip
_STRICT = frozenset(("above", "below"))


class Measured(NamedTuple):
    """An actual value beside the bound it is held against, of one base; `side` is where it should lie."""

    actual: Figure
    bound: Figure
    side: Side
    reached: bool


def goal(case: Case) -> Target | Message:
    """Return the target of a case, or why there is none to score by."""
    if isinstance(case.target, Unread):
        return Message("rule.target_unread", {"spelt": case.target})
    return case.target if case.target is not None else Message("rule.no_target", {})


def quality(case: Case) -> Target | Message:
    """Return the target of a case that aims at a word, or why it does not: it is a number or a date."""
    target = goal(case)
    if isinstance(target, Target) and (target.figure() is not None or target.when is not None or target.word is None):
        return Message("rule.target_no_word", {"target": target})
    return target


def measured(case: Case, *, zero: bool = False) -> Measured | Message:
    """Return a case whose target is one number, or why it cannot be measured; `zero` admits targets of 0 and below."""
    target = case.target if isinstance(case.target, Target) else goal(case)
    if isinstance(target, Message):
        return target
    bound = target.low if target.low is not None else target.high
    if target.kind == "between" or bound is None:
        said = "rule.target_no_number" if bound is None else "rule.target_range"
        return Message(said, {"target": target})
    if bound.num <= 0 and not zero:
        return Message("rule.completion.not_positive", {"bound": target})
    kind = target.kind
    return against(case.actual, bound, _SIDES.get(kind, case.direction), strict=kind in _STRICT)


def against(value: Value, bound: Figure, side: Side, *, strict: bool = False) -> Measured | Message:
    """Return a value held against a bound, or why it cannot be: it is no figure, or counts something else.

    A `strict` bound is not itself reached.

    >>> from jixiao.figures.figure import figure
    >>> [against(figure("5人"), figure(bound), "equal").reached for bound in ("4人", "5人", "6人")]
    [False, True, False]
    """
    if not isinstance(value, Figure):
        return Message("rule.no_number", {"spelt": value})
    if value.unit.base != bound.unit.base:
        return Message("rule.units_differ", {"actual": value, "target": bound})
    gap = value.num * bound.den - bound.num * value.den
    if gap == 0:
        return made(Measured, (value, bound, side, not strict))
    return made(Measured, (value, bound, side, side == ("more" if gap > 0 else "less")))


def completion(found: Measured) -> Figure:
    """Return the completion as a percentage between 0 and 100%, exact; the bound is above zero."""
    return exactly(*_share(found), PERCENT)


def _share(found: Measured) -> tuple[int, int]:
    actual, bound = found.actual, found.bound
    num, den = actual.num * bound.den, actual.den * bound.num
    if found.side == "less" or (found.side == "equal" and num > den):
        num, den = (1, 1) if num <= den else (den, num)
    return (0 if num < 0 else den if num > den else num), den


def in_proportion(case: Case, found: Measured, because: Message | None = None) -> Award:
    """Return full × completion, for a target that was missed (or `because` of something else)."""
    num, den = _share(found)
    points = awarded(case.full, num, den, case.places)
    return made(Award, (points, Derivation((_proportion, case, found, because, points, (num, den)))))


def _proportion(
    case: Case, found: Measured, because: Message | None, points: Decimal, ratio: tuple[int, int]
) -> tuple[Step, ...]:
    share = exactly(*ratio, PERCENT)
    named = {"actual": found.actual, "bound": found.bound, "share": share}
    missed = because or made(Message, ("rule.not_reached", {"actual": case.actual, "target": case.target}))
    product = made(Message, ("rule.points", {"full": case.full, "share": share, "points": points}))
    return (
        made(Step, (missed, None)),
        made(Step, (made(Message, (_divided(found), named)), share)),
        made(Step, (product, None)),
    )


def _divided(found: Measured) -> str:
    """Return the wording of the division that a completion came from."""
    actual, bound = found.actual, found.bound
    if actual.num < 0:
        return "rule.completion.negative"
    below = found.side == "more" or actual.num * bound.den < bound.num * actual.den
    return "rule.completion.more" if below else "rule.completion.less"


def by_completion(case: Case, found: Measured) -> Award:
    """Return full points for a target that was reached, else its completion of them."""
    return reached(case) if found.reached else in_proportion(case, found)


def met(case: Case) -> bool | Message:
    """Return whether a target of any kind is met, or why that cannot be said; a verdict is no measurement."""
    target = goal(case)
    if isinstance(target, Message):
        return target
    if isinstance(case.actual, Verdict | Echo | Unread):
        return Message("rule.not_a_value", {"spelt": case.actual})
    said = target.met(case.actual, direction=case.direction, last_year=case.last_year)
    if said is None:
        return Message("rule.undecided", {"actual": case.actual, "target": target})
    return said


def rate(value: Value) -> Figure | None:
    """Return a value as a percentage, or None for what is no rate; a bare number above 1 may be one without its %.

    >>> from jixiao.figures.figure import figure
    >>> str(rate(figure("0.8485"))), rate(figure("84.85"))
    ('84.85%', None)
    """
    if not isinstance(value, Figure) or value.unit.base or value.num < 0:
        return None
    if value.unit.den == 1 and value.num > value.den:
        return None
    return exactly(value.num, value.den, PERCENT)
