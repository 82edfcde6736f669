"""评价结果反馈通报清单: who is told the result, by which document, and by when an answer is due."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="notified_offices",
    title="评价结果反馈通报清单",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#feedback",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=5))),
        Block(
            over="procedure/addressees",
            columns=(
                Column("序号", "", "number", 12),
                Column("反馈对象", "{row}/to", "entry", 56, ("通报对象", "主送单位"), required=True),
                Column("地区", "{row}/region", "words", 26),
                Column("反馈文号", "{row}/document", "words", 44, ("文号",)),
                Column("发出日期", "{row}/sent", "words", 30, ("印发日期",), required=True),
                Column("回复期限", "{row}/by", "words", 30),
                Column("回复情况", "{row}/answered", "words", 44),
            ),
        ),
        sign_off(3, 2, 2, labels=(Label("反馈单位（盖章）："), Label("经办人："), Label("日期："))),
    ),
)
