"""浏览器: a real Chromium takes an evaluation from signing in to the approved report, on a desk and on a phone.

Skipped where Chromium is absent. In the deep run every page on the way is checked by axe.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib import resources
from pathlib import Path
from typing import ClassVar

import pyotp
import pytest
from playwright import sync_api

pytestmark = pytest.mark.browser

PASSWORD = "Cast-of-2024"
_SERVE = "from jixiao.web import serving; import sys; serving.prepare(); serving.serve('127.0.0.1', int(sys.argv[1]), workers=1, said=print)"
SHAPES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
# axe's rules of WCAG 2 A and AA; nothing is left out
AXE = (
    "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations"
    ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join(' | '))"
)


@pytest.fixture(scope="module")
def address(stage, tmp_path_factory):
    """Serve a copy of the stage and return its address."""
    tmp_path = tmp_path_factory.mktemp("served")
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copy(stage, data / "jixiao.sqlite3")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "JIXIAO_DATA": str(data), "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    log = (tmp_path / "server.log").open("wb")
    server = subprocess.Popen([sys.executable, "-c", _SERVE, str(port)], env=env, stdout=log, stderr=log)
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/alive", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)
    log.close()


@pytest.fixture(scope="module")
def chromium():
    """Return a browser for all tests here."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


class Person:
    """Somebody of the cast in a browser of their own."""

    secrets: ClassVar[dict[str, str]] = {}

    def __init__(self, chromium, address, name, shape, *, axe=False):
        self.context = chromium.new_context(viewport=SHAPES[shape], locale="zh-CN", accept_downloads=True)
        self.context.set_default_timeout(20_000)
        self.page, self.address, self.name, self.problems = self.context.new_page(), address, name, []
        self.axe = axe
        self.page.on("pageerror", lambda problem: self.problems.append(str(problem)))
        self.page.on(
            "console",
            lambda said: said.type == "error" and "status of 40" not in said.text and self.problems.append(said.text),
        )

    def sign_in(self):
        """Sign in, setting the second factor up."""
        page = self.page
        page.goto(self.address)
        page.get_by_label("登录名").fill(self.name)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="下一步").click()
        page.get_by_label("验证码").wait_for()
        self.looks_well()
        if self.name not in self.secrets:
            self.secrets[self.name] = page.locator("code.secret").inner_text()
        for _ in range(8):  # a code that was used already is refused until the next one comes
            page.get_by_label("验证码").fill(pyotp.TOTP(self.secrets[self.name]).now())
            page.get_by_role("button", name="登录").click()
            page.wait_for_load_state()
            if "signin" not in page.url:
                break
            time.sleep(5)
        page.get_by_role("heading", name="首页").wait_for()
        return self

    def looks_well(self):
        """Check the page by axe, and that it does not scroll sideways."""
        if self.axe:
            self.page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
            assert self.page.evaluate(AXE) == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), self.page.url
        assert self.problems == []

    def go(self, path):
        self.page.goto(f"{self.address}{path}")
        return self.page

    def type(self, path, text):
        """Type into a cell of the form."""
        cell = self.page.locator(f'textarea[data-path="{path}"]')
        cell.fill(text)
        cell.blur()

    def kept(self):
        """Wait until everything typed is kept."""
        sync_api.expect(self.page.locator("td.unkept")).to_have_count(0, timeout=20_000)

    def act(self, at, action, remark=""):
        page = self.go(at)
        if remark:
            page.get_by_label("意见").fill(remark)
        page.get_by_role("button", name=action, exact=True).click()
        page.wait_for_load_state()
        return page

    def close(self):
        assert self.problems == []
        self.context.close()


CELLS = {
    "basics": {
        "head/project": "医疗救助补助资金",
        **{f"funds/sources/{name}/{column}": amount for name, amount in (("中央", "600"), ("省级", "300"), ("市县", "100"))
           for column in ("revised_budget", "executed")},
    },
    "self_evaluation_table": {
        "scored/P101/name": "救助对象参保人数", "scored/P101/target": "≥4.2万人", "scored/P101/actual": "≥4.2万人",
        "scored/P201/name": "政策范围内救助比例", "scored/P201/target": "≥70%", "scored/P201/actual": "72%",
        "scored/P301/name": "资金拨付", "scored/P301/target": "2024年12月31日前", "scored/P301/actual": "2024年12月20日",
        "scored/P401/name": "人均成本", "scored/P401/target": "≤900元/人", "scored/P401/actual": "880元/人",
        "scored/Q101/name": "减轻负担", "scored/Q101/target": "有效减轻", "scored/Q101/actual": "有效减轻",
        "scored/Q201/name": "保障可持续", "scored/Q201/target": "有效保障", "scored/Q201/actual": "有效保障",
        "scored/S101/target": "≥90%", "scored/S101/actual": "93%",
    },
}  # fmt: skip


