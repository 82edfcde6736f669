"""问卷调查报告: its sentences, tables and chart say what the analysis holds, on the right base and in the right order."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.documents.document import Chart, Heading, Paragraph, Table
from jixiao.operations.survey_analyse import survey_analyse
from jixiao.operations.survey_annexes import survey_annexes
from jixiao.operations.survey_documents import documents
from jixiao.surveys import report

BUNDLE = Path(__file__).resolve().parents[2] / "examples/bazhou-2024"


@pytest.fixture(scope="module")
def surveyed():
    return survey_analyse(BUNDLE / "survey/questionnaire.yaml", BUNDLE / "survey/answers.csv").value


def text(blocks):
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Heading))


def test_report_ranks_the_items_from_the_highest_down(surveyed):
    said = text(report.document(surveyed.analysis.form, surveyed.analysis))

    assert (
        "由高到低依次为：工作人员的服务态度（96.11%）、医保报销是否及时（96.02%）、城乡居民医保工作的总体情况（95.84%）。"
        in said
    )
    assert "总体满意度为 95.99%（均值法：平均分 ÷ 满分，3 题的平均）。" in said
    assert "发放问卷 221 份，回收 221 份，回收率 100%；其中有效 221 份，有效问卷占发放的 100%。" in said


def test_report_names_both_bases_of_a_multiple_choice(surveyed):
    blocks = report.document(surveyed.analysis.form, surveyed.analysis)
    table = next(
        block for block in blocks if isinstance(block, Table) and block.caption.startswith("您觉得城乡居民医保")
    )

    assert [cell.text for cell in table.grid[0]] == ["选项", "人次", "占作答人数", "占全部选项", "置信区间"]
    assert [cell.text for cell in table.grid[1]][:4] == ["提高补助标准", "160", "72.4%", "39.31%"]
    assert [cell.text for cell in table.grid[-1]][:4] == ["合计", "407", "—", "100%"]
    assert "221 人作答，共选 407 项。按人数计（可多选，合计超过 100%）：选“提高补助标准”的占 72.4%" in text(blocks)


def test_report_says_that_the_answers_are_reconstructed_and_claims_no_alpha(surveyed):
    said = text(report.document(surveyed.analysis.form, surveyed.analysis))

    assert "本报告所用答卷为重构数据" in said
    assert "不计算信度：答卷是由公布的比例重构的" in said
    assert "不计算效度：答卷是由公布的比例重构的" in said
    assert "置信区间为" not in said


def test_chart_shows_the_items_in_their_order(surveyed):
    chart = next(
        block for block in report.document(surveyed.analysis.form, surveyed.analysis) if isinstance(block, Chart)
    )

    assert [row["rate"] for row in chart.spec["data"]["values"]] == ["96.11", "96.02", "95.84"]
    assert chart.spec["encoding"]["x"]["scale"] == {"domain": [0, 100]}
    assert chart.says.startswith("由高到低：工作人员的服务态度（96.11%）")


def test_report_is_written_in_english_as_well(surveyed):
    said = text(report.document(surveyed.analysis.form, surveyed.analysis, lang="en"))

    assert "Overall satisfaction is 95.99% (mean points ÷ full points, mean of 3 items)." in said


def test_documents_have_the_same_bytes_every_time(surveyed):
    assert documents(surveyed) == documents(surveyed)


def test_annexes_of_a_bundle_are_the_questionnaire_and_the_report(tmp_path):
    found = survey_annexes(BUNDLE).value

    assert found.questionnaire[0] == Heading("2024年城乡居民医保参保人员满意度问卷", 0)
    assert found.report[0] == Heading("2024年城乡居民医保参保人员满意度问卷调查报告", 0)
    assert survey_annexes(tmp_path).value == ((), ())
