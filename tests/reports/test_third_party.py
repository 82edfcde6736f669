"""第三方报告: what it says, that every figure in it is the value it names, and that it follows the data."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.document import Chart, Contents, Heading, Paragraph, Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.published import published
from jixiao.evaluation.reading import value_at
from jixiao.figures.figure import Figure
from jixiao.indicators.indicator import Actual
from jixiao.reports import report
from jixiao.reports.prose import printed
from jixiao.review import check, reading

_CHAPTERS = [
    "一、项目概况",
    "二、评价工作概述",
    "三、综合评价情况及评价结论",
    "四、绩效评价指标分析",
    "五、主要经验及做法、存在的问题及原因分析",
    "六、相关建议",
    "七、绩效评价结果应用建议",
    "八、其他需要说明的问题",
]


def _runs(document):
    return [run for block in document.blocks if isinstance(block, Paragraph) for run in block.runs if run.bind]


def _text(document):
    texts = [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]
    texts += [cell.text for table in document.tables() for _, _, cell in table.cells()]
    texts += [block.says for block in document.blocks if isinstance(block, Chart)]
    return "\n".join(texts)


def test_report_says_what_the_golden_file_says(bazhou_report, plain, golden):
    golden("reports/bazhou-2024.txt", plain(bazhou_report))


def test_report_has_eight_chapters_and_two_annexes(bazhou_report):
    titles = [heading.text for _, heading in bazhou_report.listed() if heading.level == 1]

    assert titles == [*_CHAPTERS, "附件1 评价指标体系评分表", "附件2 数据来源及佐证材料清单"]


def test_tables_bear_the_numbers_of_their_chapters(bazhou_report):
    captions = [table.caption for table in bazhou_report.tables() if table.caption]

    assert captions == ["表1-1 绩效目标表", "表3-1 项目指标得分情况汇总表", "表3-2 项目指标得分表"]


def test_bazhou_report_has_no_gap_and_no_finding(bazhou_report, bazhou):
    assert "待补充" not in _text(bazhou_report)
    assert report.gaps(bazhou) == []
    assert report.findings(bazhou) == []


def test_every_quotation_prints_the_value_at_its_path(bazhou_report, bazhou):
    quoted = _runs(bazhou_report)

    assert len(quoted) > 200
    assert [run for run in quoted if run.text != printed(run.bind, published(bazhou, run.bind))] == []


def test_every_figure_outside_free_texts_is_quoted_or_part_of_a_derivation(bazhou):
    """Without texts, names and documents, the numbers that remain in plain runs belong to derivations and grades."""
    bare = replace(bazhou.evaluation, texts={}, evidence=(), reasons={})
    document = report.write(report.kind_of(bazhou), assess(bare))
    plain = [
        run.text for block in document.blocks if isinstance(block, Paragraph) for run in block.runs if not run.bind
    ]
    known = ("评分过程", "季报", "基础数据", "2024年医疗保险统计报表", "问卷", "财预〔2020〕10号", "附件1")

    typed = [text for text in plain if re.search(r"\d", text) and not any(word in text for word in known)]

    allowed = {"90", "80", "60", "19", "2"}  # the floors of the grades; how many indicators got full points and did not
    assert {text for text in typed if text not in allowed and not _derived(text)} == set()


def _derived(text):
    return any(sign in text for sign in ("＝", "÷", "=", "要素", "步", "÷ 本年支出"))


@given(data=st.data())
def test_report_follows_an_actual_value_that_changes(bazhou, data):
    figures = [
        code
        for code, actual in bazhou.actuals.items()
        if isinstance(actual.value, Figure) and actual.value.spelt is not None and code[0] != "O"
    ]
    code = data.draw(st.sampled_from(figures))
    digits = data.draw(st.integers(100, 9999))
    unit = bazhou.actuals[code].value.unit.name
    spelt = f"{digits // 100}.{digits % 100:02}{unit}"
    actual = replace(value_at(bazhou.evaluation, f"actuals/{code}", spelt), origin=bazhou.actuals[code].origin)
    assert isinstance(actual, Actual)
    changed = assess(replace(bazhou.evaluation, actuals={**bazhou.evaluation.actuals, code: actual}))

    document = report.write(report.kind_of(changed), changed)

    assert [run for run in _runs(document) if run.text != printed(run.bind, published(changed, run.bind))] == []
    total, old = changed.card.total, bazhou.card.total
    said = re.findall(r"总得分([\d.]+)分", _text(document))
    assert said == [printed("scored/score", published(changed, "scored/score"))] * 2
    if total != old:
        assert "总得分93.7分" not in _text(document)
    if spelt != str(bazhou.actuals[code]):
        assert f"实际完成值为“{bazhou.actuals[code]}”" not in _indicator(document, code, bazhou)


def _indicator(document, code, of):
    """Return the paragraphs under the heading of one indicator."""
    name = of.evaluation.system("scored").find(code).name
    blocks = list(document.blocks)
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 4 and b.text.endswith(name))
    return "".join(block.text for block in blocks[at + 1 : at + 3])


@pytest.mark.parametrize(
    ("spelt", "said"),
    [("69.21%", "未达到标杆值"), ("70%", "，达到标杆值"), ("70.01%", "超过标杆值")],
)
def test_direction_word_follows_the_value(bazhou, spelt, said):
    actual = value_at(bazhou.evaluation, "actuals/C203", spelt)
    changed = assess(replace(bazhou.evaluation, actuals={**bazhou.evaluation.actuals, "C203": actual}))

    document = report.write(report.kind_of(changed), changed)

    assert said in _indicator(document, "C203", changed)


def test_lost_points_become_a_problem_and_a_recommendation(bazhou_report):
    text = _text(bazhou_report)

    assert "1.重复参保人数未达到预期目标" in text
    assert "（一）改进“重复参保人数”\n建议按月比对参保数据，查出即清退。" in text


def test_full_points_everywhere_leave_no_problem(bazhou):
    actuals = {
        **bazhou.evaluation.actuals,
        "C201": value_at(bazhou.evaluation, "actuals/C201", "0人"),
        "C203": value_at(bazhou.evaluation, "actuals/C203", "71%"),
    }
    changed = assess(replace(bazhou.evaluation, actuals=actuals, texts={}))

    text = _text(report.write(report.kind_of(changed), changed))

    assert "本次评价各项指标均得满分，未发现需要扣分的问题。" in text
    assert "21项三级指标全部得满分。" in text
    assert "未达到预期目标" not in text


def test_missing_texts_are_visible_and_one_warning(bazhou):
    bare = assess(replace(bazhou.evaluation, texts={}))

    gaps = report.gaps(bare)

    assert [finding.severity for finding in gaps] == ["warning"]
    assert "【待补充：项目背景】" in _text(report.write(report.kind_of(bare), bare))


def test_typed_score_and_amendment_are_told(bazhou):
    from jixiao.evaluation.model import Amendment
    from jixiao.scoring.score import Override

    overrides = {"C204": Override(bazhou.card.scores["C204"].full - 1, "两家机构尚未纳入。")}
    amendment = Amendment("scored/C101/target", "≥80万人", "≥81万人", "医保局", "财政局同意", "参保任务调增。")
    changed = assess(replace(bazhou.evaluation, overrides=overrides, amendments=(amendment,)))

    text = _text(report.write(report.kind_of(changed), changed))

    assert "“实施按病种付费为主的多元复合式医保支付方式”得5分，由评价人员评定，理由：两家机构尚未纳入。" in text
    assert "由医保局提出、经财政局同意，“参保人数”的指标值由“≥80万人”调整为“≥81万人”，原因：参保任务调增。" in text


def test_report_of_an_empty_evaluation_prints_gaps_and_does_not_fail(bazhou):
    from jixiao.evaluation.model import Evaluation

    empty = assess(Evaluation(kind="third-party", year=2024))

    document = report.write(report.kind_of(empty), empty)

    assert any(isinstance(block, Contents) for block in document.blocks)
    assert "【待补充：资金安排、到位和执行数】" in _text(document)


def test_tables_of_the_report_are_those_of_the_forms(bazhou_report, bazhou):
    details = next(
        block for block in bazhou_report.blocks if isinstance(block, Table) and "得分表" in str(block.caption)
    )

    bound = {cell.bind: cell.text for _, _, cell in details.cells() if cell.bind}

    assert bound["scored/C203/score"] == "5.7"
    assert bound["scored/score"] == str(published(bazhou, "scored/score"))


def test_our_own_report_holds_before_the_review(bazhou_report):
    said = reading.of_document(bazhou_report)

    assert len(said.claims) > 300
    assert check.run(said) == []
