"""附件1 评价指标体系评分表: every indicator with weight, meaning, target, standard, scoring process, score, rate."""

from jixiao.forms.form import Block, Column, Form

FORM = Form(
    id="score_table",
    title="评价指标体系评分表",
    authority="caiyu-2020-10#framework",
    landscape=True,
    layout=(
        Block(
            role="scored",
            coded=True,
            columns=(
                Column("一级指标", "scored/{1}", "group", 18),
                Column("二级指标", "scored/{2}", "group", 18),
                Column("三级指标", "scored/{code}", "leaf", 26, required=True),
                Column("权重", "scored/{code}/weight", "points", 12, ("权重分", "分值", "指标权重")),
                Column("指标解释", "scored/{code}/explanation", "text", 32, ("指标说明",)),
                Column(
                    "标杆值",
                    "scored/{code}/target",
                    "target",
                    18,
                    ("指标值", "目标值", "年度指标值"),
                ),
                Column("评分依据", "scored/{code}/basis", "words", 16, ("指标值设置依据",)),
                Column("评价标准", "scored/{code}/criteria", "text", 44, ("评分标准",)),
                Column("评分过程", "scored/{code}/process", "process", 52),
                Column("得分", "scored/{code}/score", "points", 12, ("实际得分",), required=True),
                Column("得分率", "scored/{code}/score_rate", "rate", 15),
            ),
            total={"权重": "scored/weight", "得分": "scored/score", "得分率": "scored/score_rate"},
        ),
    ),
)
