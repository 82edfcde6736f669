"""绩效目标申报表: what a project asks money for: its money, its goals for its whole time and the year, its targets."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Style
from jixiao.forms.parts import amounts, sign_off

_BUDGET = ("original_budget",)

FORM = Form(
    id="objective_declaration",
    title="项目支出绩效目标申报表",
    subtitle="（{year}年度）",
    authority="caiyu-2015-88#declaration",
    kinds=("self-evaluation",),
    style=Style(money=None),
    declares=True,
    layout=(
        Line((Label("项目名称", 2, aliases=("项目(政策)名称",)), Field("head/project", cols=3))),
        Line(
            (
                Label("主管部门", 2, aliases=("主管部门及代码", "预算主管部门")),
                Field("head/department"),
                Label("实施单位", aliases=("项目实施单位", "预算单位")),
                Field("head/unit"),
            )
        ),
        Line(
            (
                Label("项目属性", 2, aliases=("项目类型",)),
                Field("texts/project_nature"),
                Label("项目期", aliases=("项目期限", "实施期")),
                Field("texts/project_period"),
            )
        ),
        Aside(
            Label("项目资金\n（万元）"),
            (
                amounts(Label("年度资金总额：", 2, aliases=("资金总额",)), "total", _BUDGET, cols=2),
                amounts(
                    Label("其中：财政拨款", 2, aliases=("财政拨款", "当年财政拨款")),
                    "sources/当年财政拨款",
                    _BUDGET,
                    cols=2,
                ),
                amounts(Label("上年结转资金", 2, aliases=("上年结转",)), "sources/上年结转资金", _BUDGET, cols=2),
                amounts(Label("其他资金", 2), "sources/其他资金", _BUDGET, cols=2),
            ),
        ),
        Aside(
            Label("总体\n目标"),
            (
                Line((Label("实施期目标", 2, aliases=("中期目标",)), Label("年度目标", 2))),
                Line((Field("texts/long_objective", "text", 2), Field("texts/objective", "text", 2))),
            ),
        ),
        Aside(
            Label("绩效\n指标"),
            (
                Block(
                    without="execution_rate",
                    unlike=("得分", "自评得分", "分值", "权重", "实际完成值", "全年实际完成值", "完成值", "业绩值"),
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 26),
                        Column("二级指标", "scored/{2}", "group", 30),
                        Column("三级指标", "scored/{code}", "leaf", 58, ("绩效指标", "指标名称"), required=True),
                        Column(
                            "指标值（包含数字及文字描述）",
                            "scored/{code}/target",
                            "target",
                            48,
                            ("指标值", "年度指标值", "目标值"),
                            required=True,
                        ),
                    ),
                ),
            ),
        ),
        sign_off(2, 1, 1, 1),
    ),
)
