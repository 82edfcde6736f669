"""绩效运行监控表: money executed so far, every target with its value so far and at the year's end, and deviations."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Style
from jixiao.forms.parts import sign_off


def _amounts(label: str, source: str | None, *aliases: str) -> Line:
    funds = "funds/total" if source is None else f"funds/sources/{source}"
    spent = "monitoring/total" if source is None else f"monitoring/money/{source}"
    rate = "monitoring/rate" if source is None else f"{spent}/rate"
    return Line(
        (
            Label(label, 4, aliases=aliases),
            Field(f"{funds}/original_budget", "money"),
            Field(f"{funds}/revised_budget", "money"),
            Field(f"{spent}/executed", "money"),
            Field(rate, "rate"),
            Field(f"{spent}/expected", "money"),
        )
    )


FORM = Form(
    id="monitoring_table",
    title="项目支出绩效目标执行监控表",
    subtitle="（{year}年度）",
    authority="caiyu-2019-136#monitoring-table",
    landscape=True,
    style=Style(money=None, rate=2),
    needs="monitoring/indicators",
    layout=(
        Line(
            (
                Label("项目名称"),
                Field("head/project", cols=4),
                Label("监控截止日", 2),
                Field("monitoring/until", "date", cols=3),
            )
        ),
        Line(
            (
                Label("主管部门", aliases=("主管部门及代码",)),
                Field("head/department", cols=4),
                Label("实施单位", 2, aliases=("预算单位", "项目单位")),
                Field("head/unit", cols=3),
            )
        ),
        Aside(
            Label("项目资金\n（万元）"),
            (
                Line(
                    (
                        Label("", 4),
                        Label("年初预算数"),
                        Label("全年预算数", aliases=("调整后预算数",)),
                        Label("累计执行数", aliases=("1-7月执行数", "执行数")),
                        Label("执行率", aliases=("1-7月执行率",)),
                        Label("全年预计执行数", aliases=("预计执行数",)),
                    )
                ),
                _amounts("年度资金总额", None, "资金总额"),
                _amounts("其中：当年财政拨款", "当年财政拨款", "当年财政拨款", "其中:财政拨款"),
                _amounts("上年结转资金", "上年结转资金"),
                _amounts("其他资金", "其他资金"),
            ),
        ),
        Line((Label("年度\n总体目标"), Field("texts/objective", "text", 9))),
        Aside(
            Label("绩效\n指标"),
            (
                Block(
                    without="execution_rate",
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 22),
                        Column("二级指标", "scored/{2}", "group", 24),
                        Column("三级指标", "scored/{code}", "leaf", 40, ("绩效指标",), required=True),
                        Column("年度指标值", "scored/{code}/target", "target", 27, ("指标值", "目标值")),
                        Column(
                            "监控期\n完成值",
                            "monitoring/indicators/{code}/so_far",
                            "actual",
                            27,
                            ("1-7月执行情况", "1-6月执行情况", "执行情况", "监控期完成情况"),
                            required=True,
                        ),
                        Column(
                            "全年预计\n完成值",
                            "monitoring/indicators/{code}/expected",
                            "actual",
                            27,
                            ("全年预计完成情况", "预计完成值"),
                            required=True,
                        ),
                        Column("偏差原因分析", "monitoring/indicators/{code}/cause", "text", 38, ("偏差原因",)),
                        Column("完成目标\n可能性", "monitoring/indicators/{code}/likelihood", "words", 18),
                        Column(
                            "改进措施", "monitoring/indicators/{code}/measure", "text", 34, ("整改措施", "纠偏措施")
                        ),
                    ),
                ),
            ),
        ),
        sign_off(4, 2, 2, 2),
    ),
)
