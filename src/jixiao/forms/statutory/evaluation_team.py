"""评价工作组成员表: who evaluates, by role, with qualification and duty; names are completed by hand."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line

FORM = Form(
    id="evaluation_team",
    title="绩效评价工作组成员表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#team",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=3))),
        Block(
            over="procedure/team",
            columns=(
                Column("序号", "", "number", 12),
                Column("姓名", "", "blank", 24),
                Column(
                    "评价中的角色",
                    "{row}/role",
                    "entry",
                    32,
                    (
                        "角色",
                        "职务",
                    ),
                    required=True,
                ),
                Column(
                    "资质或职称",
                    "{row}/qualification",
                    "words",
                    38,
                    (
                        "职称",
                        "资质",
                    ),
                ),
                Column(
                    "工作职责",
                    "{row}/duty",
                    "text",
                    68,
                    (
                        "职责",
                        "分工",
                    ),
                    required=True,
                ),
            ),
        ),
    ),
)
