"""表格式报告: seven short chapters, their tables filled from the evaluation, nothing claimed that the scores deny."""

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.documents.document import Heading, Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.published import published
from jixiao.operations.check import check
from jixiao.reports import report
from jixiao.review import check as review
from jixiao.review import reading

_EXAMPLE = Path(__file__).parents[2] / "examples" / "jiayuguan-2023"
_CHAPTERS = [
    "一、项目基本情况", "二、项目绩效目标", "三、评价基本情况", "四、评价结论和绩效分析", "五、存在问题", "六、相关建议",
    "七、其他需要说明的问题",
]  # fmt: skip


@pytest.fixture(scope="module")
def assessed():
    return check(_EXAMPLE).value


def _written(of):
    return report.write(report.kind_of(of), of)


def _without_texts(of, *keys):
    texts = {key: text for key, text in of.evaluation.texts.items() if key not in keys}
    return assess(replace(of.evaluation, texts=texts))


def test_compact_report_has_seven_chapters_four_of_them_tables(assessed):
    document = _written(assessed)

    assert [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1] == _CHAPTERS
    assert sum(isinstance(block, Table) for block in document.blocks) == 4


def test_compact_report_prints_what_stands_at_its_paths(assessed):
    bound = {cell.bind: cell for table in _written(assessed).tables() for _, _, cell in table.cells() if cell.bind}

    printed = {path: bound[path].text for path in (
        "scored/score", "scored/grade", "scored/B/score", "scored/B/score_rate", "funds/total/unspent",
        "funds/rate/execution_rate")}  # fmt: skip
    assert printed == {"scored/score": "88.82", "scored/grade": "良", "scored/B/score": "14.99",
                       "scored/B/score_rate": "74.95%", "funds/total/unspent": "1.2万元",
                       "funds/rate/execution_rate": "99.75%"}  # fmt: skip
    assert all(cell.value == published(assessed, path) for path, cell in bound.items())


def test_compact_report_says_what_the_system_consists_of_where_there_are_no_indicators(assessed, plain):
    text = plain(_written(assessed))

    assert "评价分4个部分，满分100分" in text
    assert "三级指标0个" not in text
    assert "【待补充" not in text


def test_points_lost_by_sections_leave_a_gap_where_no_text_says_why(assessed, plain):
    text = plain(_written(_without_texts(assessed, "problems", "recommendations")))

    assert "均得满分" not in text
    assert "【待补充：存在的问题】" in text
    assert "【待补充：相关建议】" in text


def test_compact_report_of_an_evaluation_with_indicators_names_its_problems(bazhou, plain):
    text = plain(_written(bazhou._replace(evaluation=replace(bazhou.evaluation, report="compact"))))

    assert [line for line in text.splitlines() if line.startswith("## ")] == [f"## {title}" for title in _CHAPTERS]
    assert "三级指标" in text
    assert "附件1" not in text


def test_unknown_report_kind_is_a_finding_with_the_known_ones(assessed):
    found = report.findings(assess(replace(assessed.evaluation, report="短报告")))

    assert [(finding.check, finding.severity, finding.paths) for finding in found] == [
        ("report_kind", "error", ("report",))
    ]
    assert "compact" in found[0].remedy.text("zh")


def test_compact_report_holds_before_the_review(assessed):
    said = reading.of_document(_written(assessed))

    assert said.claims
    assert [finding for finding in review.run(said) if finding.severity != "note"] == []
