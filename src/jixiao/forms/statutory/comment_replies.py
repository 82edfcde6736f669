"""征求意见采纳情况表: every comment on a draft, who made it, and what was answered."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="comment_replies",
    title="征求意见采纳情况表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#comments",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=5))),
        Block(
            over="procedure/comments",
            columns=(
                Column("序号", "", "number", 12),
                Column("意见内容", "{row}/comment", "entry", 70, ("反馈意见", "修改意见"), required=True),
                Column("提出单位", "{row}/by", "words", 36, ("反馈单位",)),
                Column("征求意见稿", "{row}/draft", "words", 26, ("稿次",)),
                Column("提出日期", "{row}/date", "words", 26),
                Column("是否采纳", "{row}/taken", "words", 22, ("采纳情况",), required=True),
                Column("答复和修改情况", "{row}/reply", "text", 70, ("答复意见", "采纳说明")),
            ),
        ),
        sign_off(3, 2, 2, labels=(Label("评价机构（盖章）："), Label("被评价单位（盖章）："), Label("日期："))),
    ),
)
