"""与批复核对的例子: reports of the examples beside goals, notices, records and last year's report, right ones and wrong ones."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from written import write as write_file

from jixiao.documents.document import Document
from jixiao.forms.form import form
from jixiao.forms.write import write
from jixiao.operations.check import check
from jixiao.operations.evaluate import report_of
from jixiao.operations.review import review

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOTICE = "现下达2022年城乡居民基本医疗保险补助资金预算{amount}万元。"


@cache
def assessed(name):
    return check(EXAMPLES / name).value


def paper(folder, name, text):
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def laid(folder, example, name, **cells):
    """Write a form of an example, some of its cells changed, as a Word file."""
    table = write(form(name), assessed(example))
    grid = tuple(
        tuple(replace(cell, text=cells.get(cell.text, cell.text)) if cell is not None else None for cell in row)
        for row in table.grid
    )
    document = Document((replace(table, grid=grid),), form(name).title, form(name).title)
    return write_file(document, "docx", folder, f"{name}{len(cells)}")


def against(path, **approved):
    found = review(
        [path], approved={kind: [one] if not isinstance(one, list) else one for kind, one in approved.items()}
    )
    return [
        (f.because.id.removeprefix("review.against."), f.printed, f.expected)
        for f in found.findings
        if f.check == "against"
    ]


@pytest.fixture
def resident(tmp_path):
    """喀什地区居民医保自评表: a budget of 432620 and an execution of 367065 万元."""
    return laid(tmp_path, "kashgar-2022-resident-medical", "self_evaluation_table")


def test_goals_that_were_kept_are_silent(tmp_path, resident):
    goals = laid(tmp_path, "kashgar-2022-resident-medical", "objective_declaration")

    assert against(resident, goals=goals) == []


def test_target_that_was_lowered_is_named_with_the_approved_one(tmp_path, resident):
    (target,) = {
        cell.text
        for _, _, cell in write(form("objective_declaration"), assessed("kashgar-2022-resident-medical")).cells()
        if "407.62万人" in cell.text and len(cell.text) < 12
    }
    goals = laid(tmp_path, "kashgar-2022-resident-medical", "objective_declaration", **{target: "≥420万人"})

    assert against(resident, goals=goals) == [("target", target, "≥420万人")]


@pytest.mark.parametrize(("notices", "found"), [((432620,), 0), ((400000, 32620), 0), ((430000,), 1)])
def test_budget_is_what_the_notices_give_together(tmp_path, resident, notices, found):
    papers = [paper(tmp_path, f"通知{n}", NOTICE.format(amount=amount)) for n, amount in enumerate(notices)]

    assert [what for what, *_ in against(resident, budget=papers)] == ["budget"] * found


@pytest.mark.parametrize(("amounts", "found"), [((367065,), 0), ((300000, 67065), 0), ((367056,), 1)])
def test_execution_is_what_the_payments_give_together(tmp_path, resident, amounts, found):
    papers = [paper(tmp_path, f"凭证{n}", f"支付待遇{amount}万元。") for n, amount in enumerate(amounts)]

    assert [what for what, *_ in against(resident, paid=papers)] == ["executed"] * found


def test_third_party_report_keeps_the_goals_of_its_own_table(tmp_path):
    report = write_file(report_of(assessed("bazhou-2024")), "docx", tmp_path, "报告")
    goals = laid(tmp_path, "bazhou-2024", "objective_table")

    assert [what for what, *_ in against(report, goals=goals) if what == "target"] == []


@pytest.mark.parametrize(("last", "found"), [("409.07万人", 0), ("407.09万人", 1)])
def test_value_of_last_year_is_what_last_years_report_gives(tmp_path, resident, last, found):
    now = paper(
        tmp_path,
        "今年",
        f"| 三级指标 | 上年完成值 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n| 参保人数 | {last} | ≥410万人 | 411万人 | 5 | 5 |\n"
        "| 资金拨付及时率 | 100% | =100% | 100% | 5 | 5 |\n| 参保对象满意度 | 95% | ≥95% | 96% | 5 | 5 |\n",
    )

    assert [what for what, *_ in against(now, previous=resident)] == ["previous"] * found
