"""单位自评报告: what both examples say, that it follows the data, and that directions are called right."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.document import Heading, Paragraph, Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation, Reason
from jixiao.evaluation.published import published
from jixiao.evaluation.reading import value_at
from jixiao.figures.figure import Figure
from jixiao.operations.check import check
from jixiao.reports import report
from jixiao.reports.prose import printed
from jixiao.review import check as review
from jixiao.review import reading

_CHAPTERS = [
    "一、基本情况",
    "二、绩效评价工作开展情况",
    "三、综合评价情况及评价结论",
    "四、绩效评价指标分析",
    "五、预算执行进度与绩效指标偏差",
    "六、主要经验及做法、存在的问题及原因分析",
    "七、有关建议",
    "八、其他需要说明的问题",
    "附件1 部门单位项目支出绩效自评表",
    "附件2 数据来源及佐证材料清单",
]
_EXAMPLES = ("kashgar-2022-staff-medical", "kashgar-2022-resident-medical")


@pytest.fixture(scope="module")
def kashgar(examples):
    """Return a function that gives the assessment of one of the two examples."""
    assessed = {name: check(examples / name).value for name in _EXAMPLES}
    return assessed.__getitem__


@pytest.fixture(scope="module")
def staff(kashgar):
    return kashgar(_EXAMPLES[0])


def _written(of):
    return report.write(report.kind_of(of), of)


def _changed(of, code, spelt):
    actual = replace(value_at(of.evaluation, f"actuals/{code}", spelt), origin=of.actuals[code].origin)
    return assess(replace(of.evaluation, actuals={**of.evaluation.actuals, code: actual}))


def _runs(document):
    return [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs if run.bind]


def _text(document):
    return "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))


def _deviation(document, name):
    """Return the paragraph on the deviation of one indicator, or nothing."""
    said = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.kind == "item"]
    return "".join(text for text in said if text.startswith(f"“{name}”："))


@pytest.mark.parametrize("name", _EXAMPLES)
def test_report_says_what_the_golden_file_says(name, kashgar, plain, golden):
    golden(f"reports/{name}.txt", plain(_written(kashgar(name))))


@pytest.mark.parametrize("name", _EXAMPLES)
def test_report_has_eight_chapters_and_no_gap(name, kashgar, plain):
    document = _written(kashgar(name))

    assert [heading.text for _, heading in document.listed() if heading.level == 1] == _CHAPTERS
    assert "待补充" not in plain(document)
    assert report.gaps(kashgar(name)) == []
    assert report.findings(kashgar(name)) == []


@pytest.mark.parametrize("name", _EXAMPLES)
def test_every_quotation_prints_the_value_at_its_path(name, kashgar):
    quoted = _runs(_written(kashgar(name)))

    assert len(quoted) > 150
    assert [run for run in quoted if run.text != printed(run.bind, published(kashgar(name), run.bind))] == []


def test_every_figure_outside_free_texts_is_quoted_or_part_of_a_derivation(staff):
    bare = assess(replace(staff.evaluation, texts={}, evidence=(), reasons={}))
    blocks = [block for block in _written(bare).blocks if isinstance(block, Paragraph)]
    plain = [run.text for block in blocks for run in block.runs if not run.bind]
    known = ("评分过程", "财预〔2020〕10号", "2022年度绩效自评表", "附件1")

    typed = {text for text in plain if re.search(r"\d", text) and not any(word in text for word in known)}

    floors, counts, above = {"90", "80", "60"}, {"11", "6", "5", "1", "3"}, {"30%"}
    assert {text for text in typed - floors - counts - above if not re.search("[＝÷=]", text)} == set()


@given(data=st.data())
def test_report_follows_an_actual_value_that_changes(staff, data):
    figures = [
        code
        for code, actual in staff.actuals.items()
        if isinstance(actual.value, Figure) and actual.value.spelt is not None
    ]
    code = data.draw(st.sampled_from(figures))
    spelt = (
        f"{data.draw(st.integers(1, 99999))}.{data.draw(st.integers(0, 99)):02}{staff.actuals[code].value.unit.name}"
    )
    changed = _changed(staff, code, spelt)

    document = _written(changed)

    assert [run for run in _runs(document) if run.text != printed(run.bind, published(changed, run.bind))] == []
    assert re.findall(r"总得分([\d.]+)分", _text(document)) == [printed("", published(changed, "scored/score"))]
    name = staff.evaluation.system("scored").find(code).name
    said = _deviation(document, name)
    if said:
        assert f"实际完成值为“{changed.actuals[code]}”" in said
        off = published(changed, f"scored/{code}/deviation")
        assert ("偏差率−" in said) == (off.published(2).num < 0)
    else:
        assert changed.actuals[code].value == changed.evaluation.system("scored").find(code).target.figure()


@pytest.mark.parametrize(
    ("code", "spelt", "said"),
    [
        ("O101", "40.28万人", "，未达到指标值，完成率98.24%，偏差率−1.76%。"),
        ("O101", "41万人", ""),
        ("O101", "42万人", "，超过指标值，完成率102.44%，偏差率2.44%。"),
        ("O401", "210485万元", "，优于指标值，完成率92.13%，偏差率−7.87%。"),
        ("O401", "228463万元", "，未达到指标值，完成率100%，偏差率0%。"),
        ("O401", "251308.2万元", "，未达到指标值，完成率110%，偏差率10%。"),
        ("B102", "没有减少", "实际完成值为“没有减少”，指标值为“有效减少”，未达到指标值。"),
    ],
)
def test_deviation_is_called_by_its_direction(staff, code, spelt, said):
    changed = _changed(staff, code, spelt)
    name = staff.evaluation.system("scored").find(code).name

    found = _deviation(_written(changed), name)

    assert said in found
    assert bool(said) == bool(found)


@pytest.mark.parametrize(
    ("spelt", "wide"), [("171.6万人次", False), ("171.7万人次", True), ("92.4万人次", False), ("92.3万人次", True)]
)
def test_wide_deviation_is_named_with_the_mark_of_the_rule_pack(staff, spelt, wide):
    found = _deviation(_written(_changed(staff, "O102", spelt)), "享受待遇人次")

    assert ("偏差超过30%。" in found) == wide


def test_reason_and_measure_stand_behind_the_deviation_and_a_missing_reason_is_visible(staff):
    told = replace(staff.evaluation, reasons={"O101": Reason("部分职工停保。", "逐户核对。")})
    document = _written(assess(told))

    assert _deviation(document, "参保人数").endswith("偏差原因：部分职工停保。改进措施：逐户核对。")
    assert _deviation(document, "享受待遇人次").endswith("偏差超过30%。偏差原因【待补充】。")


def test_counts_of_the_chapter_add_up_and_the_table_has_every_indicator(staff):
    document = _written(staff)

    said = "11项指标中，6项达到指标值，1项超过指标值，1项优于指标值，3项未达到指标值。"
    assert said in _text(document)
    table = next(block for block in document.blocks if isinstance(block, Table) and "偏差率" in str(block.caption))
    assert [cell.text for cell in table.grid[3]] == ["享受待遇人次", "363.22%", "263.22%", "超过指标值"]
    assert len(table.grid) == 1 + len(staff.card.scores)


@pytest.mark.parametrize(
    ("executed", "said"),
    [
        ("210485万元", "为92.13%。全年执行数低于全年预算数。其中："),
        ("228462万元", "为100%。全年预算全部执行。其中："),
        ("228463万元", "为100%。全年执行数超过全年预算数。其中："),
    ],
)
def test_execution_is_compared_with_the_budget_and_told_by_source(staff, executed, said):
    funds = staff.evaluation.funds
    first = value_at(staff.evaluation, "funds/sources/当年财政拨款/executed", executed)
    source = replace(funds.sources[0], money=replace(funds.sources[0].money, executed=first))
    changed = assess(replace(staff.evaluation, funds=replace(funds, sources=(source, *funds.sources[1:]))))

    text = _text(_written(changed))

    assert said in text
    assert f"当年财政拨款全年预算数228462万元，执行数{executed}" in text
    assert "上年结转资金、其他资金没有预算和执行。" in text


def test_indicators_of_the_same_name_are_told_apart_and_one_measure_is_advised_once(staff):
    text = _text(_written(staff))

    assert "预算执行率（预算执行）未达到预期目标" in text
    assert "预算执行率（质量指标）未达到预期目标" in text
    assert text.count("建议编制预算时综合考虑就诊量的变化。") == 1


def test_report_of_an_empty_evaluation_prints_gaps_and_does_not_fail():
    empty = assess(Evaluation(kind="self-evaluation", year=2022))

    text = _text(_written(empty))

    assert "【待补充：资金安排、到位和执行数】" in text
    assert "【待补充：项目背景】" in text
    assert [finding.severity for finding in report.gaps(empty)] == ["warning"]


@pytest.mark.parametrize(
    ("name", "explained"),
    [
        (_EXAMPLES[0], {"基本医疗保险预算支出金额"}),  # scored by how much of the budget was spent
        (_EXAMPLES[1], set()),
    ],
)
def test_our_own_report_holds_before_the_review(name, explained, kashgar):
    said = reading.of_document(_written(kashgar(name)))

    found = review.run(said)

    assert len(said.claims) > 250
    assert {
        finding.because.args["name"] for finding in found if finding.because.id.endswith("met_not_full")
    } == explained
    others = [finding for finding in found if not finding.because.id.endswith("met_not_full")]
    noted = {"kashgar-2022-staff-medical": [("note", "review.targets.far_above_told", "享受待遇人次")]}
    assert [(finding.severity, finding.because.id, finding.because.args["name"]) for finding in others] == next(
        (notes for case, notes in noted.items() if name in case), []
    )


def test_annex_is_the_regional_form_that_the_evaluation_chose(staff):
    of = assess(replace(staff.evaluation, forms=("sichuan_self_evaluation_table",)))

    blocks = _written(of).blocks

    annex = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text.startswith("附件1"))
    heads = {cell.text for row in blocks[annex + 1].grid for cell in row if cell is not None}
    assert blocks[annex].text == "附件1 部门预算项目支出绩效自评表"
    assert {"指标性质", "度量单位", "未完成原因分析"} <= heads
    assert "偏差原因分析\n及改进措施" not in heads
