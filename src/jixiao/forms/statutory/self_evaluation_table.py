"""部门单位项目支出绩效自评表: head, money with the execution score, the year's goal, indicators, total, sign-off."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import amounts, goals, sign_off

_HEADS = (
    Label("", 2),
    Label("年初预算数", aliases=("年初预算", "年初预算数(A)")),
    Label("全年预算数", aliases=("全年预算", "调整后预算数", "调整预算数")),
    Label("全年执行数", aliases=("全年执行", "执行数", "预算执行数")),
    Label("分值", aliases=("权重", "权重分")),
    Label("执行率", aliases=("预算执行率",)),
    Label("得分"),
)
_DASHES = (Label("—", kind="plain"),) * 3


_COLUMNS = ("original_budget", "revised_budget", "executed")

FORM = Form(
    id="self_evaluation_table",
    title="部门单位项目支出绩效自评表",
    subtitle="（{year}年度）",
    authority="caiyu-2020-10#self-evaluation-table",
    kinds=("self-evaluation",),
    layout=(
        Line((Label("项目名称", aliases=("项目(政策)名称", "项目")), Field("head/project", cols=8))),
        Line(
            (
                Label("主管部门", aliases=("主管部门及代码", "预算主管部门")),
                Field("head/department", cols=3),
                Label("实施单位", aliases=("项目实施单位", "预算单位", "项目单位")),
                Field("head/unit", cols=4),
            )
        ),
        Aside(
            Label("项目资金\n（万元）"),
            (
                Line(_HEADS),
                amounts(
                    Label("年度资金总额", 2, aliases=("资金总额", "年度资金总额:")),
                    "total",
                    _COLUMNS,
                    (
                        Field("scored/{execution_rate}/weight", "points"),
                        Field("scored/{execution_rate}/actual", "rate", places=2),
                        Field("scored/{execution_rate}/score", "points"),
                    ),
                ),
                amounts(
                    Label(
                        "其中：当年财政拨款",
                        2,
                        aliases=("当年财政拨款", "其中:财政拨款", "财政拨款", "其中:本年财政拨款"),
                    ),
                    "sources/当年财政拨款",
                    _COLUMNS,
                    _DASHES,
                ),
                amounts(
                    Label("上年结转资金", 2, aliases=("上年结转", "上年结转结余")),
                    "sources/上年结转资金",
                    _COLUMNS,
                    _DASHES,
                ),
                amounts(Label("其他资金", 2, aliases=("其他",)), "sources/其他资金", _COLUMNS, _DASHES),
            ),
        ),
        Aside(
            Label("年度\n总体\n目标"),
            goals(
                Label("预期目标", 4, aliases=("年初设定目标", "预期总体目标", "总体目标")),
                Label("实际完成情况", 4, aliases=("全年实际完成情况", "实际完成目标", "年度总体目标完成情况综述")),
            ),
        ),
        Aside(
            Label("绩效\n指标"),
            (
                Block(
                    role="scored",
                    without="execution_rate",
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 18.5),
                        Column("二级指标", "scored/{2}", "group", 18.5),
                        Column("三级指标", "scored/{code}", "leaf", 29, ("绩效指标", "指标名称"), required=True),
                        Column(
                            "年度指标值",
                            "scored/{code}/target",
                            "target",
                            22,
                            ("指标值", "目标值", "预期指标值", "年初指标值", "年度目标值", "标杆值"),
                        ),
                        Column(
                            "实际完成值",
                            "scored/{code}/actual",
                            "actual",
                            22,
                            ("全年实际完成值", "全年实际值", "实际完成指标值", "完成值", "实际完成情况", "业绩值"),
                            required=True,
                        ),
                        Column(
                            "分值", "scored/{code}/weight", "points", 12, ("权重", "权重分", "指标分值", "指标权重")
                        ),
                        Column("得分", "scored/{code}/score", "points", 15.5, ("实际得分", "自评得分"), required=True),
                        Column(
                            "偏差原因分析\n及改进措施",
                            "reasons/{code}",
                            "reason",
                            27,
                            (
                                "未完成原因分析",
                                "未完成原因和改进措施",
                                "未完成原因及改进措施",
                                "偏差原因分析",
                                "偏差原因及改进措施",
                            ),
                        ),
                    ),
                    total={"分值": "scored/weight", "得分": "scored/score"},
                ),
            ),
        ),
        sign_off(3, 2, 2, 2),
    ),
)
