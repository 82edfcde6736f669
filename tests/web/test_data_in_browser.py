"""登记数据在浏览器里: a real Chromium starts a comparison, sees it go on, stops it, finds it done after a restart, takes it."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, transaction
from playwright import sync_api

import jixiao
from jixiao.web import permissions, signing_in
from jixiao.web.actions import dossiers
from jixiao.web.models import Account, Office

pytestmark = pytest.mark.browser
SHAPES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def laid(stage, tmp_path_factory):
    """Lay registers for the county beside a copy of the stage: small ones, and such as take minutes to read."""
    root = tmp_path_factory.mktemp("data")
    (root / "data").mkdir(mode=0o700)
    shutil.copy(stage, root / "data" / "jixiao.sqlite3")
    connection.close()
    before = connection.settings_dict["NAME"], settings.DATA
    connection.settings_dict["NAME"], settings.DATA = str(root / "data" / "jixiao.sqlite3"), root / "data"
    county, filler = Office.objects.get(name__contains="某县医疗"), Account.objects.get(name="filler")
    viewer = permissions.of_account(filler)
    dossier = dossiers.create(
        viewer, county, dossiers.drafted("self-evaluation", 2024, None, None, county), title="医疗救助自评"
    )
    keys = {}
    for name in ("filler", "checker", "neighbour"):
        with transaction.atomic():
            keys[name] = signing_in.begin(Account.objects.get(name=name), "test")
    connection.close()
    connection.settings_dict["NAME"], settings.DATA = before
    folder = root / "laid" / f"{county.pk}-县"
    for name, persons in (("2024", 3000), ("long", 300)):
        jixiao.enrolment_sample(persons, 7, folder / name, kind="csv")
    long = folder / "long" / "own" / "part-99.csv"
    long.touch()
    os.truncate(long, 200 * 2**30)
    os.environ["JIXIAO_REGISTERS"] = str(root / "laid")
    yield SimpleNamespace(data=root / "data", office=county.pk, dossier=dossier.pk, long=long, keys=keys)
    del os.environ["JIXIAO_REGISTERS"]


@pytest.fixture(scope="module")
def address(laid, serve):
    """Serve it, and return the address."""
    return serve(laid.data)


@pytest.fixture
def opened(laid, chromium):
    """Return a function that opens the browser of somebody of the cast."""
    contexts = []

    def open_for(name, address, shape="desk"):
        contexts.append(chromium.new_context(viewport=SHAPES[shape], locale="zh-CN", accept_downloads=True))
        contexts[-1].set_default_timeout(30_000)
        contexts[-1].add_cookies([{"name": "jixiao", "value": laid.keys[name], "url": address}])
        return contexts[-1].new_page()

    yield open_for
    for one in contexts:
        one.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_comparison_from_the_project_to_its_new_version(laid, address, opened, shape):
    page = opened("filler", address, shape)
    page.goto(f"{address}/dossiers/{laid.dossier}/data")
    page.get_by_role("link", name="2024", exact=True).click()
    assert page.get_by_label("用于评价项目").input_value() == str(laid.dossier)
    page.get_by_role("button", name="开始比对").click()

    page.get_by_text("样例地区基本医疗保险参保数据比对情况").wait_for()
    rows = page.locator("table.annex tbody tr")
    counts = [[int(cell.replace(",", "")) for cell in row.locator("td.number").all_inner_texts()] for row in rows.all()]
    assert counts[0] == [sum(column) for column in zip(*counts[1:], strict=True)]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    with page.expect_download() as made:
        page.get_by_role("link", name="参保数据比对.xlsx").click()
    assert made.value.suggested_filename == "参保数据比对.xlsx"
    page.get_by_label("再绑定一个指标").select_option(index=1)
    page.locator("select[name=measure]").select_option("insured" if shape == "desk" else "duplicates")
    page.get_by_role("button", name="取入，存为新版本").click()
    page.get_by_text("已存为第").wait_for()
    page.goto(f"{address}/dossiers/{laid.dossier}/revisions")
    assert "取入参保数据比对：样例地区 2024-06-30" in page.locator("main").inner_text()


def test_password_of_a_list_is_shown_once(laid, address, opened):
    page = opened("filler", address)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/data/{laid.office}/2024")
    page.get_by_role("button", name="开始比对").click()
    page.get_by_role("heading", name="核查名单").wait_for()
    page.goto(f"{address}/data")
    before = page.get_by_role("button", name="显示密码").count()
    page.get_by_role("button", name="显示密码").first.click()
    password = page.locator("code.secret").inner_text()
    assert len(password) >= 12

    with page.expect_download():
        page.get_by_role("link", name="下载名单").click()
    page.goto(f"{address}/data")

    assert page.get_by_role("button", name="显示密码").count() == before - 1
    assert password not in page.content()


def test_long_comparison_shows_its_stage_is_cancelled_and_survives_a_restart(laid, serve, address, opened):
    page = opened("filler", address)
    page.goto(f"{address}/data/{laid.office}/long")
    page.get_by_role("button", name="开始比对").click()
    page.get_by_text("核对文件").wait_for()
    at = page.url.removeprefix(address)
    page.get_by_role("button", name="取消").click()
    page.get_by_text("已取消").wait_for()
    page.get_by_role("button", name="重新开始").click()
    page.get_by_text("核对文件").wait_for()

    watcher = opened("checker", address)
    watcher.goto(f"{address}{at}")
    watcher.get_by_text("核对文件").wait_for()
    watcher.get_by_role("button", name="取消").click()
    assert "只有本单位的填报或评价人员" in watcher.locator("main").inner_text()
    stranger = opened("neighbour", address)
    assert stranger.goto(f"{address}{at}").status == 404
    assert "2024" not in stranger.goto(f"{address}/data").text()[-2000:]

    serve.stop()
    laid.long.unlink()
    address = serve(laid.data)
    page = opened("filler", address)
    page.goto(f"{address}{at}")
    sync_api.expect(page.locator("table.annex")).to_be_visible(timeout=30_000)
