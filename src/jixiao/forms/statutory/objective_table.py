"""表1-1 绩效目标表: what was promised, by indicator: target and its basis, last year, weight, scoring, evidence."""

from jixiao.forms.form import Block, Column, Form

FORM = Form(
    id="objective_table",
    title="绩效目标表",
    authority="caiyu-2021-101#objective-table",
    layout=(
        Block(
            role="declared",
            columns=(
                Column("一级指标", "declared/{1}", "group", 18.5),
                Column("二级指标", "declared/{2}", "group", 18.5),
                Column("三级指标", "declared/{code}", "leaf", 31, ("指标名称",), required=True),
                Column("指标值", "declared/{code}/target", "target", 20, ("年度指标值", "目标值"), required=True),
                Column(
                    "指标值\n设置依据",
                    "declared/{code}/basis",
                    "words",
                    17,
                    ("设置依据", "指标值依据", "指标值确定依据"),
                ),
                Column(
                    "上年\n完成值",
                    "declared/{code}/last_year",
                    "figure",
                    15,
                    ("上年实际完成值", "上年实际值", "上年值"),
                ),
                Column(
                    "指标分值\n权重",
                    "declared/{code}/weight",
                    "points",
                    16,
                    ("分值权重", "分值", "权重", "指标权重", "指标分值"),
                ),
                Column("指标赋分规则", "declared/{code}/rule", "rule", 21, ("赋分规则", "评分规则"), required=True),
                Column("佐证资料", "declared/{code}/evidence", "words", 22, ("佐证材料", "证明材料")),
            ),
        ),
    ),
)
