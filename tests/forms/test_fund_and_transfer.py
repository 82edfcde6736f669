"""社会保险支出自评表和转移支付自评表: what they print, and that a file filled in with them comes back whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from strategies import evaluations

from jixiao.evaluation.amendments import original
from jixiao.evaluation.assess import assess
from jixiao.formats import bundle
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms, forms_for
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import printed, write

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TABLES = {
    "xinjiang-2024": "transfer_self_evaluation_table",
    "kashgar-2022-public-pension": "fund_self_evaluation_table",
    "kashgar-2022-resident-pension": "fund_self_evaluation_table",
    "bachu-2020-resident-medical": "fund_self_evaluation_table",
    "bachu-2020-staff-medical": "fund_self_evaluation_table",
}


@pytest.fixture(scope="module")
def example():
    """Return a function that assesses an example."""
    return lambda name: assess(bundle.read(EXAMPLES / name).evaluation)


@pytest.fixture
def as_fund(invented):
    """Return the invented fund as an evaluation of that kind, its money in the sources that the form names."""
    first, *_ = invented.evaluation.funds.sources
    funds = replace(invented.evaluation.funds, sources=(replace(first, name="社会保险基金"),))
    return assess(replace(invented.evaluation, kind="fund", funds=funds))


def lines(table):
    return [[cell.text for cell in row if cell is not None] for row in table.grid]


def test_fund_table_prints_money_points_and_total(as_fund):
    table = write(form("fund_self_evaluation_table"), as_fund)

    assert (table.caption, table.unit) == ("社会保险支出绩效自评表\n（2024年度）", "万元")
    assert lines(table) == [
        ["项目名称", "示例县职工基本医疗保险项目"],
        ["社会保险基金\n预算支出部门", "示例县医疗保障局"],
        ["预算执行\n情况\n（万元）", "预算数：", "1200.5", "执行数：", "1018.63", "分值", "10"],
        ["其中：社会保险基金", "1200.5", "其中：社会保险基金", "1018.63", "执行率", "84.85%"],
        ["其他资金", "—", "其他资金", "—", "得分", "8.49"],
        ["年度目标\n完成情况", "预期目标", "实际完成目标"],
        ["保障参保人员按时足额享受待遇。", "全年按时足额支付待遇，自评 98.29 分。"],
        ["年度绩效\n目标完成\n情况", "一级指标", "二级指标", "三级指标", "预期指标值\n（包含数字及文字描述）",
         "实际完成指标值\n（包含数字及文字描述）", "分值", "得分"],
        ["产出指标", "数量指标", "参保人数", "≥5万人", "4.9万人", "10", "9.8"],
        ["质量指标", "住院费用报销比例", "≥70%", "72%", "20", "20"],
        ["资金拨付及时率", "100%", "100%", "20", "20"],
        ["效益指标", "社会效益指标", "参保人就医负担", "有效减轻", "有效减轻", "30", "30"],
        ["满意度指标", "满意度指标", "参保人员满意度", "≥90%", "95%", "10", "10"],
        ["总分", "100", "98.29"],
        ["填写单位（盖章）：", "填写人：", "联系电话：", "日期："],
    ]  # fmt: skip


def test_transfer_table_prints_three_columns_of_money_and_no_points(example):
    rows = lines(write(form("transfer_self_evaluation_table"), example("xinjiang-2024")))

    assert rows[3:8] == [
        ["资金投入\n情况\n（万元）", "", "全年预算数（A）", "全年执行数（B）", "预算执行率\n（B/A×100%）"],
        ["年度资金总额", "175812", "171564.18", "97.58%"],
        ["其中：中央财政资金", "173812", "169564.18", "97.56%"],
        ["地方财政资金", "2000", "2000", "100.00%"],
        ["其他资金", "0", "0", "—"],
    ]
    assert [row[0] for row in rows[9:16]] == [
        "分配科学性",
        "下达及时性",
        "拨付合规性",
        "使用规范性",
        "执行准确性",
        "预算绩效管理情况",
        "支出责任履行情况",
    ]
    assert rows[13][1:] == ["全年执行率 97.58%。", "无"]
    assert ["医保基金监管情况", "基金监管能力逐步提升", "100%", ""] in rows
    assert rows[-1] == ["说明", "无"]
    assert len(rows) == 31


def test_replaced_indicator_prints_in_the_adjusted_and_in_the_original_table(example):
    of, known = example("xinjiang-2024"), form("transfer_self_evaluation_table")

    adjusted, first = printed(known, of), printed(known, assess(original(of.evaluation)))
    pairs = {path: (first[path].text, cell.text) for path, cell in adjusted.items() if path.startswith("scored")}
    changed = {path: (before, after) for path, (before, after) in pairs.items() if before != after}

    assert changed == {
        "scored/P203": ("医保综合监管能力", "医保基金监管情况"),
        "scored/P203/target": (
            "按照《国家医疗保障局关于做好基金监管综合评价工作的通知》(医保发〔2022〕31号)进行综合评价",
            "基金监管能力逐步提升",
        ),
    }


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("name", TABLES)
def test_untouched_file_is_recognised_and_changes_nothing(kind, name, example, saved, readings):
    of = example(name)

    known, reading = readings(saved(write(form(TABLES[name]), of), kind), of.evaluation)

    assert known.id == TABLES[name]
    assert absorbed(of.evaluation, known, reading) == (of.evaluation, [])


@pytest.fixture
def typed(example, readings):
    """Return a function that types a text into a cell of an example's form and gives form, before, after, findings."""

    def enter(name, path, text):
        of = example(name)
        table = write(form(TABLES[name]), of)
        grid = tuple(
            tuple(replace(cell, text=text) if cell and cell.bind == path else cell for cell in row)
            for row in table.grid
        )
        known, reading = readings([replace(table, grid=grid)], of.evaluation)
        return known, of.evaluation, *absorbed(of.evaluation, known, reading)

    return enter


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("xinjiang-2024", "texts/remarks", "原表附后"),
        ("xinjiang-2024", "texts/use_compliance_problems", "两地使用偏慢"),
        ("bachu-2020-staff-medical", "funds/sources/社会保险基金/executed", "24000"),
        ("bachu-2020-staff-medical", "funds/sources/其他资金/executed", "7"),
    ],
)
def test_typed_cell_enters_where_it_belongs(name, path, text, typed):
    known, before, after, _ = typed(name, path, text)

    assert after != before
    assert printed(known, assess(after))[path].text == text


