"""Invariants of the scoring rules, each against an oracle in exact fractions written from the clause.

1. points = the oracle's share of the full points, rounded half up to the system's places, and printed in them.
2. 0 ≤ points ≤ full.
3. Monotone: a better value, in the direction of the target, never scores less.
4. Reaching the target gives full points, exactly.
5. Scale-free: the same amounts in another unit (万人 for 人, 元 for 万元) score the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.scoring import rule as rules
from jixiao.scoring.examples import case
from jixiao.scoring.rule import Award

Oracle = Callable[[Fraction, Fraction], Fraction]

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
bounds = st.decimals(min_value=Decimal("0.01"), max_value=10**7, places=2)
signed = st.decimals(min_value=-(10**4), max_value=10**7, places=2)
rates = st.decimals(min_value=0, max_value=100, places=2)
places = st.integers(min_value=0, max_value=3)
full_points = st.integers(min_value=0, max_value=100)
subsets = st.sets(st.integers(min_value=1, max_value=3))


class Subject(NamedTuple):
    """A rule for a target of one number: its parameters, the sign of the target and the share of points it gives."""

    rule: str
    sign: str
    oracle: Oracle
    params: Mapping[str, Any] = MappingProxyType({})


def proportion(sign: str) -> Oracle:
    def share(actual: Fraction, target: Fraction) -> Fraction:
        done = max(actual, Fraction(0))
        over = target / done if done > target else Fraction(1)
        under = min(done / target, Fraction(1))
        return {"≥": under, "≤": over, "=": min(under, over)}[sign]

    return share


def reached(sign: str, actual: Fraction, target: Fraction) -> bool:
    return {"≥": actual >= target, "≤": actual <= target, "=": actual == target}[sign]


def passed(sign: str, mark: Fraction) -> Oracle:
    return lambda actual, target: max(Fraction(0), (proportion(sign)(actual, target) - mark) / (1 - mark))


def stepped(sign: str) -> Oracle:
    def share(actual: Fraction, target: Fraction) -> Fraction:
        if reached(sign, actual, target):
            return Fraction(1)
        return max(Fraction(0), 1 - Fraction(5, 100) * ceil(abs(target - actual) / target * 100))

    return share


def all_or_nothing(sign: str) -> Oracle:
    return lambda actual, target: Fraction(reached(sign, actual, target))


def executed(actual: Fraction, target: Fraction) -> Fraction:
    return proportion("=")(actual, target)


SUBJECTS = [
    *(Subject("all_or_nothing", sign, all_or_nothing(sign)) for sign in "≥≤="),
    *(Subject("proportional", sign, proportion(sign)) for sign in "≥≤="),
    *(Subject("over_fulfilment", sign, proportion(sign)) for sign in "≥≤="),
    *(Subject("pass_mark_proportion", sign, passed(sign, Fraction(6, 10))) for sign in "≥≤="),
    Subject("pass_mark_proportion", "≥", passed("≥", Fraction(0)), {"pass_mark": "0%"}),
    *(Subject("stepped_penalty", sign, stepped(sign)) for sign in "≥≤="),
    Subject("cost", "≤", proportion("≤")),
    Subject("cost", "≤", executed, {"reading": "execution"}),
]
DIRECTED = [subject for subject in SUBJECTS if subject.sign != "=" and "reading" not in subject.params]


def named(subjects: list[Subject]) -> Any:
    return pytest.mark.parametrize("subject", subjects, ids=lambda one: f"{one.rule} {one.sign} {one.params or ''}")


def points(rule_id: str, params: Mapping[str, Any] | None = None, **given: Any) -> Decimal:
    rule = rules.build(rule_id, params or {})
    assert not isinstance(rule, rules.BadParameter), rule.why.text("zh")
    award = rule.score(case(**{name: str(text) if name == "full" else text for name, text in given.items()}))
    assert isinstance(award, Award), award.text("zh")
    assert all(step.what.text(lang) for step in award.steps for lang in ("zh", "en"))
    return award.points


def of(subject: Subject, actual: Decimal, target: Decimal, full: int, digits: int = 2) -> Decimal:
    texts = {"target": f"{subject.sign}{target}人", "actual": f"{actual}人"}
    return points(subject.rule, subject.params, **texts, full=full, places=digits)


def half_up(share: Fraction, full: int, digits: int) -> Decimal:
    units = (share * full * 10**digits + Fraction(1, 2)).__floor__()
    return Decimal(units).scaleb(-digits)


def is_awarded(found: Decimal, share: Fraction, full: int, digits: int) -> bool:
    return found == half_up(share, full, digits) and found.as_tuple().exponent == -digits and 0 <= found <= full


@named(SUBJECTS)
@given(actual=signed, target=bounds, full=full_points, digits=places)
def test_points_are_the_oracles_share(subject, actual, target, full, digits):
    found = of(subject, actual, target, full, digits)

    assert is_awarded(found, subject.oracle(Fraction(actual), Fraction(target)), full, digits)  # 1, 2


@named(SUBJECTS)
@given(target=bounds, around=st.integers(-200, 200), full=full_points)
def test_points_are_the_oracles_share_near_the_target(subject, target, around, full):
    actual = target + Decimal(around) / 100

    assert is_awarded(of(subject, actual, target, full), subject.oracle(Fraction(actual), Fraction(target)), full, 2)


@named(DIRECTED)
@given(one=signed, other=signed, target=bounds, full=full_points)
def test_a_better_value_never_scores_less(subject, one, other, target, full):
    worse, better = sorted((one, other), reverse=subject.sign == "≤")

    assert of(subject, worse, target, full) <= of(subject, better, target, full)  # 3


@named(SUBJECTS)
@given(target=bounds, beyond=amounts, full=full_points, digits=places)
def test_reaching_the_target_gives_full_points(subject, target, beyond, full, digits):
    better = {"≥": target + beyond, "≤": max(target - beyond, Decimal(0)), "=": target}[subject.sign]
    reading = subject.params.get("reading") == "execution"

    assert of(subject, target, target, full, digits) == full  # 4
    assert reading or of(subject, better, target, full, digits) == full


@named(SUBJECTS)
@given(actual=st.integers(0, 10**6), target=st.integers(1, 10**6), full=full_points)
def test_the_unit_changes_nothing(subject, actual, target, full):
    texts = [
        (f"{target}万人", f"{actual}万人"),
        (f"{target}万人", f"{actual}0000人"),
        (f"{target}0000人", f"{actual}万人"),
    ]

    found = {points(subject.rule, subject.params, target=f"{subject.sign}{t}", actual=a, full=full) for t, a in texts}

    assert found == {of(subject, Decimal(actual) * 10**4, Decimal(target) * 10**4, full)}  # 5


@given(actual=rates, target=st.integers(1, 100), full=full_points)
def test_a_stepped_penalty_counts_percentage_points_for_a_rate(actual, target, full):
    steps = ceil(max(Fraction(target) - Fraction(actual), Fraction(0)))

    found = points("stepped_penalty", target=f"≥{target}%", actual=f"{actual}%", full=full)

    assert is_awarded(found, max(Fraction(0), 1 - steps * Fraction(5, 100)), full, 2)  # 1, 2


@given(done=st.integers(100, 10**4), full=full_points, minus=st.integers(0, 20), keeps=st.integers(0, 100))
def test_an_excess_costs_what_its_band_says(done, full, minus, keeps):
    bands = [{"from": "130%", "minus": str(minus)}, {"above": "300%", "keeps": f"{keeps}%"}]

    found = points("over_fulfilment", {"bands": bands}, target="≥100人", actual=f"{done}人", full=full)

    left = full * keeps if done > 300 else max(full - minus, 0) * 100 if done >= 130 else full * 100
    assert found == half_up(Fraction(left, 100), 1, 2)  # 1
    assert 0 <= found <= full  # 2


@pytest.mark.parametrize("above", ["full", "proportional", "none"])
@given(ends=st.tuples(bounds, bounds), actual=signed, full=full_points, digits=places)
def test_a_range_is_full_inside_and_proportional_below(above, ends, actual, full, digits):
    low, high = sorted(ends)
    beyond = {
        "full": Fraction(1),
        "none": Fraction(0),
        "proportional": Fraction(high) / max(Fraction(actual), Fraction(1, 100)),
    }
    share = beyond[above] if actual > high else min(max(Fraction(actual), Fraction(0)) / Fraction(low), Fraction(1))

    texts = {"target": f"{low}人~{high}人", "actual": f"{actual}人"}
    found = points("range_target", {"above": above}, **texts, full=full, places=digits)

    assert is_awarded(found, share, full, digits)  # 1, 2
    assert points("range_target", {"above": above}, target=texts["target"], actual=f"{low}人", full=full) == full  # 4
    assert points("range_target", {"above": above}, target=texts["target"], actual=f"{high}人", full=full) == full


@given(actual=signed, last=bounds, full=full_points, digits=places)
def test_last_years_value_is_kept_or_scores_its_share(actual, last, full, digits):
    texts = {"target": "不低于上年", "actual": f"{actual}人", "last_year": f"{last}人"}

    found = points("not_below_last_year", **texts, full=full, places=digits)

    assert is_awarded(found, proportion("≥")(Fraction(actual), Fraction(last)), full, digits)  # 1, 2
    assert (
        points("not_below_last_year", target="不低于上年", actual=f"{last}人", last_year=f"{last}人", full=full) == full
    )


@given(rate=st.decimals(min_value=0, max_value=200, places=4), full=full_points, digits=places)
def test_rates_of_money_score_their_share(rate, full, digits):
    rounded = Fraction((Fraction(rate) * 100 + Fraction(1, 2)).__floor__(), 10**4)

    execution = points("execution_rate", actual=f"{rate}%", full=full, places=digits)
    receipt = points("receipt_rate", actual=f"{rate}%", full=full, places=digits)

    assert is_awarded(execution, min(rounded, Fraction(1)), full, digits)  # 1, 2
    assert is_awarded(receipt, min(Fraction(rate) / 100, Fraction(1)), full, digits)


@given(one=rates, other=rates, full=full_points, digits=places)
def test_satisfaction_scores_its_band(one, other, full, digits):
    worse, better = sorted((one, other))
    found = [
        points("satisfaction", target="≥95%", actual=f"{rate}%", full=full, places=digits) for rate in (worse, better)
    ]

    share = Fraction(1) if worse >= 90 else Fraction(1, 2) if worse >= 80 else Fraction(0)
    assert is_awarded(found[0], share, full, digits)  # 1, 2
    assert found[0] <= found[1]  # 3
    assert points("satisfaction", target=f"≥{one}%", actual=f"{better}%", full=full) <= full
    assert points("satisfaction", target=f"≥{worse}%", actual=f"{worse}%", full=full) == full  # 4


@given(met=subsets, more=subsets, full=full_points, digits=places)
def test_a_checklist_adds_what_is_met(met, more, full, digits):
    shares = {1: Fraction(40, 100), 2: Fraction(35, 100), 3: Fraction(25, 100)}
    params = {"elements": [{"share": f"{share * 100}%"} for share in shares.values()]}

    some = points("checklist", params, met=sorted(met), full=full, places=digits)
    rest = points("checklist", params, met=sorted(met | more), full=full, places=digits)

    assert is_awarded(some, sum((shares[number] for number in met), Fraction(0)), full, digits)  # 1, 2
    assert some <= rest  # 3
    assert points("checklist", params, met=(1, 2, 3), full=full, places=digits) == full  # 4


@given(count=st.integers(1, 30), data=st.data(), full=full_points)
def test_equal_shares_rounded_to_two_decimals_give_all_points_when_all_are_met(count, data, full):
    share = f"{half_up(Fraction(100, count), 1, 2)}%"
    met = data.draw(st.sets(st.integers(1, count)))
    params = {"elements": [{"share": share}] * count}

    assert 0 <= points("checklist", params, met=sorted(met), full=full) <= full  # 2
    assert points("checklist", params, met=range(1, count + 1), full=full) == full  # 4


@pytest.mark.parametrize(("scheme", "middle"), [("100-80/80-60/60-0", 60), ("100-80/80-50/50-0", 50)])
@given(share=rates, full=full_points, digits=places)
def test_a_judgement_scores_its_share_inside_its_band_only(scheme, middle, share, full, digits):
    rule = rules.build("qualitative_bands", {"scheme": scheme})
    word = "部分达成并具有一定效果" if share >= middle else "未达成且效果较差"

    bare = points(
        "qualitative_bands", {"scheme": scheme}, target="成效明显", actual=f"{share}%", full=full, places=digits
    )
    said = rule.score(case(target="成效明显", actual=f"{word}，{share}%", full=str(full), places=digits))

    assert is_awarded(bare, Fraction(share) / 100, full, digits)  # 1, 2
    assert (isinstance(said, Award) and said.points == bare) == (share < 80)


@given(share=st.integers(0, 100), full=full_points)
def test_a_level_scores_its_row_and_the_targets_own_level_everything(share, full):
    params = {"levels": {"有一定成效": f"{share}%", "成效明显": "10%"}}

    found = points("qualitative_level", params, target="成效明显", actual="有一定成效", full=full)

    assert is_awarded(found, Fraction(share, 100), full, 2)  # 1, 2
    assert points("qualitative_level", params, target="成效明显", actual="成效明显", full=full) == full  # 4


@given(due=st.dates(), done=st.dates(), full=full_points)
def test_a_deadline_is_kept_up_to_its_last_day(due, done, full):
    if due.year < 1900 or done.year < 1900 or max(due.year, done.year) > 2099:
        due, done = due.replace(year=2024, day=min(due.day, 28)), done.replace(year=2024, day=min(done.day, 28))

    target, actual = (f"{one.year}年{one.month}月{one.day}日" for one in (due, done))
    found = points("deadline", target=f"{target}前", actual=actual, full=full)

    assert found == (full if done <= due else 0)  # 1–4
