"""识表: a score table is known in somebody else's document by its heads, and in no other table."""

from __future__ import annotations

import pytest

from jixiao.documents.document import Cell, Document, Table
from jixiao.forms.form import form, forms
from jixiao.forms.read import read
from jixiao.forms.recognise import matched, recognise
from jixiao.review.claims import of_document

FORM = form("score_table")


def table_of(text):
    """Lay out a small table: `|` between cells, `^` for a cell that the one above spans down to."""
    rows = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in text.strip().splitlines()]
    grid = []
    for at, row in enumerate(rows):
        line = []
        for column, cell in enumerate(row):
            down = 1
            while at + down < len(rows) and column < len(rows[at + down]) and rows[at + down][column] == "^":
                down += 1
            if cell != "^":
                line.append(Cell(cell, rows=down))
        grid.append(line)
    return Table.of(grid)


# 别人的表：列序不同，表头有空格和换行，用别的名称，多一列，中间重复表头，没有编码，一级指标合并单元格
FOREIGN = """
    序号 | 一级 指标 | 三级\\n指标 | 分 值   | 指标值   | 评分标准 | 评分过程 | 指标说明 | 实际 得分 | 得 分 率 | 备注
    1    | 产出      | 参保人数   | 10      | ≥41万人  | 达标满分 | 达标     | 年末人数 | 10        | 100%     | —
    2    | ^         | 到位率     | 20分    | 100％    | 按比例   | 92.5%    | 到位比例 | 18.5分    | 92.5%    |
    序号 | 一级指标  | 三级指标   | 分值    | 指标值   | 评分标准 | 评分过程 | 指标说明 | 实际得分  | 得分率   | 备注
    3    | 效益      | 知晓率     | （70）  | ≥90%     | 按比例   | 90%      | 知晓程度 | 63        | 90.0%    |
         | 合 计     |            | 100     |          |          |          |          | 91.5      | 91.5%    |
"""


def test_foreign_table_is_recognised_by_its_heads():
    table = table_of(FOREIGN)

    known, match = recognise(forms(), table)

    assert known.id == "score_table"
    assert (match.head_row, match.columns) == (
        0,
        {
            "一级指标": 1,
            "三级指标": 2,
            "权重": 3,
            "标杆值": 4,
            "评价标准": 5,
            "评分过程": 6,
            "指标解释": 7,
            "得分": 8,
            "得分率": 9,
        },
    )


def test_foreign_table_is_read_to_the_same_paths():
    table = table_of(FOREIGN)

    found = read(FORM, table, matched(FORM, table))

    assert found.findings == []
    assert {path: text for path, text in found.values.items() if path.startswith("scored/到位率")} == {
        "scored/到位率/name": "到位率",
        "scored/到位率/weight": "20分",
        "scored/到位率/target": "100％",
        "scored/到位率/criteria": "按比例",
        "scored/到位率/process": "92.5%",
        "scored/到位率/explanation": "到位比例",
        "scored/到位率/score": "18.5分",
        "scored/到位率/score_rate": "92.5%",
    }
    assert (found.values["scored/weight"], found.values["scored/score"]) == ("100", "91.5")
    assert found.within["scored/到位率"] == "scored/产出"
    assert "scored/三级指标" not in found.within
    assert "scored/三级指标/name" not in found.values


def test_foreign_table_says_claims_that_add_up():
    claims, unread = of_document(Document((table_of(FOREIGN),)))

    assert unread == []
    assert sorted((claim.kind, claim.subject) for claim in claims if claim.kind == "score") == [
        ("score", "scored"),
        ("score", "scored/到位率"),
        ("score", "scored/参保人数"),
        ("score", "scored/知晓率"),
    ]


def test_levels_that_bear_the_same_name_are_read_without_harm():
    table = table_of("""
        一级指标   | 二级指标   | 三级指标 | 标杆值 | 评价标准 | 评分过程 | 权重 | 得分
        满意度指标 | 满意度指标 | 满意度   | ≥90%   | 按比例   | 91%      | 10   | 9
        满意度指标 | 满意度指标 | 知晓度   | ≥90%   | 按比例   | 91%      | 10   | 9
        合计       |            |          |        |          |          | 20   | 18
    """)

    claims, unread = of_document(Document((table,)))

    assert (len([claim for claim in claims if claim.kind == "score"]), unread) == (3, [])


def test_heads_may_stand_below_other_rows():
    table = table_of("""
        附件1    |          |          |        |          |          |      |
        项目名称 | 某项目   |          |        |          |          |      |
        一级指标 | 二级指标 | 三级指标 | 标杆值 | 评价标准 | 评分过程 | 权重 | 得分
        产出     | 数量     | 参保人数 | ≥1人   | 达标满分 | 达标     | 10   | 9
    """)

    match = matched(FORM, table)

    assert match.head_row == 2


@pytest.mark.parametrize(
    "text",
    [
        "姓名 | 职务 | 电话\n甲 | 科长 | —",
        "资金来源 | 预算数 | 到位数 | 执行数 | 执行率\n中央 | 42433 | 42433 | 42433 | 100%",
        "一级指标 | 二级指标 | 三级指标 | 指标值\n产出 | 数量 | 参保人数 | ≥41万人",
        "年度 | 得分\n2023 | 90",
        "等级 | 分值区间\n优 | 90-100",
        "三级指标",
        "",
    ],
    ids=["人员表", "资金表", "没有得分的目标表", "只有得分", "等级标准", "一个格", "空表"],
)
def test_other_tables_are_not_recognised_as_score_tables(text):
    table = table_of(text) if text else Table(())

    assert matched(FORM, table) is None
