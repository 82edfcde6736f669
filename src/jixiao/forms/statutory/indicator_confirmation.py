"""指标体系确认表: weights, targets and criteria as the evaluated unit confirms them before scoring."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="indicator_confirmation",
    title="绩效评价指标体系确认表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#confirmation",
    landscape=True,
    needs="procedure/sign_offs",
    layout=(
        Line((Label("项目名称"), Field("head/project", cols=3), Label("被评价单位"), Field("head/unit", cols=2))),
        Block(
            coded=True,
            unlike=("得分", "实际完成值", "全年实际完成值", "完成值", "业绩值", "评分过程"),
            columns=(
                Column("一级指标", "scored/{1}", "group", 22),
                Column("二级指标", "scored/{2}", "group", 24),
                Column("三级指标", "scored/{code}", "leaf", 46, required=True),
                Column("权重", "scored/{code}/weight", "points", 15, ("分值",), required=True),
                Column("指标值", "scored/{code}/target", "target", 34, ("标杆值", "目标值"), required=True),
                Column("指标值依据", "scored/{code}/basis", "words", 30, required=True),
                Column("评分标准", "scored/{code}/criteria", "text", 76, ("评分细则",), required=True),
            ),
            total={"权重": "scored/weight"},
        ),
        sign_off(3, 2, 2, labels=(Label("被评价单位（盖章）："), Label("确认人："), Label("日期："))),
    ),
)
