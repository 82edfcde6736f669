"""基础数据采集表: the figures that a unit reports, as they were verified, with source, evidence and sign-off."""

from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

FORM = Form(
    id="basic_data_form",
    title="基础数据采集表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#basic-data",
    landscape=True,
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=7))),
        Block(
            over="procedure/data",
            columns=(
                Column("序号", "", "number", 12),
                Column(
                    "数据项",
                    "{row}/item",
                    "entry",
                    44,
                    (
                        "指标名称",
                        "基础数据",
                    ),
                    required=True,
                ),
                Column("对应指标", "{row}/indicator", "words", 20),
                Column(
                    "填报值",
                    "{row}/reported",
                    "actual",
                    32,
                    (
                        "实际完成值",
                        "上报值",
                    ),
                    required=True,
                ),
                Column(
                    "核实值",
                    "{row}/verified",
                    "actual",
                    32,
                    (
                        "复核值",
                        "核定值",
                    ),
                ),
                Column(
                    "数据来源部门",
                    "{row}/department",
                    "words",
                    38,
                    (
                        "来源部门",
                        "数据来源",
                    ),
                    required=True,
                ),
                Column("佐证材料", "{row}/evidence", "text", 44, ("佐证资料",)),
                Column("签章", "{row}/signed", "words", 24),
                Column("备注", "{row}/remark", "text", 24),
            ),
        ),
        sign_off(3, 2, 2, 2),
    ),
)
