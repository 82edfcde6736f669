"""页面: every page in both languages, with a bounded number of queries and a small first load."""

from __future__ import annotations

import gzip
import json
import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jixiao.web import assets, audit, jobs
from jixiao.web.actions import dossiers
from jixiao.web.models import Dossier, Entry
from jixiao.web.urls import urlpatterns

# the most queries that each page may take, however long its lists are
OF_DOSSIER = {
    "": 22, "/fill/basics": 20, "/fill/self_evaluation_table": 20, "/evidence": 12, "/results": 14, "/findings": 12,
    "/charts": 10, "/files": 10, "/compare": 12, "/revisions": 10, "/revisions/1/1": 10, "/indicators": 14,
    "/surveys": 14, "/data": 14,
}  # fmt: skip
OTHERS = {"/data": 10, "/": 12, "/dossiers": 8, "/dossiers/new": 10, "/reviews": 6, "/jobs": 6, "/me": 8}
MANAGED = {"/people": 14, "/people/1": 12, "/people/offices/3": 10, "/audit": 8, "/": 12}


@pytest.fixture
def crowded(who, office, finished):
    """Return a dossier beside forty others, so that a query per row would show."""
    for number in range(40):
        Dossier.objects.create(
            office=office("某县医疗"), title=f"项目{number}", kind="self-evaluation", year=2022, changed=finished.changed,
            total="90", grade="优",
        )  # fmt: skip
    return finished


def counted(browser, at):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = browser.get(at)
    assert answer.status_code == 200, at
    return len(
        [one for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT", "PRAGMA", "SAVEPOINT", "RELEASE"))]
    )


def test_queries_do_not_grow_with_lists(browser_of, crowded):
    filler, manager = browser_of("filler"), browser_of("manager")
    asked = {f"/dossiers/{crowded.pk}{page}": (filler, most) for page, most in OF_DOSSIER.items()}
    asked |= {page: (filler, most) for page, most in OTHERS.items()} | {
        f"{page}?": (manager, m) for page, m in MANAGED.items()
    }

    over = {at: (number, most) for at, (browser, most) in asked.items() if (number := counted(browser, at)) > most}

    assert over == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_stands_in_both_languages(browser_of, finished, lang):
    filler, manager = browser_of("filler"), browser_of("manager")
    for browser, pages in (
        (filler, [f"/dossiers/{finished.pk}{page}" for page in OF_DOSSIER]), (filler, OTHERS), (manager, MANAGED)
    ):  # fmt: skip
        browser.cookies["jixiao_lang"] = lang
        for at in pages:
            page = browser.get(at).content.decode()
            assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in page or not page.startswith("<!doctype")
            own = {"zh": ("首页", "Sign out"), "en": ("Home", "退出")}[lang]
            if page.startswith("<!doctype"):
                assert own[0] in page and own[1] not in page, at


def test_language_follows_the_browser_and_the_switch(browser_of):
    browser = browser_of(None)
    assert "Sign in" in browser.get("/signin", headers={"Accept-Language": "en-US,en"}).content.decode()
    assert "登录" in browser.get("/signin", headers={"Accept-Language": ""}).content.decode()

    browser.post("/language", {"lang": "en", "next": "/signin"})

    assert "Sign in" in browser.get("/signin", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert browser.post("/language", {"lang": "xx", "next": "//evil.example"})["Location"] == "/"


def test_first_load_of_the_home_page_is_small(browser_of, crowded):
    browser = browser_of("filler")
    page = browser.get("/", headers={"Accept-Encoding": "gzip"})
    home = gzip.decompress(page.content).decode() if page.get("Content-Encoding") == "gzip" else page.content.decode()
    links = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', home))

    sizes = {at: len(browser.get(at, headers={"Accept-Encoding": "gzip"}).content) for at in links}

    assert len(links) == 4
    assert len(page.content) + sum(sizes.values()) <= 40_000


def test_nothing_comes_from_elsewhere(browser_of, finished):
    page = browser_of("filler").get(f"/dossiers/{finished.pk}/fill/basics")

    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', page.content.decode()) == []
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert page["Cache-Control"] == "private, no-store"


def test_asset_is_kept_by_the_browser_under_its_digest(browser_of):
    at = assets.addresses()["app_css"]

    assert "immutable" in browser_of(None).get(at)["Cache-Control"]
    assert browser_of(None).get("/static/000000000000/app.css").status_code == 404
    assert browser_of(None).get("/static/000000000000/..%2fsettings.py").status_code == 404


def test_created_from_the_catalogue(browser_of, office):
    browser = browser_of("filler")
    assert "项目支出绩效自评框架" in browser.get("/dossiers/new").content.decode()
    assert "<option" in browser.get("/dossiers/new/entries", {"kind": "fund", "year": "2024"}).content.decode()
    said = {
        "office": office("某县医疗").pk,
        "kind": "self-evaluation",
        "year": "2024",
        "entry": "self-evaluation-2020",
        "title": "新的",
    }

    answer = browser.post("/dossiers/new", said)

    made = Dossier.objects.get()
    assert (answer["Location"], made.title, made.head) == (f"/dossiers/{made.pk}", "新的", 1)
    assert dossiers.revision(made, 1).number == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"title": " "}, 400), ({"year": "1800"}, 400), ({"year": "两千"}, 400), ({"kind": "x"}, 400), ({"office": "999"}, 404),
     ({"entry": "no-such"}, 400), ({"deadline": "明天"}, 400), ({"last": "999"}, 404), ({"kind": "third-party"}, 400)],
)  # fmt: skip
def test_creation_refuses_what_does_not_fit(browser_of, office, wrong, status):
    said = {"office": office("某县医疗").pk, "kind": "self-evaluation", "year": "2024", "title": "新的", **wrong}

    answer = browser_of("filler").post("/dossiers/new", said)

    assert answer.status_code == status, answer.content.decode()
    assert not Dossier.objects.exists()


