"""浏览器: a real Chromium takes an evaluation from signing in to the published result, on a desk and on a phone."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import ClassVar

import pyotp
import pytest
from django.db import connection, transaction
from playwright import sync_api

from jixiao.web import signing_in
from jixiao.web.models import Account

pytestmark = pytest.mark.browser

PASSWORD = "Cast-of-2024"
SHAPES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def address(stage, serve, tmp_path_factory):
    """Serve a copy of the stage and return its address."""
    data = tmp_path_factory.mktemp("stage") / "data"
    data.mkdir(mode=0o700)
    shutil.copy(stage, data / "jixiao.sqlite3")
    connection.close()
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(data / "jixiao.sqlite3")
    for name in ("filler", "filler2", "both"):
        with transaction.atomic():
            Person.keys[name] = signing_in.begin(Account.objects.get(name=name), "test")
    connection.close()
    connection.settings_dict["NAME"] = before
    return serve(data)


class Person:
    """Somebody of the cast in a browser of their own."""

    secrets: ClassVar[dict[str, str]] = {}
    used: ClassVar[dict[str, int]] = {}
    keys: ClassVar[dict[str, str]] = {}

    def __init__(self, chromium, address, name, shape):
        self.context = chromium.new_context(viewport=SHAPES[shape], locale="zh-CN", accept_downloads=True)
        self.context.set_default_timeout(20_000)
        self.page, self.address, self.name, self.problems = self.context.new_page(), address, name, []
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
        if self.used.get(self.name) == int(time.time()) // 30:  # a code is good once
            time.sleep(31 - time.time() % 30)
        self.used[self.name] = int(time.time()) // 30
        page.get_by_label("验证码").fill(pyotp.TOTP(self.secrets[self.name]).now())
        page.get_by_role("button", name="登录").click()
        page.get_by_role("heading", name="首页").wait_for()
        return self

    def enter(self):
        """Come in with a session that was begun before."""
        self.context.add_cookies([{"name": "jixiao", "value": self.keys[self.name], "url": self.address}])
        self.page.goto(self.address)
        self.page.get_by_role("heading", name="首页").wait_for()
        return self

    def looks_well(self):
        """Check that the page does not scroll sideways; `test_looks` asks axe."""
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


@pytest.mark.parametrize("shape", SHAPES)
def test_evaluation_from_signing_in_to_the_published_result(address, chromium, tmp_path, shape):  # noqa: PLR0915
    filler = Person(chromium, address, "filler", shape).sign_in()
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

    checker = Person(chromium, address, "checker", shape).sign_in()
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
    approver = Person(chromium, address, "approver", shape).sign_in()
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
    others = []
    for name, action in (("reviewer", "通过"), ("finalreviewer", "通过"), ("publisher", "公开")):
        others.append(Person(chromium, address, name, shape).sign_in())
        others[-1].act(at, action)
    public = filler.go(f"/public/{at.rpartition('/')[2]}")
    assert "2024年度医疗救助补助资金绩效自评" in public.get_by_role("heading", level=1).inner_text()
    with public.expect_download() as waiting:
        public.get_by_role("link", name="indicators.csv").click()
    assert "4.31万人" in Path(waiting.value.path()).read_text("utf-8-sig")
    filler.looks_well()
    for person in (filler, checker, approver, *others):
        person.close()


def test_keyboard_alone_fills_saves_and_moves(address, chromium):
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


def test_typed_text_survives_a_lost_connection_and_a_paste_from_excel(address, chromium, tmp_path):
    filler = Person(chromium, address, "both", "desk").enter()
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


def test_rows_of_a_list_come_and_go_by_keyboard(address, chromium):
    filler = Person(chromium, address, "both", "desk").enter()
    page, keys = filler.go("/dossiers/new"), filler.page.keyboard
    page.get_by_label("项目名称").fill("名单")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("link", name="继续填报").click()
    page.get_by_text("过程记录").click()
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


def test_last_year_stands_beside_the_field_and_a_cell_is_copied(address, chromium):
    filler = Person(chromium, address, "both", "desk").enter()
    filler.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = filler.go("/dossiers/new")
    for title, year in (("前一年", "2023"), ("后一年", "2024")):
        filler.go("/dossiers/new")
        page.get_by_label("项目名称").fill(title)
        page.get_by_label("年度", exact=True).fill(year)
        if year == "2024":
            last = page.get_by_label("沿用上一年度")
            last.select_option(label=next(one for one in last.locator("option").all_inner_texts() if "前一年" in one))
        page.get_by_role("button", name="新建").click()
        page.get_by_role("link", name="继续填报").click()
        if year == "2023":
            for column in ("revised_budget", "executed"):
                filler.type(f"funds/sources/中央/{column}", "600")
            filler.type("texts/background", "上年写的背景")
            filler.kept()
            page.get_by_role("button", name="保存为新版本").click()
            page.get_by_text("已保存为第 2 版").wait_for()
    cell = page.locator("td").filter(has=page.locator('textarea[data-path="funds/sources/中央/executed"]'))
    assert "600" in cell.locator(".last").inner_text()
    assert "上年写的背景" in page.locator("#grid").inner_text()

    filler.type("funds/sources/中央/executed", "580.5")
    filler.kept()
    cell.hover()
    cell.get_by_role("button", name="复制").click()
    cell.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").replace(",", "") in ("580.5", "580.50")
    filler.close()


def test_evidence_is_dropped_on_its_indicator(address, chromium):
    filler = Person(chromium, address, "both", "desk").enter()
    page = filler.go("/dossiers/new")
    page.get_by_label("项目名称").fill("佐证")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("heading", name="还缺").wait_for()
    page.get_by_role("link", name="佐证", exact=True).click()
    zone = page.locator("form.drop").filter(has=page.get_by_label("P101 的佐证文件"))
    dropped = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['参保人数'], '口径说明.txt', {type: 'text/plain'})); return data }"
    )
    zone.dispatch_event("dragover", {"dataTransfer": dropped})
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    page.get_by_text("已添加 1 个文件到草稿").wait_for()
    assert page.get_by_role("link", name="口径说明").count() == 1
    filler.close()


def test_two_people_s_work_is_merged_field_by_field(address, chromium):
    one = Person(chromium, address, "filler", "desk").enter()
    page = one.go("/dossiers/new")
    page.get_by_label("项目名称").fill("两个人填")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("heading", name="还缺").wait_for()
    at = page.url.removeprefix(address)
    one.go(f"{at}/fill/basics")
    one.type("head/region", "甲县")
    one.type("head/department", "甲局")
    one.kept()
    other = Person(chromium, address, "filler2", "desk").enter()
    other.go(f"{at}/fill/basics")
    other.type("head/region", "乙县")
    other.kept()
    other.page.get_by_role("button", name="保存为新版本").click()
    other.page.get_by_text("已保存为第 2 版").wait_for()

    page.get_by_role("button", name="保存为新版本").click()
    page.get_by_role("heading", name="两个版本合并").wait_for()
    conflict = page.locator("tr.conflict")
    assert "乙县" in conflict.inner_text() and "甲县" in conflict.inner_text()
    conflict.get_by_label("甲县").check()
    page.get_by_role("button", name="合并到我的草稿").click()
    page.locator("#grid").wait_for()
    values = {
        path: page.locator(f'textarea[data-path="{path}"]').input_value() for path in ("head/region", "head/department")
    }
    assert values == {"head/region": "甲县", "head/department": "甲局"}
    page.get_by_role("button", name="保存为新版本").click()
    page.get_by_text("已保存为第 3 版").wait_for()
    one.close()
    other.close()


def test_respondent_answers_on_a_phone(address, chromium, examples):
    filler = Person(chromium, address, "both", "desk").enter()
    page = filler.go("/dossiers/new")
    page.get_by_label("项目名称").fill("问卷")
    page.get_by_role("button", name="新建").click()
    page.get_by_role("heading", name="还缺").wait_for()
    at = page.url.removeprefix(address)
    filler.go(f"{at}/surveys")
    page.locator("input[type=file]").set_input_files(str(examples / "bazhou-2024/survey/questionnaire.yaml"))
    page.locator("form.drop").get_by_role("button", name="发布", exact=True).click()
    link = page.locator("a[href*='/s/']").get_attribute("href")

    phone = chromium.new_context(viewport=SHAPES["phone"], locale="zh-CN", has_touch=True).new_page()
    phone.goto(link)
    reason = phone.locator("textarea")
    assert not reason.is_visible()  # asked only of who is not satisfied
    for question in ("您主要从哪里得知", "您对城乡居民医保政策了解多少", "就医的经济负担是否减轻", "最该改进哪些方面"):
        phone.get_by_role("group", name=question).locator("label").first.tap()
    phone.get_by_role("button", name="提交答卷").tap()
    phone.get_by_text("还有 3 题需要处理").wait_for()
    for question, points in (("报销是否及时", 2), ("服务态度", 5), ("总体情况", 4)):
        phone.get_by_role("group", name=question).get_by_label(str(points), exact=True).tap()
    reason.fill("等得太久")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    phone.get_by_role("button", name="提交答卷").tap()
    phone.get_by_text("答卷已收到").wait_for()
    phone.context.close()

    filler.go(f"{at}/surveys")
    assert "1 份答卷" in page.locator(".figures").inner_text()
    page.get_by_role("button", name="分析答卷").click()
    page.get_by_role("link", name="survey-report.docx").wait_for(timeout=60_000)
    filler.close()
