"""社会保险支出绩效自评表: a fund's budget and execution by source, the year's goal, indicators with points, total."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Style
from jixiao.forms.parts import goals, sign_off


def _amounts(labels: tuple[str, str], path: str, last: tuple[Label, Field], aliases: tuple[str, ...] = ()) -> Line:
    """Return a line with the budget and the executed amount, and what stands in the two columns right of them."""
    budget, executed = (Label(text, cols, aliases=aliases) for text, cols in zip(labels, (2, 1), strict=True))
    return Line(
        (
            budget,
            Field(f"funds/{path}/revised_budget", "money"),
            executed,
            Field(f"funds/{path}/executed", "money"),
            *last,
        )
    )


FORM = Form(
    id="fund_self_evaluation_table",
    title="社会保险支出绩效自评表",
    subtitle="（{year}年度）",
    authority="fund-self-evaluation-table",
    kinds=("fund",),
    unit_line=True,
    style=Style(money=None),
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=6))),
        Line(
            (
                Label("社会保险基金\n预算支出部门", 2, aliases=("预算支出部门",)),
                Field("head/department", cols=6),
            )
        ),
        Aside(
            Label("预算执行\n情况\n（万元）"),
            (
                _amounts(
                    ("预算数：", "执行数："),
                    "total",
                    (Label("分值"), Field("scored/{execution_rate}/weight", "points")),
                ),
                _amounts(
                    ("其中：社会保险基金",) * 2,
                    "sources/社会保险基金",
                    (
                        Label("执行率", aliases=("预算执行率",)),
                        Field("funds/rate/budget_execution_rate", "rate", places=2),
                    ),
                    ("社会保险基金",),
                ),
                _amounts(
                    ("其他资金",) * 2,
                    "sources/其他资金",
                    (Label("得分"), Field("scored/{execution_rate}/score", "points")),
                ),
            ),
        ),
        Aside(
            Label("年度目标\n完成情况"),
            goals(Label("预期目标", 3), Label("实际完成目标", 4, aliases=("实际完成情况",))),
        ),
        Aside(
            Label("年度绩效\n目标完成\n情况"),
            (
                Block(
                    role="scored",
                    without="execution_rate",
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 21.5),
                        Column("二级指标", "scored/{2}", "group", 21.5),
                        Column("三级指标", "scored/{code}", "leaf", 34, required=True),
                        Column(
                            "预期指标值\n（包含数字及文字描述）", "scored/{code}/target", "target", 30.5, required=True
                        ),
                        Column("实际完成指标值\n（包含数字及文字描述）", "scored/{code}/actual", "actual", 26.5),
                        Column("分值", "scored/{code}/weight", "points", 14, ("权重", "指标分值")),
                        Column("得分", "scored/{code}/score", "points", 16.5, ("自评得分",)),
                    ),
                    total={"分值": "scored/weight", "得分": "scored/score"},
                ),
            ),
        ),
        sign_off(3, 1, 2, 2),
    ),
)
