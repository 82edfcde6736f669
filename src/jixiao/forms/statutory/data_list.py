"""资料清单: what was asked of whom, what has been received, and what is missing."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="data_list",
    title="绩效评价资料清单",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#data-list",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/materials",
            columns=(
                Column("序号", "", "number", 12),
                Column(
                    "资料名称",
                    "{row}/wanted",
                    "entry",
                    66,
                    (
                        "所需资料",
                        "材料名称",
                    ),
                    required=True,
                ),
                Column("提供单位", "{row}/department", "words", 36, ("责任单位",)),
                Column("收到日期", "{row}/received", "words", 32, ("是否收到",), required=True),
                Column(
                    "缺失情况",
                    "{row}/missing",
                    "text",
                    34,
                    (
                        "缺少内容",
                        "未提供原因",
                    ),
                ),
            ),
        ),
        sign_off(2, 1, 2, labels=(Label("评价机构（盖章）："), Label("提供单位（盖章）："), Label("日期："))),
    ),
)
