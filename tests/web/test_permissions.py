"""权限: every address is guarded; an office sees its own subtree and what it was given, in pages, files and API alike."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver

from jixiao.web import permissions, sheets
from jixiao.web.actions import dossiers, evidence, people
from jixiao.web.models import Dossier, Entry, File, Job
from jixiao.web.urls import urlpatterns

PAGES = [one for one in urlpatterns if isinstance(one, URLPattern)]
CAST = ("filler", "checker", "approver", "manager", "overseer", "neighbour", "reviewer", "evaluator", "agencychecker")
NAMED = {one.name: one for one in PAGES}
OPEN = {
    "static", "alive", "language", "setup", "signin", "oidc", "oidc_back", "code", "signout", "respond", "public", "public_result", "public_data",
}  # fmt: skip
NAMES = {
    "sheet": "basics",
    "code": "O101",
    "name": "scorecard.json",
    "before": 1,
    "after": 1,
    "digest": "0",
    "key": "0",
}


def address(pattern, dossier, **others):
    """Return the address of a page about a dossier."""
    said = {
        **NAMES,
        "number": dossier.pk,
        "file": 1,
        "job": 1,
        "office": 1,
        "account": 1,
        "token": 1,
        "survey": 1,
        **others,
    }
    names = {name: said[name] for name in pattern.pattern.converters}
    return "/" + get_resolver().reverse(pattern.name, **names).lstrip("/")


def test_every_page_says_who_may_open_it():
    assert {one.name for one in PAGES if getattr(one.callback, "guard", None) is None} == set()
    assert {one.name for one in PAGES if one.callback.guard == "everybody"} == OPEN


def test_every_page_with_a_dossier_s_number_is_guarded_as_such():
    about = {one.name for one in PAGES if str(one.pattern).startswith("dossiers/<int:number>")}

    assert {one.name for one in PAGES if one.callback.guard == "dossier"} == about
    assert len(about) > 20


def test_nobody_sees_a_page_without_signing_in(browser_of, finished):
    browser = browser_of(None)
    for name in sorted(set(NAMED) - OPEN):
        at = address(NAMED[name], finished)

        shown, sent = browser.get(at), browser.post(at)

        assert (name, shown.status_code, shown.get("Location", "").partition("?")[0]) == (name, 302, "/signin")
        assert (name, sent.status_code) == (name, 401)
        assert "请先登录" in sent.content.decode()


@pytest.mark.parametrize("stranger", ["neighbour", "reviewer", "evaluator"])
def test_another_office_finds_no_dossier(browser_of, finished, again, stranger):
    browser = browser_of(stranger)
    before = (Entry.objects.count(), again(finished).step, again(finished).head)
    for page in (one for one in PAGES if one.callback.guard == "dossier"):
        for method in (browser.get, browser.post):
            answer = method(address(page, finished))

            assert (page.name, answer.status_code) == (page.name, 404)
            assert "居民医保绩效自评" not in answer.content.decode()
    assert (Entry.objects.count(), again(finished).step, again(finished).head) == before


@pytest.mark.parametrize("stranger", ["neighbour", "reviewer", "evaluator"])
def test_lists_hold_nothing_of_another_office(browser_of, finished, stranger):
    browser = browser_of(stranger)
    for page in ("/", "/dossiers", "/dossiers?q=居民", "/dossiers/new", "/reviews", "/jobs", "/people", "/audit"):
        answer = browser.get(page)

        assert answer.status_code in (200, 403)
        for secret in ("居民医保绩效自评", "某县医疗保障局"):
            assert secret not in answer.content.decode()


def test_office_above_sees_what_is_below(who, finished):
    assert permissions.dossier(who("overseer"), finished.pk) == finished


def test_office_sees_what_it_was_given(who, finished, office):
    dossiers.give(who("approver"), finished.pk, office("邻县"))

    assert permissions.dossier(who("neighbour"), finished.pk) == finished
    assert permissions.why_not_fill(who("neighbour"), finished) is not None


@pytest.mark.parametrize("name", ["filler", "checker", "neighbour"])
def test_only_approvers_and_managers_give(browser_of, finished, name):
    answer = browser_of(name).post(f"/dossiers/{finished.pk}/give", {"office": "邻县医疗保障局"})

    assert answer.status_code == (404 if name == "neighbour" else 403)
    assert not finished.gifts.exists()


MANAGED = ["add_office", "office", "add_account", "set_duties", "reset", "close", "add_token", "end_token"]


@pytest.mark.parametrize("person", ["filler", "checker", "reviewer"])
def test_only_managers_manage(browser_of, finished, office, person):
    counted = [model.objects.count() for model in (people.Account, people.Office, people.Duty, people.Token)]
    browser = browser_of(person)
    said = {"office": office("某县医疗").pk, "name": "newname", "full_name": "新人", "role": ["fill"], "days": "9",
            "kind": "centre", "level": "county"}  # fmt: skip
    for name in (*MANAGED, "people", "audit", "audit_export", "verify"):
        way = browser.get if name in ("people", "audit", "audit_export") else browser.post
        answer = way(address(NAMED[name], finished, account=1, office=office("某县医疗").pk), said)

        assert (name, answer.status_code in (403, 404)) == (name, True)
    assert [model.objects.count() for model in (people.Account, people.Office, people.Duty, people.Token)] == counted


def test_manager_reaches_no_account_of_a_neighbour(browser_of, office, site):
    stranger = people.Account.objects.get(name="filler")
    browser = browser_of("neighbour")

    assert browser.post(f"/people/{stranger.pk}/reset").status_code == 404
    assert browser.post(f"/people/{stranger.pk}/close").status_code == 404
    assert (
        browser.post(
            "/people/add", {"office": office("某县医疗").pk, "name": "spy", "full_name": "x", "role": "fill"}
        ).status_code
        == 404
    )
    assert people.Account.objects.get(pk=stranger.pk).active


def test_job_is_its_owner_s(who, browser_of, site):
    from jixiao.web import clock

    job = Job.objects.create(kind="batch", title="x", account_id=who("filler").account, at=clock.now(), state="waiting")

    assert browser_of("filler").get(f"/jobs/{job.pk}").status_code == 200
    for path in ("", "/documents.zip"):
        assert browser_of("filler2").get(f"/jobs/{job.pk}{path}").status_code == 404
    assert browser_of("filler2").post(f"/jobs/{job.pk}/cancel").status_code == 404
    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_file_of_one_dossier_is_not_reached_through_another(browser_of, who, dossier, finished, site):
    upload = SimpleUploadedFile("报表.pdf", b"%PDF-1.7 secret")
    file = evidence.attach(who("filler"), dossier, upload, "P101", "")

    shown = browser_of("filler").get(f"/dossiers/{dossier.pk}/evidence/{file.pk}")
    assert b"".join(shown.streaming_content) == b"%PDF-1.7 secret"
    assert browser_of("filler").get(f"/dossiers/{finished.pk}/evidence/{file.pk}").status_code == 404
    assert browser_of("neighbour").get(f"/dossiers/{dossier.pk}/evidence/{file.pk}").status_code == 404
    assert File.objects.count() == 1


def token(who, office, roles=("fill",), part="某县医疗", by="manager"):
    return people.add_token(who(by), office(part), "程序", roles, 30)


API = [
    ("get", ""), ("put", ""), ("get", "/scorecard"), ("get", "/findings"), ("post", "/results"), ("post", "/form"), ("post", "/evidence"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), API)
def test_api_gives_a_stranger_nothing(site, who, office, finished, *, method, path):
    from django.test import Client

    key = token(who, office, part="邻县", by="neighbour")
    body = {"content_type": "application/json", "data": '{"base": 1, "content": {}, "results": [{}]}'}
    if path in ("/form", "/evidence"):
        body = {"data": {"code": "O101", "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")}}
    call = getattr(Client(), method)
    at = f"/api/evaluations/{finished.pk}{path}"

    for bearer, status in ((key, 404), ("wrong", 401), ("", 401)):
        answer = call(at, headers={"Authorization": f"Bearer {bearer}"}, **({} if method == "get" else body))
        assert answer.status_code == status, answer.content.decode()
        assert set(answer.json()) == {"error", "what", "remedy"}
    assert Client().get("/api/evaluations", headers={"Authorization": f"Bearer {key}"}).json()["count"] == 0


def test_evaluator_sees_nothing_before_it_is_named(who, finished):
    assert not permissions.dossiers(who("evaluator")).exists()
    assert set(permissions.dossiers(who("filler"))) == {finished} == set(Dossier.objects.all())


def test_list_and_single_view_agree_for_everybody(who, office, examples, finished, dossier):
    from jixiao.operations.check import check

    evaluation = check(examples / "bazhou-2024").value.evaluation
    agency = office("评价机构")
    dossiers.create(who("filler"), office("某县医疗"), evaluation, title="三方", evaluator=agency)
    theirs = dossiers.create(who("neighbour"), office("邻县"), evaluation, title="邻县三方", evaluator=agency)
    dossiers.give(who("neighbour"), theirs.pk, office("财政"))
    dossiers.give(who("approver"), finished.pk, office("邻县"))
    seen = {}
    for name in CAST:
        viewer = who(name)
        seen[name] = {one.title for one in permissions.dossiers(viewer)}

        assert seen[name] == {one.title for one in Dossier.objects.all() if permissions.sees(viewer, one)}
    assert seen["evaluator"] == {"三方", "邻县三方"}
    assert seen["reviewer"] == {"邻县三方"}
    assert seen["neighbour"] == {"邻县三方", "居民医保绩效自评"}
    assert len(seen["overseer"]) == 4


def test_account_of_a_closed_office_sees_nothing(who, office, finished):
    closed = office("某县医疗")
    closed.active = False
    closed.save()

    assert not permissions.dossiers(who("filler")).exists()


def test_last_year_s_evaluation_of_a_stranger_is_not_shown(browser_of, who, office, dossier, examples):
    from jixiao.operations.check import check

    evaluation = check(examples / "kashgar-2022-resident-medical").value.evaluation
    theirs = dossiers.create(who("neighbour"), office("邻县"), evaluation, title="邻县的")
    Dossier.objects.filter(pk=dossier.pk).update(last=theirs)

    shown = browser_of("filler").get(f"/dossiers/{dossier.pk}/fill/{sheets.BASICS}")

    assert shown.status_code == 200
    assert "喀什" not in shown.content.decode()
