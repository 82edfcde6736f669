"""抽查复核评分对照表: every second score beside the first one, their difference, and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.second_scores import compared_scores
from jixiao.forms.form import Block, Column, Derived, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment


def _rows(of: Assessment) -> Iterator[Derived]:
    for at, pair in enumerate(compared_scores(of)):
        yield Derived(str(at), {**pair._asdict(), "difference": pair.difference()})


FORM = Form(
    id="second_score_comparison",
    title="抽查复核评分对照表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#spot-check",
    needs="procedure/second_scores",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=5))),
        Block(
            over="second_score_comparison",
            derive=_rows,
            columns=(
                Column("指标编码", "{row}/code", "words", 20),
                Column("指标名称", "{row}/name", "entry", 44, required=True),
                Column("分值", "{row}/full", "figure", 16),
                Column("自评得分", "{row}/first", "figure", 18, required=True),
                Column("复核得分", "{row}/second", "figure", 18, ("抽查得分",), required=True),
                Column("差额", "{row}/difference", "figure", 16),
                Column("复核理由", "{row}/reason", "text", 40),
            ),
        ),
        sign_off(2, 2, 3, labels=(Label("复核单位（盖章）："), Label("复核人："), Label("日期："))),
    ),
)
