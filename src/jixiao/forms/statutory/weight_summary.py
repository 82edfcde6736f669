"""指标权重论证汇总表: the experts' opinions on every weight beside one another, and the weight that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.weighing import weighings
from jixiao.figures.figure import exactly
from jixiao.forms.form import Block, Column, Derived, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment


def _rows(of: Assessment) -> Iterator[Derived]:
    for one in weighings(of.evaluation):
        figures = {"lowest": one.lowest, "highest": one.highest, "mean": one.mean, "final": one.final}
        told = {"code": one.node.code, "name": one.node.name, "opinions": exactly(one.opinions)}
        yield Derived(one.node.code, {**told, **figures})


FORM = Form(
    id="weight_summary",
    title="指标权重论证汇总表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#weights",
    needs="procedure/opinions",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=5))),
        Block(
            over="weighing",
            derive=_rows,
            columns=(
                Column("指标编码", "{row}/code", "words", 20),
                Column("指标名称", "{row}/name", "entry", 56, required=True),
                Column("意见数", "{row}/opinions", "figure", 16),
                Column("最低", "{row}/lowest", "figure", 16),
                Column("最高", "{row}/highest", "figure", 16),
                Column("平均", "{row}/mean", "figure", 18, ("建议权重平均",), places=2, required=True),
                Column("确定权重", "{row}/final", "figure", 18, ("最终权重",), required=True),
            ),
        ),
        sign_off(2, 2, 3, labels=(Label("组织单位（盖章）："), Label("记录人："), Label("日期："))),
    ),
)
