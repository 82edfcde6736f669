"""材料: work plan, declaration, letters, reports on correction and monitoring, bulletins, each from the same bundle."""

import pytest
from docx import Document

from jixiao.documents.footer import check_code
from jixiao.errors import NotKnown
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.operations.check import check
from jixiao.operations.report import kinds, report


def texts(path):
    """Return the paragraphs and the rows of tables of a Word file."""
    document = Document(str(path))
    rows = [" ".join(dict.fromkeys(cell.text for cell in row.cells)) for table in document.tables for row in table.rows]
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text], rows


def test_work_plan_says_who_how_when_and_with_which_data(fund, tmp_path):
    report(fund, "work_plan", tmp_path / "out")

    said, rows = texts(tmp_path / "out" / "绩效评价工作方案.docx")
    assert said[0] == "2024年度示例县职工基本医疗保险项目绩效评价工作方案"
    heads = [line for line in said if line[:2] in ("一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、")]
    assert heads == [
        "一、评价委托和评价期", "二、评价目的、对象与范围", "三、评价原则、方法与标准", "四、绩效评价指标体系",
        "五、组织分工", "六、进度安排", "七、资料清单和访谈提纲", "八、质量控制",
    ]  # fmt: skip
    assert (
        "比较法：把实际情况与目标、上年、同类地区或预算安排逐项比较，看差在哪里；本次用于实际完成值与指标值、上年值比较。"
        in said
    )
    assert any("1.指标体系确认、2.真实性声明、3.评价机构内审、4.评价机构终审、5.财政初审、6.财政终审、7.验收" in line
               for line in said)  # fmt: skip
    assert "2 数据采集 2025年7月11日前 发放基础数据采集表和资料清单 7月11日完成" in rows
    assert "1 项目主评人 注册会计师 评价过程指导，签署报告" in [row.replace("  ", " ") for row in rows]
    assert any(row.startswith("2 基金专户对账单 示例县财政局") for row in rows)


def test_work_plan_shows_what_is_still_missing(fund, change, tmp_path):
    change("  team:", "  team: []\n  xteam:")
    path = fund / "evaluation.yaml"
    text = path.read_text("utf-8")
    start, end = text.index("  xteam:"), text.index("  data:")
    path.write_text(text[:start] + text[end:], "utf-8")

    report(fund, "work_plan", tmp_path / "out")

    said, _ = texts(tmp_path / "out" / "绩效评价工作方案.docx")
    assert "【待补充：评价人员（procedure/team）】" in said


def test_declaration_names_the_codes_of_what_is_handed_in(fund, tmp_path):
    report(fund, "declaration", tmp_path / "out")

    said, _ = texts(tmp_path / "out" / "绩效自评真实性声明.docx")
    of = check(fund).value
    code = check_code([write(form("self_evaluation_table"), of)])
    assert any("承诺真实、完整、合规" in line for line in said)
    assert any(f"《部门单位项目支出绩效自评表》校验码 {code}" in line for line in said)


def test_every_addressee_gets_its_own_letter(fund, change, tmp_path):
    change("  addressees:\n", "  addressees:\n    - {to: 示例县财政局, by: 2025年9月30日}\n")
    change("who: 示例县医疗保障局, state: 已完成", "who: 示例县财政局, state: 已完成")

    outcome = report(fund, "notification", tmp_path / "out")

    assert [name for name in outcome.value if name.endswith(".docx")] == [
        "绩效评价结果反馈通知-示例县财政局.docx", "绩效评价结果反馈通知-示例县医疗保障局.docx"
    ]  # fmt: skip
    finance, rows = texts(tmp_path / "out" / "绩效评价结果反馈通知-示例县财政局.docx")
    assert "示例县财政局：" in finance
    assert any("得分率98.29%，评价等级为“优”" in line for line in finance)
    assert any("请你单位对下列 1 个问题逐项整改。整改情况请于2025年9月30日报送" in line for line in finance)
    assert [row for row in rows if "按月调度支出进度" in row] and not [row for row in rows if "逐户核对" in row]
    own, rows = texts(tmp_path / "out" / "绩效评价结果反馈通知-示例县医疗保障局.docx")
    assert "示财绩〔2025〕8号" in own and "2025年8月5日" in own
    assert [row for row in rows if "逐户核对" in row] and not [row for row in rows if "按月调度支出进度" in row]


def test_letter_to_a_region_tells_its_own_money(examples, tmp_path):
    outcome = report(examples / "xinjiang-2024", "notification", tmp_path / "out")

    assert len([name for name in outcome.value if name.endswith(".docx")]) == 14
    said, _ = texts(tmp_path / "out" / "绩效评价结果反馈通知-喀什地区医疗保障局.docx")
    assert "喀什地区全年预算 65639万元，执行 65639万元，执行率 100%，结余 0万元。" in said


def test_letters_without_an_addressee_are_refused(examples, tmp_path):
    with pytest.raises(NotKnown) as problem:
        report(examples / "bazhou-2024", "notification", tmp_path / "out")

    assert problem.value.what.text("zh") == "没有登记反馈对象"
    assert not (tmp_path / "out").exists()


