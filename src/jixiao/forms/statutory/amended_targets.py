"""绩效目标调整对照表: 原表 and 调整后 side by side, indicator by indicator, with who asked, who agreed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.evaluation.amendments import original
from jixiao.forms.form import Block, Column, Derived, Field, Form, Label, Line
from jixiao.forms.parts import sign_off
from jixiao.indicators.indicator import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Amendment

_TOLD = ("asked_by", "consent", "reason", "date")


def _rows(of: Assessment) -> Iterator[Derived]:
    """Yield every scored indicator as it stands and as it was, with who asked, who agreed and why."""
    system, before = of.evaluation.system("scored"), original(of.evaluation).system("scored")
    for node, above in system.walk() if system is not None else ():
        was = before.find(node.code) if before is not None else None
        if not isinstance(node, Indicator) or not isinstance(was, Indicator):
            continue
        path = f"scored/{node.code}"
        of_node = [at for at, one in enumerate(of.evaluation.amendments) if one.path.startswith(f"{path}/")]
        stored = {name: f"amendments/{at}/{name}" for at in of_node for name in _TOLD} if len(of_node) == 1 else {}
        yield Derived(
            node.code,
            {"name_before": was.name, "target_before": was.target, "name": node.name, "target": node.target}
            | _told([of.evaluation.amendments[at] for at in of_node]),
            {"name": f"{path}/name", "target": f"{path}/target", **stored},
            above,
        )


def _told(amendments: Sequence[Amendment]) -> dict[str, str | None]:
    """Return what amendments say of themselves, each thing once: name and target are often changed together."""
    said = {name: dict.fromkeys(one for of in amendments if (one := getattr(of, name))) for name in _TOLD}
    return {name: "；".join(each) or None for name, each in said.items()}


FORM = Form(
    id="amended_targets",
    title="绩效目标调整对照表",
    subtitle="（{year}年度，原表和调整后）",
    authority="caijian-2025-1#transfer-table",
    landscape=True,
    needs="amendments",
    declares=True,
    layout=(
        Line(
            (Label("项目名称", 2), Field("head/project", cols=3), Label("资金使用单位", 2), Field("head/unit", cols=3))
        ),
        Block(
            over="amended",
            derive=_rows,
            columns=(
                Column("一级指标", "scored/{1}", "group", 20),
                Column("二级指标", "scored/{2}", "group", 22),
                Column("原三级指标", "{row}/name_before", "words", 32, ("原表三级指标",), required=True),
                Column("原指标值", "{row}/target_before", "target", 32, ("原表指标值",), required=True),
                Column("调整后三级指标", "{row}/name", "entry", 32, required=True),
                Column("调整后指标值", "{row}/target", "target", 32, required=True),
                Column("提出单位", "{row}/asked_by", "words", 26, ("申请单位",)),
                Column("同意单位及文件", "{row}/consent", "words", 30, ("批准单位及文件",)),
                Column("调整原因", "{row}/reason", "text", 40),
                Column("调整日期", "{row}/date", "date", 22),
            ),
        ),
        sign_off(3, 2, 2, 3),
    ),
)
