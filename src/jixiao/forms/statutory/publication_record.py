"""评价结果公开登记表: where the result was published, since when, under which address."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="publication_record",
    title="评价结果公开登记表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#publication",
    landscape=False,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=2))),
        Block(
            over="procedure/publications",
            columns=(
                Column("序号", "", "number", 12),
                Column("公开载体", "{row}/where", "entry", 54, ("公开渠道", "公开网站"), required=True),
                Column("公开日期", "{row}/date", "words", 34, ("公开时间",), required=True),
                Column("公开网址", "{row}/link", "words", 66, ("链接",)),
            ),
        ),
        sign_off(2, 1, 1, labels=(Label("公开单位（盖章）："), Label("经办人："), Label("日期："))),
    ),
)
