"""填表: what the statutory forms print, cell by cell, from one assessed evaluation."""

from dataclasses import replace

import pytest

from jixiao.evaluation.assess import assess
from jixiao.evaluation.paths import put
from jixiao.figures.figure import figure
from jixiao.forms.form import Style, form
from jixiao.forms.write import printed, write


def lines(table):
    """Return the rows of a table with what spans from above or the left left out."""
    return [[cell.text for cell in row if cell is not None] for row in table.grid]


def test_self_evaluation_table_prints_the_statutory_rows(self_evaluation, invented):
    table = write(self_evaluation, invented)

    assert table.caption == "部门单位项目支出绩效自评表\n（2024年度）"
    assert lines(table)[:9] == [
        ["项目名称", "示例县职工基本医疗保险项目"],
        ["主管部门", "示例县医疗保障局", "实施单位", "示例县医疗保障局（本级）"],
        ["项目资金\n（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "1000.00", "1200.50", "1018.63", "10", "84.85%", "8.49"],
        ["其中：当年财政拨款", "1000.00", "1200.50", "1018.63", "—", "—", "—"],
        ["上年结转资金", "0.00", "0.00", "0.00", "—", "—", "—"],
        ["其他资金", "—", "—", "—", "—", "—", "—"],
        ["年度\n总体\n目标", "预期目标", "实际完成情况"],
        ["保障参保人员按时足额享受待遇。", "全年按时足额支付待遇，自评 98.29 分。"],
    ]


def test_self_evaluation_table_prints_the_indicators_without_the_execution_rate(self_evaluation, invented):
    rows = lines(write(self_evaluation, invented))

    assert rows[9][0] == "绩效\n指标"
    assert rows[10:] == [
        ["产出指标", "数量指标", "参保人数", "≥5万人", "4.9万人", "10", "9.8",
         "偏差原因：外出务工人员停保\n改进措施：逐户核对并动员参保"],
        ["质量指标", "住院费用报销比例", "≥70%", "72%", "20", "20", ""],
        ["资金拨付及时率", "100%", "100%", "20", "20", ""],
        ["效益指标", "社会效益指标", "参保人就医负担", "有效减轻", "有效减轻", "30", "30", ""],
        ["满意度指标", "满意度指标", "参保人员满意度", "≥90%", "95%", "10", "10", ""],
        ["总分", "100", "98.29", ""],
        ["填写单位（盖章）：", "填写人：", "联系电话：", "日期："],
    ]  # fmt: skip


def test_label_beside_the_indicators_covers_their_rows_but_not_the_total(self_evaluation, invented):
    table = write(self_evaluation, invented)
    beside = {cell.text: (at, cell.rows) for at, column, cell in table.cells() if column == 0}

    assert beside["项目资金\n（万元）"] == (2, 5)
    assert beside["绩效\n指标"] == (9, 6)
    assert table.grid[15][0].cols == 6


def test_indicator_rows_add_to_ninety(self_evaluation, invented):
    weights = [cell.value for path, cell in printed(self_evaluation, invented).items() if path.endswith("/weight")]

    assert sum(int(str(weight)) for weight in weights if str(weight) != "100") == 100
    assert printed(self_evaluation, invented)["scored/Z101/weight"].text == "10"


@pytest.mark.parametrize(("sign", "shown"), [("—", "—"), ("0", "0"), ("", "")])
def test_rate_of_nothing_prints_as_the_form_says(sign, shown, self_evaluation, invented):
    nothing = invented.evaluation
    for column in ("original_budget", "revised_budget", "executed"):
        nothing = put(nothing, f"funds/sources/当年财政拨款/{column}", figure("0万元"))
    styled = replace(self_evaluation, style=replace(self_evaluation.style, no_rate=sign))

    cells = printed(styled, assess(nothing))

    assert cells["scored/Z101/actual"].text == shown
    assert cells["funds/total/executed"].text == "0.00"


def test_money_prints_with_thousands_marks_and_places_where_the_form_says(self_evaluation, invented):
    styled = replace(self_evaluation, style=Style(money=4, thousands=True))

    cell = printed(styled, invented)["funds/total/executed"]

    assert (cell.text, cell.hint, cell.align) == ("1,018.6349", "#,##0.0000", "right")


def test_money_in_another_unit_of_the_bundle_prints_in_the_forms_unit(self_evaluation, invented):
    in_yuan = put(invented.evaluation, "funds/sources/当年财政拨款/executed", figure("10186349元"))

    assert printed(self_evaluation, assess(in_yuan))["funds/total/executed"].text == "1018.63"


def test_whole_percentages_print_with_two_decimals_where_the_form_says(third_party):
    details = form("score_details")
    exact = replace(details, style=Style(rate=2, points=2))

    plain, padded = printed(details, third_party), printed(exact, third_party)

    assert [plain["scored/A101/score_rate"].text, plain["scored/C203/score"].text] == ["100%", "5.7"]
    assert [padded["scored/A101/score_rate"].text, padded["scored/C203/score"].text] == ["100.00%", "5.70"]


def test_unit_stands_above_the_table_where_the_form_says(self_evaluation, invented):
    assert write(self_evaluation, invented).unit is None
    assert write(replace(self_evaluation, unit_line=True), invented).unit == "万元"


def test_evaluation_without_an_execution_indicator_prints_dashes(self_evaluation, invented):
    system = invented.evaluation.system("scored")
    bare = replace(invented.evaluation, systems=(replace(system, roots=system.roots[1:]),))

    rows = lines(write(self_evaluation, assess(bare)))

    assert rows[3][-3:] == ["—", "—", "—"]
    assert rows[10][2] == "参保人数"


def test_score_summary_prints_the_sections(third_party):
    assert lines(write(form("score_summary"), third_party)) == [
        ["一级指标", "权重分", "得分", "得分率"],
        ["项目决策", "20", "20", "100%"],
        ["项目过程", "20", "20", "100%"],
        ["项目产出", "40", "33.7", "84.25%"],
        ["项目效益", "20", "20", "100%"],
        ["合计", "100", "93.7", "93.7%"],
    ]


def test_section_without_a_stated_weight_prints_what_adds_up_below_it(third_party):
    scored = third_party.evaluation.system("scored")
    silent = replace(scored, roots=tuple(replace(root, weight=None) for root in scored.roots))
    evaluation = replace(third_party.evaluation, systems=(third_party.evaluation.system("declared"), silent))

    rows = lines(write(form("score_summary"), assess(evaluation)))

    assert rows == lines(write(form("score_summary"), third_party))


def test_score_details_print_codes_and_group_weights(third_party):
    rows = lines(write(form("score_details"), third_party))

    assert rows[1] == ["A 项目决策（20）", "A1 项目立项（7）", "A101 立项依据充分性", "4", "充分", "充分", "4", "100%"]
    assert ["C205 基金滚存结余可支配月数", "5", "≥6个月", "11个月", "5", "100%"] in rows
    assert rows[-1] == ["总分", "100", "", "", "93.7", "93.7%"]
    assert len(rows) == 23


def test_objective_table_prints_the_rule_by_its_name_and_a_dash_without_one(third_party):
    indicator = third_party.evaluation.system("scored").find("C203").rule
    ruled = put(put(third_party.evaluation, "declared/O123/rule", indicator), "declared/O111/rule", None)

    rows = lines(write(form("objective_table"), assess(ruled)))

    assert rows[1] == [
        "产出指标",
        "数量指标",
        "参保人数",
        "≥81万人",
        "计划标准",
        "—",
        "5",
        "—",
        "2024年第四季度参保人员情况季报",
    ]
    assert rows[4][5] == "每降低（不足）1%扣除5%的权重分，扣完为止"
    assert len(rows) == 13
