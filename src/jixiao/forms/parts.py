"""共用的表格部分: what several forms have in common: rows of money by source, the goal and its result, the sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.forms.form import Field, Label, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

STAMP_MM = 40  # room for an office's round stamp
SIGNED = (
    Label("填写单位（盖章）：", 3, "sign", ("填报单位", "填表单位")),
    Label("填写人：", 1, "sign", ("填报人", "填表人", "经办人", "联系人")),
    Label("联系电话：", 1, "sign", ("电话",)),
    Label("日期：", 1, "sign", ("填报日期", "填表日期", "填写日期")),
)


def amounts(
    label: Label, path: str, columns: Sequence[str], behind: Sequence[Label | Field] = (), *, cols: int = 1
) -> Line:  # fmt: skip
    """Return the row of a source of money (`total`, `sources/其他资金`): its label, its amounts, what stands behind."""
    return Line((label, *(Field(f"funds/{path}/{column}", "money", cols) for column in columns), *behind))


def goals(promised: Label, reached: Label) -> tuple[Line, Line]:
    """Return the two rows of the overall goal: the labels, and below them what was promised and what was reached."""
    texts = (Field("texts/objective", "text", promised.cols), Field("texts/results", "text", reached.cols))
    return Line((promised, reached)), Line(texts)


def sign_off(*cols: int, labels: Sequence[Label] = SIGNED) -> Line:
    """Return the last row of a form, to be signed and stamped by hand, its labels over so many columns each."""
    spans = zip(labels, cols, strict=True)
    return Line(tuple(Label(one.text, span, "sign", one.aliases) for one, span in spans), STAMP_MM)
