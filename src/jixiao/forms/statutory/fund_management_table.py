"""七项资金管理情况表: how the money was managed in the seven respects that a transfer's self-evaluation asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.forms.form import Block, Column, Derived, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment

ASKED = {
    "allocation_basis": "分配科学性",
    "timely_release": "下达及时性",
    "payment_compliance": "拨付合规性",
    "use_compliance": "使用规范性",
    "execution_accuracy": "执行准确性",
    "performance_management": "预算绩效管理情况",
    "expenditure_responsibility": "支出责任履行情况",
}


def _rows(of: Assessment) -> Iterator[Derived]:
    texts = of.evaluation.texts
    for key, name in ASKED.items():
        said, wrong = texts.get(key), texts.get(f"{key}_problems")
        stored = {"said": f"texts/{key}", "problems": f"texts/{key}_problems"}
        yield Derived(key, {"label": name, "said": said, "problems": wrong}, stored)


FORM = Form(
    id="fund_management_table",
    title="资金管理情况表",
    subtitle="（{year}年度）",
    authority="caijian-2025-1#transfer-table",
    needs="texts/allocation_basis",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=2))),
        Line((Label("填报单位", 2, aliases=("实施单位", "主管部门")), Field("head/unit", cols=2))),
        Block(
            over="funds/management",
            derive=_rows,
            columns=(
                Column("序号", "", "number", 10),
                Column("管理事项", "{row}/label", "entry", 34, ("资金管理事项", "管理内容", "项目"), required=True),
                Column("情况说明", "{row}/said", "text", 72, ("管理情况", "完成情况"), required=True),
                Column(
                    "存在问题和改进措施",
                    "{row}/problems",
                    "text",
                    60,
                    ("存在的问题和改进措施", "存在问题"),
                    required=True,
                ),
            ),
        ),
        sign_off(2, 1, 1, labels=(Label("填报单位（盖章）："), Label("填报人："), Label("日期："))),
    ),
)
