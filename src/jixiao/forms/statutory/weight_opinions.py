"""指标权重论证意见表: what every expert, by role, holds the weights to be, and why."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="weight_opinions",
    title="指标权重论证意见表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#weights",
    landscape=False,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/opinions",
            columns=(
                Column("序号", "", "number", 12),
                Column("专家", "{row}/expert", "entry", 34, ("论证专家",), required=True),
                Column("指标编码", "{row}/indicator", "words", 28, ("指标",)),
                Column("建议权重", "{row}/weight", "actual", 28, ("建议分值",), required=True),
                Column("理由", "{row}/reason", "text", 66, ("论证理由", "意见")),
            ),
        ),
        sign_off(2, 1, 2, labels=(Label("组织单位（盖章）："), Label("记录人："), Label("日期："))),
    ),
)
