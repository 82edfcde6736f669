"""抽查复核评分表: the score that a spot check gives each indicator, and why."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="second_scores",
    title="抽查复核评分表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#spot-check",
    landscape=False,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/second_scores",
            columns=(
                Column("序号", "", "number", 12),
                Column("指标编码", "{row}/indicator", "entry", 34, required=True),
                Column("复核得分", "{row}/score", "actual", 28, ("抽查得分",), required=True),
                Column("复核理由", "{row}/reason", "text", 80, ("复核依据",)),
                Column("复核单位", "{row}/by", "words", 34),
            ),
        ),
        sign_off(2, 1, 2, labels=(Label("复核单位（盖章）："), Label("复核人："), Label("日期："))),
    ),
)