def test_results_explain_every_score(browser_of, finished):
    browser = browser_of("filler")
    page = browser.get(f"/dossiers/{finished.pk}/results").content.decode()
    assert "96.85" in page and "432,620" in page and "84.85%" in page

    said = browser.get(f"/dossiers/{finished.pk}/results/O102").content.decode()

    assert "559.55万人次" in said and "3.89" in said and "疫情影响" in said
    assert browser.get(f"/dossiers/{finished.pk}/results/X9").status_code == 404


def test_documents_are_those_of_the_command_line(browser_of, finished, examples, tmp_path):
    import jixiao

    jixiao.evaluate(examples / "kashgar-2022-resident-medical", tmp_path / "out")
    browser = browser_of("filler")

    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    for path in written:
        name = path.relative_to(tmp_path / "out").as_posix()
        answer = browser.get(f"/dossiers/{finished.pk}/files/{name}")
        assert answer.status_code == 200, name
        if path.suffix in (".json", ".html"):
            assert answer.content == path.read_bytes(), name
    assert Entry.objects.filter(what="downloaded").count() == len(written)
    assert browser.get(f"/dossiers/{finished.pk}/files/no.docx").status_code == 404


def test_only_drafts_while_errors_stand(browser_of, dossier):
    browser = browser_of("filler")

    shown = browser.get(f"/dossiers/{dossier.pk}/files").content.decode()
    assert "下面都是草稿" in shown and 'scorecard.json?draft=1"' in shown
    assert browser.get(f"/dossiers/{dossier.pk}/files/scorecard.json").status_code == 403
    for name, mark in (
        ("部门单位项目支出绩效自评表.html", "草稿"),
        ("绩效自评报告.html", "草稿"),
        ("scorecard.json", '"total": null'),
    ):
        draft = browser.get(f"/dossiers/{dossier.pk}/files/{name}?draft=1")
        assert (draft.status_code, mark in draft.content.decode()) == (200, True), name
        assert quote(f"草稿-{name}") in draft["Content-Disposition"]
    assert Entry.objects.filter(what="downloaded", details__contains='"draft": true').count() == 3


