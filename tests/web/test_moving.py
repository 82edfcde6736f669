"""办理: a self-evaluation on its whole way; refusals change nothing; a failed audit entry undoes the step."""

from __future__ import annotations

import pytest

from jixiao.operations.check import check
from jixiao.web import audit, permissions
from jixiao.web.actions import dossiers, moving
from jixiao.web.models import Entry, Gift, Move
from jixiao.web.refusals import BadForm, Refused, Stale, Unseen

WAY = [
    ("filler", "submit", "checking"),
    ("checker", "pass", "approving"),
    ("approver", "approve", "approved"),
    ("reviewer", "pass", "finalising"),
    ("finalreviewer", "pass", "settled"),
    ("publisher", "publish", "published"),
]


def go(who, dossier, upto):
    for name, action, step in WAY:
        moving.take(who(name), dossier.pk, action)
        if step == upto:
            return


def test_whole_way(who, finished, again):
    for name, action, step in WAY:
        assert moving.take(who(name), finished.pk, action).step == step

    assert again(finished).step == "published"
    assert list(Move.objects.values_list("action", "by")) == [(a, f"{n.title()}（{n}）") for n, a, _ in WAY]
    told = list(Entry.objects.filter(dossier=finished.pk).order_by("number").values_list("what", flat=True))
    assert told == ["created", "saved", "submit", "pass", "approve", "pass", "pass", "publish"]
    assert list(audit.broken()) == []


def test_returned_and_handed_in_again(who, finished, again):
    moving.take(who("filler"), finished.pk, "submit")
    moving.take(who("checker"), finished.pk, "return", remark="参保人数与报表不符")
    assert again(finished).step == "filling"

    moving.take(who("filler"), finished.pk, "submit")
    moving.take(who("checker"), finished.pk, "pass")

    assert again(finished).step == "approving"
    assert Move.objects.get(action="return").remark == "参保人数与报表不符"


def test_return_without_a_remark_is_refused(who, finished, again):
    moving.take(who("filler"), finished.pk, "submit")

    with pytest.raises(BadForm) as refused:
        moving.take(who("checker"), finished.pk, "return", remark=" ")

    assert refused.value.what.text("zh") == "退回或撤下要写明意见"
    assert again(finished).step == "checking"


@pytest.mark.parametrize("name", ["checker", "approver", "overseer", "manager", "publisher"])
def test_wrong_role_is_refused(who, finished, again, name):
    with pytest.raises(Refused) as refused:
        moving.take(who(name), finished.pk, "submit")

    assert refused.value.what.id == "web.refused.no_role_for_step"
    assert again(finished).step == "filling"


@pytest.mark.parametrize("name", ["neighbour", "reviewer", "evaluator"])
def test_another_office_does_not_even_see_it(who, finished, name):
    with pytest.raises(Unseen):
        moving.take(who(name), finished.pk, "submit")


def test_step_of_another_stage_is_refused(who, finished, again):
    with pytest.raises(Refused) as refused:
        moving.take(who("approver"), finished.pk, "approve")

    assert refused.value.what.id == "web.refused.no_such_step"
    assert again(finished).step == "filling"


def test_who_filled_does_not_check_or_approve(who, office, examples, again):
    evaluation = check(examples / "kashgar-2022-resident-medical").value.evaluation
    own = dossiers.create(who("both"), office("某县医疗"), evaluation, title="一人三职")
    moving.take(who("both"), own.pk, "submit")

    with pytest.raises(Refused) as refused:
        moving.take(who("both"), own.pk, "pass")
    assert refused.value.what.text("zh") == "你在这个项目上已做过「填报」，不能再做「复核」"

    moving.take(who("checker"), own.pk, "pass")
    with pytest.raises(Refused):
        moving.take(who("both"), own.pk, "approve")
    assert again(own).step == "approving"


def test_who_checked_does_not_fill_afterwards(who, finished):
    moving.take(who("filler"), finished.pk, "submit")
    moving.take(who("both"), finished.pk, "return", remark="补充说明")

    refused = permissions.why_not_fill(who("both"), permissions.dossier(who("both"), finished.pk))

    assert refused is not None and refused.what.id == "web.refused.clash"


def test_not_handed_in_while_errors_stand(who, dossier, again):
    with pytest.raises(Refused) as refused:
        moving.take(who("filler"), dossier.pk, "submit")

    assert refused.value.what.id == "web.refused.errors_stand"
    assert again(dossier).step == "filling"


def test_step_on_a_version_that_was_not_looked_at_is_stale(who, finished):
    with pytest.raises(Stale):
        moving.take(who("filler"), finished.pk, "submit", head=7)


def test_failed_audit_entry_leaves_nothing_changed(who, finished, again, monkeypatch):
    entries, moves = Entry.objects.count(), Move.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Entry, "save", fail)
    with pytest.raises(RuntimeError):
        moving.take(who("filler"), finished.pk, "submit")

    assert again(finished).step == "filling"
    assert (Entry.objects.count(), Move.objects.count()) == (entries, moves)


def test_approved_evaluation_is_given_to_its_finance_office(who, finished, office):
    with pytest.raises(Unseen):
        permissions.dossier(who("reviewer"), finished.pk)

    go(who, finished, "approved")

    assert permissions.dossier(who("reviewer"), finished.pk).step == "approved"
    assert Gift.objects.get(dossier=finished).office == office("财政")


def test_third_party_evaluation_is_filled_by_its_evaluator(who, office, examples, again):
    evaluation = check(examples / "bazhou-2024").value.evaluation
    with pytest.raises(BadForm):
        dossiers.create(who("filler"), office("某县医疗"), evaluation, title="第三方评价")
    own = dossiers.create(
        who("filler"), office("某县医疗"), evaluation, title="第三方评价", evaluator=office("评价机构")
    )

    with pytest.raises(Refused):
        moving.take(who("filler"), own.pk, "submit")
    moving.take(who("evaluator"), own.pk, "submit")
    with pytest.raises(Refused):
        moving.take(who("checker"), own.pk, "pass")
    moving.take(who("agencychecker"), own.pk, "pass")
    moving.take(who("approver"), own.pk, "approve")

    assert again(own).step == "approved"


def test_evaluator_is_no_part_of_the_evaluated_office(who, office, examples):
    evaluation = check(examples / "bazhou-2024").value.evaluation

    with pytest.raises(BadForm) as refused:
        dossiers.create(who("filler"), office("某县医疗"), evaluation, title="自己评自己", evaluator=office("某市"))

    assert refused.value.what.text("zh") == "评价机构不能属于被评价单位"
