"""访谈记录表: every question of an interview with its answer, when and where it was asked, and of whom."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="interview_record",
    title="绩效评价访谈记录表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#interview",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=4))),
        Block(
            over="procedure/interviews",
            columns=(
                Column("序号", "", "number", 12),
                Column("访谈日期", "{row}/date", "words", 30, ("日期",)),
                Column("访谈地点", "{row}/place", "words", 24, ("地点",)),
                Column(
                    "访谈对象",
                    "{row}/respondent",
                    "words",
                    26,
                    (
                        "被访谈对象",
                        "受访对象",
                    ),
                ),
                Column(
                    "访谈问题",
                    "{row}/question",
                    "entry",
                    40,
                    (
                        "问题",
                        "访谈内容",
                    ),
                    required=True,
                ),
                Column(
                    "回答要点",
                    "{row}/answer",
                    "text",
                    56,
                    (
                        "回答",
                        "访谈记录",
                    ),
                    required=True,
                ),
            ),
        ),
        sign_off(2, 2, 2, labels=(Label("访谈人："), Label("记录人："), Label("被访谈单位（盖章）："))),
    ),
)
