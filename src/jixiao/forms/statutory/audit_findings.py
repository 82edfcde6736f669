"""审计和监督检查情况表: what audits and inspections found, by which document, and what was done."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="audit_findings",
    title="审计和监督检查情况表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#audits",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=5))),
        Block(
            over="procedure/audits",
            columns=(
                Column("序号", "", "number", 12),
                Column("审计或检查单位", "{row}/by", "entry", 44, ("检查单位", "审计单位"), required=True),
                Column("文书", "{row}/document", "words", 42, ("文号", "报告名称")),
                Column("日期", "{row}/date", "words", 26),
                Column("发现的问题", "{row}/found", "text", 64, ("问题", "审计发现"), required=True),
                Column("整改措施", "{row}/measure", "text", 48, ("整改情况",)),
                Column("整改状态", "{row}/state", "words", 26),
            ),
        ),
        sign_off(3, 2, 2, labels=(Label("填报单位（盖章）："), Label("填报人："), Label("日期："))),
    ),
)
