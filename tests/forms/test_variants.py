"""地方表样: what each regional form has instead of the national one, and that it comes back whole from a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import evaluations

from jixiao.evaluation.assess import assess
from jixiao.evaluation.paths import get
from jixiao.formats import bundle
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import Block, form, forms, forms_for, known, national
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.variant import findings
from jixiao.forms.write import joined, pieces, printed, write

OFFICE = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "docx": "docx:MS Word 2007 XML"}
VARIANTS = [name for name in known() if name not in national()]
HEADS = {
    "beijing_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值",
                                      "得分计算方法", "得分", "偏差原因分析\n及改进措施"],
    "chengan_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "权重（%）",
                                      "得分（百分制）", "得分×权重%", "偏差原因分析\n及改进措施"],
    "hubei_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分",
                                    "偏差原因分析\n及改进措施"],
    "sichuan_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重",
                                      "得分", "未完成原因分析"],
    "suizhou_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分",
                                      "复核分", "偏差原因分析\n及改进措施"],
    "yinchuan_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
                                       "未完成原因分析与改进措施"],
    "yunnan_self_evaluation_table": ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值",
                                     "分值", "得分", "偏差原因分析\n及改进措施"],
}  # fmt: skip


@pytest.fixture
def chosen(invented):
    """Return a function that assesses the invented fund with a variant chosen."""
    return lambda name: assess(replace(invented.evaluation, forms=(name,)))


def lines(table):
    return [[cell.text for cell in row if cell is not None] for row in table.grid]


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_has_its_own_columns(name):
    assert [column.head for column in form(name).block().columns] == HEADS[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_chosen_variant_stands_in_the_place_of_its_base(name, chosen):
    ids = [known.id for known in forms_for(chosen(name).evaluation)]

    assert name in ids
    assert "self_evaluation_table" not in ids


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
@pytest.mark.parametrize("name", VARIANTS)
def test_untouched_file_is_recognised_and_changes_nothing(kind, name, chosen, saved, readings):
    of = chosen(name)

    found, reading = readings(saved(write(form(name), of), kind), of.evaluation)

    # without the hidden mark of a workbook, one layout under two names is the first of them
    assert found.id == name or [c.head for c in found.block().columns] == HEADS[name]
    assert absorbed(of.evaluation, form(name), reading) == (of.evaluation, [])


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("name", VARIANTS)
def test_file_saved_by_an_office_program_changes_nothing(kind, name, *, chosen, saved, readings, resaved):
    of = chosen(name)

    found, reading = readings(resaved(saved(write(form(name), of), kind), OFFICE[kind]), of.evaluation)

    assert found.id == name
    assert absorbed(of.evaluation, found, reading) == (of.evaluation, [])


@settings(max_examples=15)
@given(evaluations(), st.sampled_from(VARIANTS))
def test_variant_of_any_evaluation_comes_back_as_it_was(evaluation, name):
    evaluation = replace(evaluation, kind="self-evaluation", forms=(name,))
    if evaluation.system("scored") is None:
        return
    table = write(form(name), assess(evaluation))
    found, match = recognise(forms(), replace(table, keys=table.keys))

    reading = read(form(name), table, match, evaluation.system("scored"))

    assert [column.head for column in found.block().columns] == HEADS[name]
    assert absorbed(evaluation, form(name), reading) == (evaluation, [])


@given(st.one_of(st.text(max_size=12), st.from_regex(r"[≥≤]?[0-9]{1,4}(\.[0-9])?[人%万元]{0,2}", fullmatch=True)))
def test_pieces_of_a_target_give_it_back(text):
    apart = pieces(text)

    assert "".join(part for part in apart.values() if part != "定性") == text.replace("定性", "") or text == "定性"
    assert joined(*apart.values()) == text or "定性" in text


def test_target_split_over_columns(chosen):
    rows = lines(write(form("yunnan_self_evaluation_table"), chosen("yunnan_self_evaluation_table")))

    assert [row[-8:-3] for row in rows if "参保人数" in row] == [["参保人数", "≥", "5", "万人", "4.9万人"]]
    assert [row[-8:-3] for row in rows if "参保人就医负担" in row] == [
        ["参保人就医负担", "定性", "有效减轻", "", "有效减轻"]
    ]


def test_amounts_in_yuan(chosen):
    rows = lines(write(form("yunnan_self_evaluation_table"), chosen("yunnan_self_evaluation_table")))

    assert rows[3][:4] == ["年度资金总额", "10000000.00", "12005000.00", "10186349.00"]


def test_money_of_the_form_without_weights_has_three_columns(chosen):
    rows = lines(write(form("hubei_self_evaluation_table"), chosen("hubei_self_evaluation_table")))

    assert rows[2] == ["预算执行\n情况\n（万元，\n20分）", "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分"]
    assert rows[3] == ["年度资金总额", "1200.50", "1018.63", "84.85%", "8.49"]


def test_score_of_a_hundred_beside_the_weighted_one(chosen):
    rows = lines(write(form("chengan_self_evaluation_table"), chosen("chengan_self_evaluation_table")))

    assert [row[-4:-1] for row in rows if "参保人数" in row] == [["10", "98%", "9.8"]]
    assert rows[-2] == ["总分", "100", "", "98.29", ""]


def test_texts_below_the_table(chosen):
    of = chosen("sichuan_self_evaluation_table")
    of = assess(replace(of.evaluation, texts={**of.evaluation.texts, "conclusion": "目标基本实现。"}))
    rows = lines(write(form("sichuan_self_evaluation_table"), of))

    assert rows[-4:-1] == [["评价结论", "目标基本实现。"], ["存在问题", ""], ["改进措施", ""]]


def test_split_target_that_was_typed_is_put_together(chosen, readings):
    of = chosen("yunnan_self_evaluation_table")
    table = write(form("yunnan_self_evaluation_table"), of)
    grid = tuple(
        tuple(
            cell and replace(cell, text="5.2" if cell.bind == "scored/O101/target#value" else cell.text) for cell in row
        )
        for row in table.grid
    )

    found, reading = readings([replace(table, grid=grid)], of.evaluation)
    evaluation, findings = absorbed(of.evaluation, found, reading)

    assert str(get(evaluation, "scored/O101/target")) == "≥5.2万人"
    assert {found.check for found in findings} == {"form_amendment", "form_computed"}
    assert printed(found, assess(evaluation))["scored/O101/target"].text == "≥5.2万人"


def test_findings_about_a_chosen_variant(invented):
    evaluation = replace(
        invented.evaluation, forms=("nowhere", "suizhou_self_evaluation_table", "hubei_self_evaluation_table")
    )

    said = [(found.severity, found.paths, found.because.text("zh")) for found in findings(evaluation)]

    assert said == [
        ("error", ("forms/0",), "没有名为「nowhere」的地方表样"),
        ("note", ("forms/1",), "随州的《部门单位项目支出绩效自评表》表样只见于一句描述，待核"),
        ("note", ("forms/2", "scored/Z/weight"), "湖北表样的「预算执行」按 20 分设置，本项目是 10 分"),
    ]


def test_bundle_chooses_its_variant(tmp_path):
    text = (Path(__file__).with_name("invented") / "evaluation.yaml").read_text(encoding="utf-8")
    (tmp_path / "evaluation.yaml").write_text(f"{text}\nforms: [yunnan_self_evaluation_table]\n", encoding="utf-8")

    assert bundle.read(tmp_path).evaluation.forms == ("yunnan_self_evaluation_table",)


@pytest.mark.parametrize("name", VARIANTS)
def test_variant_says_where_it_is_used_and_how_far_it_is_known(name):
    found = form(name)

    assert found.base == "self_evaluation_table"
    assert found.region
    assert found.mark in ("confirmed", "unconfirmed")
    assert isinstance(found.block(), Block)
