"""表3-1 项目指标得分情况汇总表: the first-level indicators with their points, scores and rates."""

from jixiao.forms.form import Block, Column, Form

FORM = Form(
    id="score_summary",
    title="项目指标得分情况汇总表",
    authority="caiyu-2020-10#report-outline",
    kinds=("third-party",),
    layout=(
        Block(
            role="scored",
            over="sections",
            unlike=("二级指标", "三级指标"),
            columns=(
                Column("一级指标", "scored/{code}", "leaf", 50, ("指标", "指标名称"), required=True),
                Column("权重分", "scored/{code}/weight", "points", 35, ("权重", "分值", "标准分", "满分", "指标权重")),
                Column("得分", "scored/{code}/score", "points", 35, ("实际得分", "评价得分"), required=True),
                Column("得分率", "scored/{code}/score_rate", "rate", 35, ("得分率(%)",)),
            ),
            total_label="合计",
            total_aliases=("总分", "总计", "总得分"),
            total={"权重分": "scored/weight", "得分": "scored/score", "得分率": "scored/score_rate"},
        ),
    ),
)
