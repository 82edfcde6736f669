"""步骤表: which action is possible at which step, in which role; and that nobody signs what they wrote."""

from __future__ import annotations

import pytest

from jixiao.web import steps
from jixiao.web.models.accounts import ROLES

POSSIBLE = {
    ("filling", "submit"): ({"fill", "evaluate"}, "checking"),
    ("checking", "withdraw"): ({"fill", "evaluate"}, "filling"),
    ("checking", "pass"): ({"check"}, "approving"),
    ("checking", "return"): ({"check"}, "filling"),
    ("approving", "approve"): ({"approve"}, "approved"),
    ("approving", "return"): ({"approve"}, "filling"),
    ("approved", "pass"): ({"review"}, "finalising"),
    ("approved", "return"): ({"review"}, "filling"),
    ("finalising", "pass"): ({"final_review"}, "settled"),
    ("finalising", "return"): ({"final_review"}, "filling"),
    ("settled", "publish"): ({"publish"}, "published"),
    ("published", "unpublish"): ({"publish"}, "settled"),
}
ACTIONS = sorted({action for _, action in POSSIBLE})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("step", steps.STEPS)
def test_action_is_possible_only_as_the_table_says(step, action, role):
    way = steps.move(step, action)
    roles, after = POSSIBLE.get((step, action), (set(), None))

    assert (way is not None and role in way.roles) == (role in roles)
    assert (way.after if way is not None else None) == after


def test_every_step_is_reached_and_left():
    reached = {way.after for way in steps.WAYS} | {steps.FIRST}

    assert reached == set(steps.STEPS)
    assert {way.before for way in steps.WAYS} == set(steps.STEPS)


@pytest.mark.parametrize("one", ["fill", "check", "approve", "review", "final_review"])
@pytest.mark.parametrize("other", ["fill", "check", "approve", "review", "final_review"])
def test_two_duties_never_meet_in_one_person(one, other):
    assert (steps.clash(one, {other}) is None) == (one == other)
    assert steps.clash("publish", {one, other}) is None


def test_an_evaluator_counts_as_one_who_fills():
    assert steps.clash("evaluate", {"check"}) == "check"
    assert steps.clash("approve", {steps.done_as("evaluate")}) == "fill"
