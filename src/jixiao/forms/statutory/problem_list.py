"""问题和整改措施清单: every problem with its cause and measure, who answers for it, by when, how far it is."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="problem_list",
    title="问题和整改措施清单",
    version=2,
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#problems",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=8))),
        Block(
            over="procedure/problems",
            columns=(
                Column("序号", "", "number", 12),
                Column(
                    "存在的问题",
                    "{row}/problem",
                    "entry",
                    48,
                    (
                        "问题",
                        "主要问题",
                    ),
                    required=True,
                ),
                Column("原因分析", "{row}/cause", "text", 40, ("原因",)),
                Column(
                    "整改措施",
                    "{row}/measure",
                    "text",
                    48,
                    (
                        "改进措施",
                        "措施",
                    ),
                    required=True,
                ),
                Column("责任单位", "{row}/who", "words", 34, ("责任部门",)),
                Column("完成时限", "{row}/by", "words", 26, ("整改时限",)),
                Column("整改状态", "{row}/state", "words", 24, ("整改情况",)),
                Column("办结日期", "{row}/closed", "words", 26, ("完成日期",)),
                Column("办结佐证", "{row}/proof", "words", 30, ("整改佐证",)),
                Column("问责情况", "{row}/accountable", "words", 24, ("责任追究",)),
            ),
        ),
        sign_off(4, 3, 3, labels=(Label("整改单位（盖章）："), Label("联系电话："), Label("日期："))),
    ),
)