def test_search_finds_words_of_title_and_office(browser_of, crowded):
    browser = browser_of("overseer")

    assert "居民医保绩效自评" in browser.get("/dossiers?q=居民+某县").content.decode()
    assert "没有找到" in browser.get("/dossiers?q=没有的词").content.decode()
    for odd in ("q=%00", "q=%25", "page=99999999999999", "page=-1", "page=x", "year=9999", "step=x", "under=%00"):
        assert browser.get(f"/dossiers?{odd}").status_code == 200, odd


def test_audit_is_read_and_exported_without_formulas(browser_of, who, finished):
    dossiers.give(who("approver"), finished.pk, finished.office)
    Entry.objects.get(what="given")
    shown = browser_of("manager").get("/audit?what=created").content.decode()
    assert "居民医保绩效自评" in shown

    lines = browser_of("manager").get("/audit/export").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith("number,at,who")
    assert len(lines) == 1 + Entry.objects.count() - 1  # the export itself is told after it was read
    assert browser_of("manager").post("/audit/verify").status_code == 302
    jobs.work(once=True)
    assert "审计记录和全部版本链完整" in browser_of("manager").get("/audit").content.decode()
    assert Entry.objects.filter(what="audit_exported").exists()


def test_home_shows_first_what_is_missing_and_by_when(browser_of, dossier, finished, who):
    from datetime import date

    from jixiao.web.actions import moving

    dossiers.set_deadline(who("manager"), dossier.pk, date(2020, 1, 1))
    moving.take(who("filler"), finished.pk, "submit")

    mine, waiting = browser_of("filler").get("/").content.decode(), browser_of("checker").get("/").content.decode()

    assert mine.index("待我填报") < mine.index("2024年度医疗救助补助资金绩效自评") < mine.index("待我办理")
    assert "2020-01-01" in mine
    assert waiting.index("待我办理") < waiting.index("居民医保绩效自评")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_deed_has_its_word(lang):
    from jixiao import library

    assert len({library.wording(f"web.did.{deed}", lang) for deed in audit.DEEDS}) == len(audit.DEEDS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_detail_of_an_entry_has_its_word(lang):
    """What is handed to `record`, `saw` and `told`, and what stands in a page's address, is called something."""
    import ast
    from pathlib import Path

    import jixiao.web
    from jixiao import library

    names: set[str] = set()
    for path in Path(jixiao.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if isinstance(node, ast.Call) and getattr(called, "attr", getattr(called, "id", "")) in (
                "record", "saw", "told"
            ):  # fmt: skip
                names |= {given.arg for given in node.keywords if given.arg}
    guarded = [one for one in urlpatterns if getattr(getattr(one, "callback", None), "guard", "") == "dossier"]
    names |= {name for one in guarded for name in one.pattern.converters}
    names -= {"number", "of_office"}  # the dossier and the office of an entry are columns of their own

    assert len(names) > 25
    assert [name for name in sorted(names) if not library.wording(f"web.detail.{name}", lang)] == []


def test_whatever_is_opened_of_a_dossier_is_recorded_as_seen(browser_of, finished):
    from jixiao import library

    browser = browser_of("filler")
    before = Entry.objects.count()
    for page in OF_DOSSIER:
        assert browser.get(f"/dossiers/{finished.pk}{page}").status_code == 200
    browser.get(f"/dossiers/{finished.pk}/files/scorecard.json")

    made = list(Entry.objects.filter(number__gt=before).order_by("number"))
    assert [(one.what, one.dossier, one.account) for one in made] == [
        *(("seen", finished.pk, made[0].account),) * len(OF_DOSSIER), ("downloaded", finished.pk, made[0].account)
    ]  # fmt: skip
    for one in made:
        assert library.wording(f"web.page.{json.loads(one.details)['page']}", "zh")
    assert json.loads(made[-1].details) == {"draft": False, "name": "scorecard.json", "page": "download", "revision": 1}
