"""区域绩效目标表: what a region is to achieve with a transfer: its money by source, the overall goal, the targets."""

from jixiao.forms.form import Aside, Block, Column, Field, Form, Label, Line, Style


def _amount(label: str, path: str, *aliases: str) -> Line:
    return Line((Label(label, 2, aliases=aliases), Field(f"{path}/revised_budget", "money", 2)))


FORM = Form(
    id="regional_target_table",
    title="区域绩效目标表",
    subtitle="（{year}年度）",
    authority="caiyu-2015-163#regional-target",
    kinds=("regional-target",),  # issued with the money, by `funds`; no evaluation hands it in
    style=Style(money=None),
    declares=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Line((Label("省份（地区）", 2, aliases=("省份", "地区")), Field("head/region", cols=3))),
        Line((Label("省级财政部门", 2), Field("head/department", cols=3))),
        Line((Label("省级主管部门", 2), Field("head/unit", cols=3))),
        Aside(
            Label("资金情况\n（万元）", aliases=("资金情况",)),
            (
                _amount("年度金额：", "funds/total", "年度金额"),
                _amount("其中：中央资金", "funds/sources/中央财政资金", "中央资金", "中央补助"),
                _amount("地方资金", "funds/sources/地方财政资金"),
                _amount("其他资金", "funds/sources/其他资金"),
            ),
        ),
        Line((Label("年度总体目标"), Field("texts/objective", "text", 4))),
        Aside(
            Label("绩效指标"),
            (
                Block(
                    role="scored",
                    without="execution_rate",
                    unlike=("全年实际完成值", "实际完成值", "得分", "分值", "权重"),
                    columns=(
                        Column("一级指标", "scored/{1}", "group", 24),
                        Column("二级指标", "scored/{2}", "group", 30),
                        Column("三级指标", "scored/{code}", "leaf", 62, required=True),
                        Column("指标值", "scored/{code}/target", "target", 48, ("年度指标值", "目标值"), required=True),
                    ),
                ),
            ),
        ),
    ),
)
