"""监督检查案件台账: every case of supervision: what was found by whom, what was repaid and fined, what became of it."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="case_register",
    title="监督检查案件台账",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#cases",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=9))),
        Block(
            over="procedure/cases",
            columns=(
                Column("序号", "", "number", 12),
                Column("案件", "{row}/case", "entry", 44, ("案件编号", "案件名称"), required=True),
                Column("类别", "{row}/kind", "words", 28, ("案件类别",), required=True),
                Column("查处日期", "{row}/date", "words", 26, ("日期",)),
                Column("线索来源", "{row}/found_by", "words", 26),
                Column("违规金额", "{row}/amount", "actual", 26, ("涉案金额",)),
                Column("追回金额", "{row}/repaid", "actual", 26, ("追回资金",)),
                Column("处罚金额", "{row}/penalty", "actual", 26, ("罚款金额",)),
                Column("处理情况", "{row}/handled", "text", 34, ("处理结果",)),
                Column("移送情况", "{row}/transferred", "words", 24),
                Column("状态", "{row}/state", "words", 20, ("办理状态",)),
            ),
        ),
        sign_off(4, 3, 4, labels=(Label("填报单位（盖章）："), Label("填报人："), Label("日期："))),
    ),
)
