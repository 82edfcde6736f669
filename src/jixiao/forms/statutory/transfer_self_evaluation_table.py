"""转移支付区域绩效自评表: money by source, how it was managed, the overall goal, indicators without points, remarks."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Style
from jixiao.forms.parts import amounts, goals


def _amounts(label: str, path: str, *aliases: str, rate: str) -> Line:
    behind = (Field(f"{rate}/budget_execution_rate", "rate"),)
    return amounts(Label(label, 3, aliases=aliases), path, ("revised_budget", "executed"), behind)


def _source(label: str, name: str, *aliases: str) -> Line:
    path = f"sources/{name}"
    return _amounts(label, path, *aliases, rate=f"funds/{path}/rate")


def _managed(label: str, key: str) -> Line:
    return Line(
        (
            Label(label, 2),
            Field(f"texts/{key}", "text", 3),
            Field(f"texts/{key}_problems", "text", 1),
        )
    )


FORM = Form(
    id="transfer_self_evaluation_table",
    title="转移支付区域绩效自评表",
    subtitle="（{year}年度）",
    authority="caijian-2025-1#transfer-table",
    kinds=("transfer",),
    style=Style(money=None, rate=2),
    layout=(
        Line(
            (
                Label("转移支付（项目）名称", 2, aliases=("转移支付名称", "转移支付(项目)名称", "项目名称")),
                Field("head/project", cols=5),
            )
        ),
        Line(
            (
                Label("中央主管部门", 2),
                Field("texts/central_department", cols=2),
                Label("地方主管部门", aliases=("省级主管部门",)),
                Field("head/department", cols=2),
            )
        ),
        Line((Label("资金使用单位", 2), Field("head/unit", cols=5))),
        Aside(
            Label("资金投入\n情况\n（万元）"),
            (
                Line(
                    (
                        Label("", 3),
                        Label("全年预算数（A）", aliases=("全年预算",)),
                        Label("全年执行数（B）", aliases=("全年执行",)),
                        Label("预算执行率\n（B/A×100%）", aliases=("执行率",)),
                    )
                ),
                _amounts("年度资金总额", "total", "资金总额", rate="funds/rate"),
                _source("其中：中央财政资金", "中央财政资金", "中央财政资金", "其中:中央补助"),
                _source("地方财政资金", "地方财政资金", "地方资金"),
                _source("其他资金", "其他资金"),
            ),
        ),
        Aside(
            Label("资金管理\n情况"),
            (
                Line((Label("", 2), Label("情况说明", 3), Label("存在问题和\n改进措施"))),
                _managed("分配科学性", "allocation_basis"),
                _managed("下达及时性", "timely_release"),
                _managed("拨付合规性", "payment_compliance"),
                _managed("使用规范性", "use_compliance"),
                _managed("执行准确性", "execution_accuracy"),
                _managed("预算绩效管理情况", "performance_management"),
                _managed("支出责任履行情况", "expenditure_responsibility"),
            ),
        ),
        Aside(
            Label("总体目标\n完成情况"),
            goals(Label("总体目标", 3), Label("全年实际完成情况", 3)),
        ),
        Aside(
            Label("绩效\n指标"),
            (
                Block(
                    role="scored",
                    without="execution_rate",
                    unlike=("得分", "实际得分", "自评得分", "得分率"),
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 20),
                        Column("二级指标", "scored/{2}", "group", 22),
                        Column("三级指标", "scored/{code}", "leaf", 43, required=True),
                        Column(
                            "指标值",
                            "scored/{code}/target",
                            "target",
                            27.5,
                            ("年度指标值", "目标值"),
                            required=True,
                        ),
                        Column(
                            "全年实际\n完成值",
                            "scored/{code}/actual",
                            "actual",
                            25,
                            ("实际完成值", "全年完成值"),
                            required=True,
                        ),
                        Column(
                            "未完成原因\n和改进措施",
                            "reasons/{code}",
                            "reason",
                            27,
                            ("未完成原因及改进措施", "偏差原因分析及改进措施"),
                        ),
                    ),
                ),
            ),
        ),
        Line((Label("说明"), Field("texts/remarks", "text", 6))),
    ),
)
