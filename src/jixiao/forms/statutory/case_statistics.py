"""监督检查统计表: the cases of the register counted by kind, this year beside last year, with what was recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.supervision import SUMS, counts
from jixiao.forms.form import Block, Column, Derived, Field, Form, Label, Line
from jixiao.forms.parts import sign_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment

_NONE, _WHOLE = "未分类", "合计"


def _rows(of: Assessment) -> Iterator[Derived]:
    counted = counts(of.evaluation)
    for at, count in enumerate(counted):
        yield Derived(
            str(at),
            {
                "kind": _WHOLE if count is counted[-1] else count.kind or _NONE,
                "this_year": count.this_year,
                "last_year": count.last_year,
                "growth": count.growth(),
                "transferred": count.transferred,
                **{name: getattr(count, name) for name in SUMS},
            },
        )


FORM = Form(
    id="case_statistics",
    title="监督检查情况统计表",
    subtitle="（{year}年度）",
    authority="evaluation-working-papers#cases",
    landscape=True,
    needs="procedure/cases",
    layout=(
        Line((Label("项目名称", 2), Field("head/project", cols=6))),
        Block(
            over="case_statistics",
            derive=_rows,
            total_label=_WHOLE,
            columns=(
                Column("案件类别", "{row}/kind", "entry", 40, ("类别",), required=True),
                Column("本年件数", "{row}/this_year", "figure", 26, ("本年数",), required=True),
                Column("上年件数", "{row}/last_year", "figure", 26, ("上年数",), required=True),
                Column("增长率", "{row}/growth", "rate", 24, ("增幅",), places=2),
                Column("移送件数", "{row}/transferred", "figure", 26),
                Column("违规金额", "{row}/amount", "figure", 34, ("涉案金额",)),
                Column("追回金额", "{row}/repaid", "figure", 34, ("追回资金",)),
                Column("处罚金额", "{row}/penalty", "figure", 34, ("罚款金额",)),
            ),
        ),
        sign_off(3, 2, 3, labels=(Label("填报单位（盖章）："), Label("填报人："), Label("日期："))),
    ),
)
