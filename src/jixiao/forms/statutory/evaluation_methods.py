"""评价方法表: the methods of the evaluation and what each is used for."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line

FORM = Form(
    id="evaluation_methods",
    title="评价方法表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#methods",
    landscape=False,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=1))),
        Block(
            over="procedure/methods",
            columns=(
                Column("序号", "", "number", 12),
                Column("评价方法", "{row}/method", "entry", 50, ("方法",), required=True),
                Column("用途", "{row}/used_for", "text", 100, ("用于", "适用内容"), required=True),
            ),
        ),
    ),
)