def test_typed_amount_of_a_ledger_is_compared_and_not_taken(typed):
    _, before, after, findings = typed("xinjiang-2024", "funds/sources/地方财政资金/executed", "1999")

    assert after == before
    assert [(found.check, found.printed, found.expected) for found in findings] == [("form_computed", "1999", "2000")]


def test_typed_rate_is_compared_and_not_taken(typed):
    path = "funds/sources/中央财政资金/rate/budget_execution_rate"

    _, before, after, findings = typed("xinjiang-2024", path, "97.65%")

    assert after == before
    assert [(found.check, found.printed, found.expected) for found in findings] == [
        ("form_computed", "97.65%", "97.56%")
    ]


@pytest.mark.parametrize("kind", ["fund", "transfer"])
@given(evaluation=evaluations())
def test_form_of_any_evaluation_comes_back_as_it_was(kind, evaluation):
    evaluation = replace(evaluation, kind=kind)
    for known in forms_for(evaluation):
        if known.kinds != (kind,):
            continue
        table = write(known, assess(evaluation))
        found, match = recognise(forms(), table)

        assert found is known
        assert absorbed(evaluation, known, read(known, table, match, evaluation.system("scored"))) == (evaluation, [])


def test_forms_belong_to_their_kind(as_fund, example):
    assert "fund_self_evaluation_table" in [known.id for known in forms_for(as_fund.evaluation)]
    assert [known.id for known in forms_for(example("xinjiang-2024").evaluation)] == [
        "amended_targets",
        "audit_findings",
        "fund_allocation_table",
        "fund_execution_table",
        "fund_management_table",
        "notified_offices",
        "publication_record",
        "score_table",
        "transfer_self_evaluation_table",
    ]
