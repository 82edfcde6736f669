"""外观: every page in Chromium, on a desk and on a phone, in both languages: labels and contrast pass axe, nothing shifts.

The pages are those of people at work: an evaluation that is filled in, one that is finished, a merge, a survey, a job.
"""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

pytestmark = pytest.mark.browser
SHAPES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# axe's rules of WCAG 2 A and AA and its good practice; nothing is left out
AXE = (
    "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})).violations"
    ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join(' | '))"
)
SHIFTS = (
    "window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) "
    "window.shifted += e.value })).observe({type: 'layout-shift', buffered: true})"
)
PAGES = {
    "filler": [
        "/", "/dossiers", "/dossiers?q=%E6%B2%A1%E6%9C%89", "/dossiers/new", "/reviews", "/jobs", "/me", "/dossiers/999",
        "/data", "/data/3/{folder}", "/data/jobs/{profile}", "/data/jobs/{compared}", "/dossiers/{draft}/data",
        *(f"/dossiers/{{draft}}{page}" for page in ("", "/fill/basics", "/fill/self_evaluation_table", "/fill/evaluation_team", "/indicators", "/evidence",
                                                     "/findings", "/merge", "/surveys", "/files")),
        *(f"/dossiers/{{done}}{page}" for page in ("", "/fill/self_evaluation_table", "/evidence", "/findings", "/results", "/compare",
                                                    "/files", "/revisions", "/revisions/1/2")),
    ],
    "checker": ["/", "/dossiers/{done}", "/data"],
    "manager": ["/people", "/people/1", "/people/offices/3", "/audit"],
    "overseer": ["/", "/people"],
    None: ["/signin", "/public", "/public/{public}", "/s/{survey}"],
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(stage, serve, tmp_path_factory, examples):
    """Fill a copy of the stage, serve it, and return its address, the numbers of what there is, and everybody's keys."""
    data = tmp_path_factory.mktemp("looks") / "data"
    data.mkdir(mode=0o700)
    shutil.copy(stage, data / "jixiao.sqlite3")
    connection.close()
    before = connection.settings_dict["NAME"], settings.DATA
    connection.settings_dict["NAME"], settings.DATA = str(data / "jixiao.sqlite3"), data
    try:
        found = _filled(examples)
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.DATA = before
    return SimpleNamespace(address=serve(data), **found)


def _filled(examples):
    from jixiao.operations.check import check
    from jixiao.operations.enter import enter
    from jixiao.web import jobs, permissions, sheets, signing_in
    from jixiao.web.actions import dossiers, drafts, evidence, moving, surveys
    from jixiao.web.models import Account, Dossier, Office

    who = {one.name: permissions.of_account(one) for one in Account.objects.all()}
    filler, county = who["filler"], Office.objects.get(name__contains="某县医疗")
    evaluation = check(examples / "kashgar-2022-resident-medical").value.evaluation
    draft, done, public = (
        dossiers.create(filler, county, one, title=title)
        for one, title in ((dossiers.drafted("self-evaluation", 2024, None, None, county), "2024年度医疗救助补助资金绩效自评"),
                           (evaluation, "居民医保绩效自评"), (evaluation, "公开的绩效自评"))
    )  # fmt: skip
    form = sheets.basics(drafts.working(filler, draft).standing.of, "zh")
    typed = {
        "head/region": "某县",
        "funds/sources/中央/revised_budget": "1,234.5",
        "funds/sources/中央/executed": "1,250",
    }
    drafts.change(filler, draft, lambda one: enter(one, form, typed))
    drafts.change(who["filler2"], draft, lambda one: enter(one, form, {"head/region": "某省某县"}))
    drafts.save(who["filler2"], draft, "补充地区")
    evidence.attach(filler, done, SimpleUploadedFile("季报.txt", "参保人数".encode()), "O101", "参保季报")
    drafts.save(filler, done, "补佐证")
    for number in (done.pk, public.pk):
        moving.take(filler, number, "submit")
    Dossier.objects.filter(pk=public.pk).update(step="settled")
    moving.take(who["publisher"], public.pk, "publish")
    questions = SimpleUploadedFile("q.yaml", (examples / "bazhou-2024/survey/questionnaire.yaml").read_bytes())
    survey, _ = surveys.put_up(filler, draft, questions)
    account = Account.objects.get(name="filler")
    jobs.put(filler, account, "batch", title="成批出表出报告", args={"dossiers": [done.pk, draft.pk], "lang": "zh"})
    compared = _compared(filler, county, draft)
    jobs.work(once=True)
    keys = {}
    for name in PAGES:
        if name is not None:
            with transaction.atomic():
                keys[name] = signing_in.begin(Account.objects.get(name=name), "test")
    names = {"draft": draft.pk, "done": done.pk, "public": public.pk, "survey": survey.key, **compared}
    return {"names": names, "keys": keys}


def _compared(filler, county, draft):
    """Lay small registers for the county, and profile and compare them; return the names of all that."""
    import jixiao
    from jixiao.web.actions import data
    from jixiao.web.models import Account

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "registers"
        jixiao.enrolment_sample(3000, 7, folder)
        archive = Path(shutil.make_archive(f"{place}/sample", "zip", folder))
        laid = data.upload_archive(filler, county, SimpleUploadedFile("2024年6月.zip", archive.read_bytes()))
    account = Account.objects.get(pk=filler.account)
    profile, compared = (
        data.start(filler, account, county, laid.name, work, lang="zh", dossier=draft)
        for work in ("profile", "registers")
    )
    return {"folder": laid.name, "profile": profile.pk, "compared": compared.pk}


@pytest.mark.parametrize(
    ("shape", "lang"),
    [("desk", "zh"), ("phone", "zh"), ("desk", "en"), pytest.param("phone", "en", marks=pytest.mark.deep)],
)
def test_every_page_looks_well(shown, chromium, shape, lang):
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    wrong = {}
    for name, pages in PAGES.items():
        context = chromium.new_context(viewport=SHAPES[shape], locale="zh-CN" if lang == "zh" else "en-US")
        context.add_cookies([{"name": "jixiao_lang", "value": lang, "url": shown.address}])
        if name is not None:
            context.add_cookies([{"name": "jixiao", "value": shown.keys[name], "url": shown.address}])
        context.add_init_script(SHIFTS)
        page = context.new_page()
        page.on("pageerror", lambda problem, name=name: wrong.setdefault((name, "script"), str(problem)))
        for at in pages:
            page.goto(shown.address + at.format(**shown.names))
            page.evaluate(axe)
            found = page.evaluate(AXE)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                found.append("scrolls sideways")
            if page.evaluate("window.shifted") > 0:
                found.append("shifts")
            if found:
                wrong[name, at] = found
        context.close()
    assert wrong == {}


def test_printed_page_holds_the_form_and_nothing_to_click(shown, chromium):
    context = chromium.new_context(viewport=SHAPES["desk"])
    context.add_cookies([{"name": "jixiao", "value": shown.keys["filler"], "url": shown.address}])
    page = context.new_page()
    page.goto(f"{shown.address}/dossiers/{shown.names['done']}/fill/self_evaluation_table")
    page.emulate_media(media="print")

    for hidden in (".top", ".tabs", ".sheetbar", ".excel"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("#grid").is_visible()
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")
    context.close()