AXED = [pytest.param(shape, True, marks=pytest.mark.deep, id=f"{shape}-axe") for shape in SHAPES]


@pytest.mark.parametrize(("shape", "axe"), [pytest.param("desk", False, id="desk"), *AXED])
def test_evaluation_from_signing_in_to_the_approved_report(chromium, address, tmp_path, *, shape, axe):  # noqa: PLR0915
    filler = Person(chromium, address, "filler", shape, axe=axe).sign_in()
    filler.looks_well()
    page = filler.page
    page.get_by_role("link", name="新建评价项目").click()
    page.get_by_label("项目名称").fill("2024年度医疗救助补助资金绩效自评")
    page.get_by_label("年度", exact=True).fill("2024")
    filler.looks_well()
    page.get_by_role("button", name="新建").click()
    page.get_by_role("heading", name="还缺").wait_for()
    at = page.url.removeprefix(address)
    filler.looks_well()

    for sheet, texts in CELLS.items():
        filler.go(f"{at}/fill/{sheet}")
        for path, text in texts.items():
            filler.type(path, text)
        filler.kept()
        filler.looks_well()
    # the check beside the cell, as one types
    note = page.locator("td.error .note .error").first
    assert "照抄了指标值" in note.inner_text()
    page.get_by_role("textbox", name="说明改了什么").fill("首次填报")
    page.get_by_role("button", name="保存为新版本").click()
    page.get_by_text("已保存为第 2 版").wait_for()

    filler.act(at, "提交")
    assert "个必改问题" in page.get_by_role("alert").inner_text()
    filler.go(f"{at}/findings")
    filler.looks_well()
    page.locator("li.error").filter(has_text="照抄").first.get_by_role("link", name="去这一格").click()
    sync_api.expect(page.locator('textarea[data-path="scored/P101/actual"]')).to_be_focused()
    page.goto(f"{address}{at}/fill/self_evaluation_table")
    filler.type("scored/P101/actual", "4.31万人")
    filler.kept()

    filler.go(f"{at}/evidence")
    proof = tmp_path / "参保报表.pdf"
    proof.write_bytes(b"%PDF-1.7 report")
    page.get_by_label("P101 的佐证文件").set_input_files(str(proof))
    page.locator("form.drop").filter(has=page.get_by_label("P101 的佐证文件")).get_by_role(
        "button", name="上传"
    ).click()
    page.get_by_text("已添加 1 个文件到草稿").wait_for()
    assert page.get_by_role("link", name="参保报表").count() == 1
    filler.looks_well()

    filler.go(f"{at}/results")
    page.get_by_role("button", name="P101").click()
    page.locator(".how").first.wait_for()
    assert "4.31万人" in page.locator(".how").first.inner_text()
    page.mouse.wheel(0, 5000)
    filler.looks_well()
    filler.go(at)
    page.get_by_role("button", name="保存为新版本").click()
    page.get_by_text("已保存为第 3 版").wait_for()
    filler.act(at, "提交")
    page.get_by_text("已提交，待复核").wait_for()

    checker = Person(chromium, address, "checker", shape, axe=axe).sign_in()
    checker.page.get_by_role("link", name="2024年度医疗救助补助资金绩效自评").last.click()
    checker.act(checker.page.url.removeprefix(address), "退回", "请补充说明参保人数口径")
    filler.go(at)
    assert "请补充说明参保人数口径" in page.locator(".history").inner_text()
    filler.looks_well()
    filler.go(f"{at}/fill/basics")
    filler.type("texts/background", "参保人数按年末时点统计。")
    filler.kept()
    page.get_by_role("button", name="保存为新版本").click()
    page.get_by_text("已保存为第 4 版").wait_for()
    filler.act(at, "提交")
    checker.act(at, "通过")
    approver = Person(chromium, address, "approver", shape, axe=axe).sign_in()
    approver.act(at, "审批通过")
    approver.page.get_by_text("审批通过，待财政初审").wait_for()

    approver.go(f"{at}/files")
    approver.looks_well()
    with approver.page.expect_download() as waiting:
        approver.page.get_by_role("link", name="部门单位项目支出绩效自评表.xlsx", exact=True).click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    approver.go(f"{at}/revisions")
    assert approver.page.get_by_text("版本链完整").is_visible()
    approver.page.get_by_role("button", name="对比所选版本").click()
    assert "参保人数按年末时点统计。" in approver.page.locator("ins").first.inner_text()
    approver.looks_well()
    for person in (filler, checker, approver):
        person.close()


