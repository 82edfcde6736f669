"""绩效评价审签表: every step that is signed: confirmation, declaration, inside checks, reviews, acceptance."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="sign_off_sheet",
    title="绩效评价审签表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#sign-offs",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=6))),
        Block(
            over="procedure/sign_offs",
            columns=(
                Column("序号", "", "number", 12),
                Column("环节", "{row}/step", "entry", 38, ("审签环节", "审核环节"), required=True),
                Column("审签单位", "{row}/by", "words", 40, ("审核单位",)),
                Column("审签结果", "{row}/result", "words", 26, ("审核结果",), required=True),
                Column("审签意见", "{row}/opinion", "text", 70, ("审核意见",)),
                Column("审签日期", "{row}/date", "words", 28, ("审核日期",)),
                Column("所签表格", "{row}/form", "words", 34),
                Column("校验码", "{row}/code", "words", 26),
            ),
        ),
        sign_off(3, 2, 3, labels=(Label("评价机构（盖章）："), Label("审核单位（盖章）："), Label("日期："))),
    ),
)
