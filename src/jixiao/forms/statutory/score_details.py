"""表3-2 项目指标得分表: every indicator with its weight, target, actual value, score and rate."""

from jixiao.forms.form import Block, Column, Form

FORM = Form(
    id="score_details",
    title="项目指标得分表",
    authority="caiyu-2020-10#report-outline",
    kinds=("third-party",),
    layout=(
        Block(
            role="scored",
            coded=True,
            columns=(
                Column("一级指标", "scored/{1}", "group", 19),
                Column("二级指标", "scored/{2}", "group", 22),
                Column("三级指标", "scored/{code}", "leaf", 42, ("指标名称",), required=True),
                Column("权重", "scored/{code}/weight", "points", 13, ("权重分", "分值", "指标权重", "指标分值")),
                Column(
                    "标杆值",
                    "scored/{code}/target",
                    "target",
                    22,
                    ("指标值", "目标值", "年度指标值", "计划值", "预期值"),
                ),
                Column(
                    "业绩值", "scored/{code}/actual", "actual", 22, ("实际完成值", "实际值", "完成值", "全年实际完成值")
                ),
                Column("实际得分", "scored/{code}/score", "points", 18, ("得分", "评价得分"), required=True),
                Column("得分率", "scored/{code}/score_rate", "rate", 17, ("得分率(%)",), required=True),
            ),
            total={"权重": "scored/weight", "实际得分": "scored/score", "得分率": "scored/score_rate"},
        ),
    ),
)
