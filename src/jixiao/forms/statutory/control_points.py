"""内部控制要点清单: every control point before, during and after the business, who answers for it, what proves it."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="control_points",
    title="内部控制要点清单",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#controls",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=4))),
        Block(
            over="procedure/controls",
            columns=(
                Column("序号", "", "number", 12),
                Column("控制要点", "{row}/control", "entry", 80, ("防控要点", "风险点"), required=True),
                Column("控制环节", "{row}/phase", "words", 30, ("防控环节",), required=True),
                Column("责任岗位", "{row}/who", "words", 40),
                Column("佐证材料", "{row}/evidence", "text", 56),
                Column("落实情况", "{row}/state", "words", 38),
            ),
        ),
        sign_off(2, 2, 2, labels=(Label("填报单位（盖章）："), Label("填报人："), Label("日期："))),
    ),
)