def test_names_of_addressees_become_harmless_names_of_files(fund, change, tmp_path):
    change("{to: 示例县医疗保障局,", "{to: 甲/乙\\..\\丙, by: 2025年9月1日}\n    - {to: 甲/乙\\..\\丙,")

    outcome = report(fund, "notification", tmp_path / "out")

    assert [name for name in outcome.value if name.endswith(".html")] == [
        "绩效评价结果反馈通知-甲_乙_.._丙.html", "绩效评价结果反馈通知-甲_乙_.._丙-2.html"
    ]  # fmt: skip


def test_correction_is_reported_until_it_is_closed(fund, change, tmp_path):
    report(fund, "rectification", tmp_path / "out")

    said, _ = texts(tmp_path / "out" / "绩效评价问题整改情况报告.docx")
    assert "评价指出的问题共 2 个，已办结 1 个，正在整改 1 个。问责情况：「年末支出延后」约谈。" in said
    assert "「年末支出延后」：按月调度支出进度；2025年9月1日办结，佐证：支出进度表。" in said
    assert (
        "「参保人数未达指标值」：逐户核对并动员参保；责任单位 示例县医疗保障局，时限 2025年12月31日前，目前整改中。"
        in said
    )

    change("state: 整改中", "state: 已办结\n      proof: 参保清册")
    report(fund, "rectification", tmp_path / "out")

    said, _ = texts(tmp_path / "out" / "绩效评价问题整改情况报告.docx")
    assert "全部问题已办结。" in said


def test_monitoring_is_reported_with_forecast_and_correction(fund, tmp_path):
    report(fund, "monitoring", tmp_path / "out")

    said, rows = texts(tmp_path / "out" / "绩效运行监控报告.docx")
    assert "截至2024年7月31日，累计执行 610.3万元，执行率 50.84%，预计全年执行 1200.5万元。" in said
    assert "监控 3 个指标，其中 1 个有偏差或需采取纠偏措施。" in said
    assert ("参保人数：年度指标值 ≥5万人，目前 4.7万人，预计全年 4.9万人；原因：外出务工人员停保；"
            "完成目标的可能性：有可能；纠偏措施：逐户核对并动员参保。") in said  # fmt: skip
    assert any("4.7万人" in row for row in rows)


def test_bulletin_tells_money_open_problems_and_cases(fund, tmp_path):
    report(fund, "bulletin", tmp_path / "out")

    said, rows = texts(tmp_path / "out" / "绩效工作通报.docx")
    assert "全年执行 1018.63万元，预算执行率 84.85%。" in said
    assert any(line.startswith("「参保人数未达指标值」") for line in said)
    assert "定点医疗机构违规 1件 0.00% 0件 12.6万元 3万元" in rows


def test_bulletin_tells_months_that_fell_behind_and_regions(examples, tmp_path):
    report(examples / "xinjiang-2024", "bulletin", tmp_path / "out")

    said, _ = texts(tmp_path / "out" / "绩效工作通报.docx")
    assert "全年执行 171564.18万元，预算执行率 97.58%。" in said
    assert any(line.startswith("按执行数占预算数的比例计，14个地区中有10个全部执行") for line in said)


def test_paper_does_not_become_the_report_of_the_evaluation(fund, change):
    change("kind: self-evaluation", "kind: self-evaluation\nreport: work_plan")

    (found,) = [one for one in check(fund).findings if one.check == "report_kind"]

    assert found.severity == "error" and "work_plan" not in found.remedy.text("en").split("be")[-1]


def test_every_paper_names_its_kind_and_an_unknown_one_is_refused(fund, jixiao):
    assert {"work_plan", "declaration", "notification", "rectification", "monitoring", "bulletin"} < set(kinds())

    done = jixiao("report", fund, "poster")

    assert done.returncode == 14
    assert "没有这种报告：poster" in done.stderr


def test_command_writes_the_papers_and_says_so(fund, jixiao, tmp_path):
    done = jixiao("report", fund, "declaration", "--out", "papers")

    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "papers").iterdir()} == {
        "绩效自评真实性声明.docx",
        "绩效自评真实性声明.html",
    }
    assert "已写出 papers/绩效自评真实性声明.docx" in done.stderr


def test_report_of_the_evaluation_is_withheld_while_errors_stand(fund, change, jixiao, tmp_path):
    change("value: 4.9万人", "value: ≥5万人")

    assert jixiao("report", fund, "self_evaluation", "--out", "papers").returncode == 1
    assert jixiao("report", fund, "notification", "--out", "papers").returncode == 1
    assert not (tmp_path / "papers").exists()
    assert jixiao("report", fund, "work_plan", "--out", "papers").returncode == 1
    assert (tmp_path / "papers" / "绩效评价工作方案.docx").exists()


def test_report_tells_what_audits_found(fund, change, tmp_path):
    change("found: 未发现挤占挪用, state: 无需整改}", "found: 未发现挤占挪用}\n    - {by: 示例县财政局, found: 两笔凭证不全, "
           "document: 财监〔2024〕2号, measure: 补齐凭证, state: 已整改}")  # fmt: skip

    report(fund, "self_evaluation", tmp_path / "out")

    html = (tmp_path / "out" / "绩效自评报告.html").read_text("utf-8")
    assert ("审计和监督检查情况：示例县审计局（示审报〔2024〕11号）：未发现挤占挪用。"
            "示例县财政局（财监〔2024〕2号）：两笔凭证不全；处理情况：补齐凭证，已整改。") in html  # fmt: skip
