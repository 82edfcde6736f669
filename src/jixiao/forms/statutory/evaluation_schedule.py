"""评价进度安排表: the stages of an evaluation, each with its deadline, its work and how far it is."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line

FORM = Form(
    id="evaluation_schedule",
    title="绩效评价进度安排表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#schedule",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/schedule",
            columns=(
                Column("序号", "", "number", 12),
                Column(
                    "评价阶段",
                    "{row}/stage",
                    "entry",
                    34,
                    (
                        "阶段",
                        "工作阶段",
                    ),
                    required=True,
                ),
                Column(
                    "完成时限",
                    "{row}/until",
                    "words",
                    30,
                    (
                        "时间安排",
                        "完成时间",
                    ),
                    required=True,
                ),
                Column("工作内容", "{row}/work", "text", 62, ("主要工作",)),
                Column("完成情况", "{row}/done", "words", 28),
            ),
        ),
    ),
)
