"""版本: a chain nobody changes; a stale save overwrites nothing; two changes come together field by field."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from jixiao.evaluation.paths import get, put
from jixiao.operations import stored
from jixiao.operations.enter import enter
from jixiao.operations.outcome import Outcome
from jixiao.web import audit, sheets
from jixiao.web.actions import dossiers, drafts
from jixiao.web.models import Draft, Entry, Revision
from jixiao.web.refusals import BadForm, Refused, Stale
from jixiao.web.standing import of_revision


def typed(viewer, dossier, **texts):
    """Type into cells of the cover sheet."""
    form = sheets.basics(drafts.working(viewer, dossier).standing.of, "zh")
    return drafts.change(
        viewer, dossier, lambda one: enter(one, form, {k.replace("__", "/"): v for k, v in texts.items()})
    )


def test_draft_is_ones_own_until_it_is_saved(who, dossier, again):
    typed(who("filler"), dossier, head__project="医疗救助")

    assert drafts.working(who("filler"), dossier).evaluation.head.project == "医疗救助"
    assert drafts.working(who("filler2"), dossier).evaluation.head.project is None
    assert again(dossier).head == 1

    made = drafts.save(who("filler"), dossier, "填写项目名称")

    assert (made.number, made.reason, again(dossier).head) == (2, "填写项目名称", 2)
    assert drafts.working(who("filler2"), again(dossier)).evaluation.head.project == "医疗救助"
    assert not Draft.objects.exists()


def test_saving_nothing_new_is_refused(who, dossier):
    with pytest.raises(BadForm) as refused:
        drafts.save(who("filler"), dossier, "")

    assert refused.value.what.text("zh") == "没有改动，不必保存"


def test_stale_save_changes_nothing_and_merges_field_by_field(who, dossier, again):
    one, two = who("filler"), who("filler2")
    typed(one, dossier, head__project="甲", head__region="某县", texts__background="背景甲")
    typed(two, dossier, head__project="乙", head__department="财政局")
    drafts.save(one, dossier, "第一人")

    with pytest.raises(Stale):
        drafts.save(two, again(dossier), "第二人")
    assert again(dossier).head == 2

    changes = {change.key: change for change in drafts.changes(two, again(dossier))}
    assert [key for key, change in changes.items() if change.is_conflict] == ["evaluation/head/project"]
    assert (changes["evaluation/head/project"].theirs, changes["evaluation/head/project"].mine) == ("甲", "乙")

    drafts.merge_with(two, again(dossier), {"evaluation/head/project"}, 2)
    drafts.save(two, again(dossier), "合并")

    head = of_revision(dossiers.revision(dossier, 3)).of.evaluation
    assert (head.head.project, head.head.region, head.head.department) == ("乙", "某县", "财政局")
    assert head.texts["background"] == "背景甲"


def test_merge_upon_a_version_that_came_meanwhile_is_stale(who, dossier, again):
    typed(who("filler"), dossier, head__project="甲")
    typed(who("filler2"), dossier, head__project="乙")
    drafts.save(who("filler"), dossier, "")

    with pytest.raises(Stale):
        drafts.merge_with(who("filler2"), again(dossier), set(), 1)


def test_only_who_fills_changes_it(who, dossier):
    for name in ("checker", "approver", "overseer"):
        with pytest.raises(Refused):
            typed(who(name), dossier, head__project="改")

    assert not Draft.objects.exists()


def test_failed_audit_entry_saves_no_version(who, dossier, again, monkeypatch):
    typed(who("filler"), dossier, head__project="甲")
    monkeypatch.setattr(Entry, "save", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        drafts.save(who("filler"), dossier, "")

    assert (again(dossier).head, Revision.objects.count(), Draft.objects.count()) == (1, 1, 1)


def test_kind_and_year_of_an_evaluation_stay(who, dossier):
    evaluation = put(of_revision(dossiers.revision(dossier, 1)).of.evaluation, "year", 2023)

    with pytest.raises(BadForm) as refused:
        dossiers.save(who("filler"), dossier.pk, evaluation, base=1, reason="")

    assert refused.value.what.id == "web.refused.other_kind_or_year"


@pytest.mark.parametrize("table", ["web_revision", "web_entry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}"])
def test_database_refuses_to_change_what_only_grows(dossier, table, statement):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))

    assert list(audit.broken()) == []


def without_triggers(statement, *args):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, args)


@pytest.mark.parametrize(
    ("statement", "chain", "what"),
    [
        (
            "UPDATE web_revision SET content = CAST(replace(content, '2024', '2023') AS BLOB) WHERE number = 2",
            "dossier 1",
            "chain",
        ),
        ("UPDATE web_revision SET reason = '' WHERE number = 1", "dossier 1", "chain"),
        ("DELETE FROM web_revision WHERE number = 2", "dossier 1", "gone"),
        ("UPDATE web_entry SET who = 'nobody' WHERE number = 2", "audit", "chain"),
        ("DELETE FROM web_entry WHERE number = 2", "audit", "chain"),
        ("DELETE FROM web_entry WHERE number = (SELECT max(number) FROM web_entry)", "audit", "end"),
    ],
)
def test_tampering_is_found(who, dossier, statement, chain, what):
    typed(who("filler"), dossier, head__project="甲")
    drafts.save(who("filler"), dossier, "")
    assert list(audit.broken()) == []

    without_triggers(statement)

    assert (chain, what) in {(one.chain, one.what) for one in audit.broken()}


def test_stored_bytes_are_canonical(finished):
    content = bytes(dossiers.revision(finished, 1).content)
    evaluation = stored.read(content).value

    assert stored.written(evaluation) == content
    assert get(evaluation, "head/project") == "喀什地区城乡居民基本医疗保险项目"
    assert b'"schema":"evaluation/' in content


def test_unreadable_text_is_kept_in_a_draft(who, dossier):
    form = next(
        one
        for one in sheets.sheets(drafts.working(who("filler"), dossier).standing.of, "zh")
        if one.id == "self_evaluation_table"
    )
    at, _ = drafts.change(who("filler"), dossier, lambda one: enter(one, form, {"scored/P101/weight": "十五分左右"}))

    assert str(at.evaluation.system("scored").find("P101").weight) == "十五分左右"
    assert any(found.check == "unread" for found in at.standing.findings)


def test_change_that_changes_nothing_makes_no_draft(who, dossier):
    drafts.change(who("filler"), dossier, Outcome)

    assert not Draft.objects.exists()
