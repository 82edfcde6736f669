"""汇总分析报告: figures of the whole are those of its projects, what was not scored is counted nowhere, gaps are shown."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.documents.document import Heading
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Reason
from jixiao.evaluation.published import published
from jixiao.findings import Message
from jixiao.funds.money import Funds
from jixiao.operations.check import check
from jixiao.reports.unit_account import account
from jixiao.reports.unit_summary import Unscored, report, statements
from jixiao.review import check as review
from jixiao.review import reading

NAMES = ("bazhou-2024", "kashgar-2022-resident-medical", "kashgar-2022-staff-medical", "jiayuguan-2023")
CHAPTERS = ["一、总体情况", "二、各项目评价结果", "三、失分指标分析", "四、偏离绩效目标的情况和原因", "五、存在的问题和改进措施",
            "六、下一步工作安排", "附件1 部门决算公开绩效情况说明"]  # fmt: skip


@pytest.fixture(scope="module")
def assessed(examples):
    return [check(examples / name).value for name in NAMES]


@pytest.fixture(scope="module")
def accounts(assessed):
    return [account(of, name) for of, name in zip(assessed, NAMES, strict=True)]


def _table(document, head):
    return next(
        [[cell.text if cell else "" for cell in row] for row in table.grid]
        for table in document.tables()
        if head in [cell and cell.text for cell in table.grid[0]]
    )


def test_report_has_its_chapters(accounts):
    blocks = report(accounts).blocks

    assert [block.text for block in blocks if isinstance(block, Heading) and block.level == 1] == CHAPTERS


def test_overview_adds_up_money_and_grades(accounts, plain):
    document = report(accounts)

    assert "全年预算数合计712819万元，全年执行数合计629285.8万元，总体执行率88.28%" in plain(document)
    assert "得分最高96.85分，最低88.82分" in plain(document)
    assert _table(document, "个数占比")[1:] == [["优", "3", "75%", "712335万元"], ["良", "1", "25%", "484万元"]]


def test_points_lost_by_kind_are_all_that_was_lost(assessed, accounts, plain):
    table = _table(report(accounts), "失分合计")

    lost = sum((of.card.full - of.card.total for of in assessed), Decimal(0))
    assert sum(Decimal(row[4]) for row in table[1:]) == lost == Decimal("24.45")
    assert ["产出指标", "数量指标", "3", "2", "3.2"] in table
    assert "失分合计24.45分" in plain(report(accounts))


def test_unscored_projects_are_named_and_in_no_sum(accounts, plain):
    text = plain(report(accounts, [Unscored("丁项目", Message("batch.errors", {"count": 2}))]))

    assert "共5个，完成评分4个，未能评分1个" in text
    assert "丁项目 | 有 2 个必改问题" in text
    assert "“丁项目”应补正数据" in text
    assert "全年预算数合计712819万元" in text
    assert "4个项目开展了绩效评价" in statements(accounts)[0]


def test_project_without_money_is_named_and_no_rate_pretended(assessed, accounts, plain):
    poor = account(assess(replace(assessed[3].evaluation, funds=Funds())), "poor")
    half = poor._replace(project=poor.project._replace(budget=accounts[3].project.budget))

    text = plain(report([accounts[0], half]))

    assert f"“{half.project.name}”没有全年预算数或执行数" in text
    assert "总体执行率" not in text
    assert [line for line in text.splitlines() if line.startswith("合计")] == [
        "合计（得分按预算加权） |  | 51,737 | 100% | 51,253 | — | 93.65 | —"
    ]
    assert not re.search(r"[预执]", poor.statement.split("。")[1])


def test_statement_quotes_score_and_money_of_its_project(assessed, accounts):
    for of, one in zip(assessed, accounts, strict=True):
        said = one.statement
        assert f"得分{published(of, 'scored/score')}分，等级为“{of.card.grade}”" in said
        assert f"全年执行数{published(of, 'funds/total/executed').published(2)}" in said
    assert "绩效评价得分93.7分" in accounts[0].statement and "绩效自评得分96.85分" in accounts[1].statement
    assert accounts[3].statement.endswith("【待补充：存在的问题】")


def test_measure_that_is_owed_is_a_gap(assessed, plain):
    of = assessed[1]
    reasons = {code: Reason(reason.why) for code, reason in of.evaluation.reasons.items()}
    owing = account(assess(replace(of.evaluation, reasons=reasons)), "owing")

    text = plain(report([owing]))

    assert owing.statement.endswith("【待补充：下一步改进措施】")
    assert "【待补充：改进措施】" in text and f"“{owing.project.name}”应补充改进措施" in text
    assert "【待补充：下一步工作安排】" in text


def test_report_contradicts_itself_nowhere(accounts):
    said = reading.of_document(report(accounts))

    assert [(one.check, one.printed) for one in review.run(said) if one.severity == "error"] == []
