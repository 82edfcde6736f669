"""转移支付自评报告: what the example says, its six chapters, both tables, and what follows the data."""

from dataclasses import replace

import pytest

from jixiao.documents.document import Heading, Paragraph
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation
from jixiao.evaluation.published import published
from jixiao.evaluation.reading import value_at
from jixiao.operations.check import check
from jixiao.reports import report
from jixiao.reports.prose import printed
from jixiao.review import check as review
from jixiao.review import reading

_CHAPTERS = [
    "一、绩效目标分解下达情况",
    "二、绩效情况分析",
    "三、偏离绩效目标的原因和下一步改进措施",
    "四、绩效自评结果拟应用和公开情况",
    "五、其他需要说明的问题",
    "六、附件",
    "附件1 转移支付区域绩效自评表（原表）",
    "附件2 转移支付区域绩效自评表（调整后）",
    "附件3 资金分解下达情况表",
    "附件4 资金执行情况表",
]


@pytest.fixture(scope="module")
def transfer(examples):
    """Return the assessment of the transfer example: 99.76 points, one indicator replaced by consent."""
    return check(examples / "xinjiang-2024").value


def _written(of):
    return report.write(report.kind_of(of), of)


def _text(document):
    return "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))


def _with(of, **changed):
    return assess(replace(of.evaluation, **changed))


def test_report_says_what_the_golden_file_says(transfer, plain, golden):
    golden("reports/xinjiang-2024.txt", plain(_written(transfer)))


def test_report_has_six_chapters_and_both_tables_and_no_gap(transfer, plain):
    document = _written(transfer)

    assert [heading.text for _, heading in document.listed() if heading.level == 1] == _CHAPTERS
    assert "待补充" not in plain(document)
    assert report.gaps(transfer) == []
    assert {finding.check for finding in report.findings(transfer)} <= {"typed_figure"}


def test_every_quotation_prints_the_value_at_its_path(transfer):
    blocks = [block for block in _written(transfer).blocks if isinstance(block, Paragraph)]
    quoted = [run for block in blocks for run in block.runs if run.bind]

    assert len(quoted) > 80
    assert [run for run in quoted if run.text != printed(run.bind, published(transfer, run.bind))] == []


def test_original_table_shows_the_indicator_that_was_replaced(transfer):
    before, after = [table for table in _written(transfer).tables() if len(table.grid) > 25]
    names = [{cell.text for _, _, cell in table.cells() if cell.bind} for table in (before, after)]

    assert "医保综合监管能力" in names[0] - names[1]
    assert "医保基金监管情况" in names[1] - names[0]
    assert any("99.76" in name for name in names[1])
    assert {"99.94%", "171564.18"} <= names[1]
    assert not {"99.94%", "171564.18"} & names[0], "nothing was reported on the table as it was"


def test_report_without_amendments_annexes_one_self_evaluation_table(transfer):
    document = _written(_with(transfer, amendments=()))

    titles = [heading.text for _, heading in document.listed() if heading.level == 1]

    assert titles[6:] == ["附件1 转移支付区域绩效自评表", "附件2 资金分解下达情况表", "附件3 资金执行情况表"]


def test_every_indicator_has_its_paragraph_but_the_one_on_the_money(transfer):
    said = [block.text for block in _written(transfer).blocks if isinstance(block, Paragraph) and block.kind == "item"]

    for node in transfer.evaluation.system("scored").indicators():
        found = [text for text in said if text.startswith(f"“{node.name}”：")]
        assert len(found) == 1  # the money's own stands with the departures, as it fell short


@pytest.mark.parametrize(
    ("spelt", "said", "departs"),
    [
        ("94.60%", "没有偏差率超过30%的指标。", False),
        ("104%", "没有偏差率超过30%的指标。", False),
        ("104.01%", "偏差率超过30%的指标有1项：“城乡医疗救助政策知晓率”。", True),
        ("55%", "偏差率超过30%的指标有1项：“城乡医疗救助政策知晓率”。", True),
        ("79%", "没有偏差率超过30%的指标。", True),
    ],
)
def test_departures_are_what_missed_its_target_or_is_far_off(transfer, spelt, said, departs):
    actual = value_at(transfer.evaluation, "actuals/Q101", spelt)
    changed = _with(transfer, actuals={**transfer.evaluation.actuals, "Q101": actual})

    text = _text(_written(changed))

    assert said in text
    assert (text.count("“城乡医疗救助政策知晓率”：") == 2) == departs


def test_receipt_and_execution_are_told_by_source(transfer):
    text = _text(_written(transfer))

    assert "中央财政资金全年预算数173812万元，到位173812万元，到位率100%；" in text
    assert "中央财政资金全年预算数173812万元，执行数169564.18万元，执行率97.56%；" in text
    assert "其他资金没有预算和执行。" in text


def test_problem_of_the_management_is_told_unless_there_is_none(transfer):
    told = {**transfer.evaluation.texts, "timely_release_problems": "一批资金下达偏晚，今后提前申报。"}

    text = _text(_written(_with(transfer, texts=told)))

    assert "2.下达及时性\n收到中央和自治区资金后分批下达各地。\n一批资金下达偏晚，今后提前申报。\n3.拨付合规性" in text


def test_report_of_an_empty_evaluation_prints_gaps_and_does_not_fail():
    text = _text(_written(assess(Evaluation(kind="transfer", year=2024))))

    assert "【待补充：分解下达情况】" in text
    assert "【待补充：项目绩效情况】" in text
    assert text.count("【待补充：资金安排、到位和执行数】") == 3


NOTED = [
    "医疗救助对象人次规模",
    "医保基金监管情况",
    "困难群众看病就医方便程度",
    "困难群众医疗费用负担",
    "对健全社会救助体系的影响",
    "对健全医疗保障制度体系的作用",
]


def test_our_own_report_holds_before_the_review(transfer):
    said = reading.of_document(_written(transfer))

    assert len(said.claims) > 100
    found = review.run(said)  # words answered by 100%, as the seed does, are notes
    assert {finding.because.id for finding in found} == {"review.targets.level_by_number"}
    assert {finding.severity for finding in found} == {"note"}
    assert sorted(finding.because.args["name"] for finding in found) == sorted(NOTED)
