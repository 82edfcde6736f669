"""现场照片登记表: the photographs taken on site, each with what it proves, the day and the place."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="site_photographs",
    title="现场照片登记表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#photographs",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/photographs",
            columns=(
                Column("序号", "", "number", 12),
                Column("照片说明", "{row}/photo", "entry", 66, ("照片名称",), required=True),
                Column("对应指标", "{row}/indicator", "words", 22),
                Column("拍摄日期", "{row}/date", "words", 32, ("拍摄时间",), required=True),
                Column("拍摄地点", "{row}/place", "words", 40, ("地点",), required=True),
            ),
        ),
        sign_off(2, 1, 2, labels=(Label("评价机构（盖章）："), Label("拍摄人："), Label("日期："))),
    ),
)