def test_keyboard_alone_fills_saves_and_moves(chromium, address):
    filler = Person(chromium, address, "filler2", "desk")
    page, keys = filler.page, filler.page.keyboard
    page.goto(address)
    keys.type("filler2")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.locator("code.secret").wait_for()
    keys.type(pyotp.TOTP(page.locator("code.secret").inner_text()).now())
    keys.press("Enter")
    page.get_by_role("heading", name="首页").wait_for()
    tab_to(page, "新建评价项目")
    keys.press("Enter")
    page.get_by_label("项目名称").wait_for()
    tab_to(page, "title")
    keys.type("键盘填报")
    keys.press("Enter")
    page.get_by_role("heading", name="还缺").wait_for()
    tab_to(page, "继续填报")
    keys.press("Enter")
    page.locator("#grid").wait_for()
    tab_to(page, "head/project")
    keys.type("医疗救助")
    keys.press("Enter")  # the cell below
    keys.type("某县")
    keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.path") == "head/unit"
    filler.kept()
    tab_to(page, "说明改了什么", back=True)
    keys.type("键盘")
    keys.press("Enter")
    page.get_by_text("已保存为第 2 版").wait_for()
    filler.go(f"{page.url.removeprefix(address)}/fill/basics")
    assert page.locator('textarea[data-path="head/region"]').input_value() == "某县"
    filler.close()


def tab_to(page, name, *, back=False):
    """Press Tab until the focus is on something of that name."""
    said = "(() => { const e = document.activeElement; return [e.innerText, e.name, e.placeholder, e.dataset && e.dataset.path] })()"
    for _ in range(80):
        if name in page.evaluate(said):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def test_typed_text_survives_a_lost_connection_and_a_paste_from_excel(chromium, address, tmp_path):
    filler = Person(chromium, address, "both", "desk").sign_in()
    page = filler.go("/dossiers/new")
    page.get_by_label("项目名称").fill("断线")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("link", name="继续填报").click()
    page.locator('textarea[data-path="funds/sources/中央/original_budget"]').focus()
    # three rows, the columns of budget and revised budget, as Excel puts them on the clipboard
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text); "
        "document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }",
        '600\t620\r\n300\t310\r\n100\t"1,000"\r\n',
    )
    filler.kept()
    page.reload()

    def cell(name, column):
        return page.locator(f'textarea[data-path="funds/sources/{name}/{column}"]').input_value()

    assert [cell(name, "original_budget") for name in ("中央", "省级", "市县")] == ["600.00", "300.00", "100.00"]
    assert [cell(name, "revised_budget") for name in ("中央", "省级", "市县")] == ["620.00", "310.00", "1000.00"]

    filler.context.set_offline(True)
    filler.type("head/project", "打上的字")
    page.locator("#lost:not([hidden])").wait_for()
    assert page.locator('textarea[data-path="head/project"]').input_value() == "打上的字"
    filler.context.set_offline(False)
    filler.kept()
    page.reload()
    assert page.locator('textarea[data-path="head/project"]').input_value() == "打上的字"
    filler.problems = [said for said in filler.problems if "ERR_INTERNET_DISCONNECTED" not in said]
    filler.close()


def test_rows_of_a_list_come_and_go_by_keyboard(chromium, address):
    filler = Person(chromium, address, "both", "desk").sign_in()
    page, keys = filler.go("/dossiers/new"), filler.page.keyboard
    page.get_by_label("项目名称").fill("名单")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("link", name="继续填报").click()
    page.get_by_role("link", name="绩效评价工作组成员表").first.click()
    tab_to(page, "加一行")
    for number, role in enumerate(("主评人", "财务专家", "医保专家")):
        keys.press("Enter")
        sync_api.expect(page.locator(f'textarea[data-path="procedure/team/{number}/role"]')).to_be_focused()
        keys.type(role)  # goes on at once: what is typed is kept before the next row comes
        tab_to(page, "加一行")
    filler.kept()
    filler.looks_well()
    page.get_by_role("button", name="删去第 2 行").focus()
    keys.press("Enter")
    roles = page.locator('textarea[data-path$="/role"]')
    sync_api.expect(roles).to_have_count(2)
    sync_api.expect(page.get_by_role("button", name="删去第 2 行")).to_be_focused()
    filler.type("procedure/team/1/duty", "政策解释")
    filler.kept()
    page.reload()
    assert roles.evaluate_all("all => all.map(one => one.value)") == ["主评人", "医保专家"]
    assert page.locator('textarea[data-path="procedure/team/1/duty"]').input_value() == "政策解释"
    filler.close()
