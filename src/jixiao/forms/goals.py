"""批复的绩效目标表: the table of goals that a finance system exports, in whatever layout, read as the declared system.

It is only read, never written: its heads are met under many names, other columns may stand between them, and a target
may be split over columns for sign, value and unit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.evaluation.amendments import original
from jixiao.evaluation.reading import value_at
from jixiao.figures.notation import clean, is_placeholder
from jixiao.figures.target import Target
from jixiao.findings import Finding, Message
from jixiao.forms.form import Block, Column, Field, Form, Label, Line
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.documents.document import Table
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.read import Reading
    from jixiao.indicators.system import System

LOCKED = ("target", "weight")
_RESULTS = ("得分", "自评得分", "实际完成值", "全年实际完成值", "年度实际完成值", "完成值", "业绩值")
_TARGET = ("指标值", "年度指标值", "目标值", "年度目标值", "绩效指标值", "指标目标值", "预期指标值", "年初目标值")
_UNIT = ("度量单位", "计量单位", "指标单位", "单位")
_SIGN = ("指标性质", "计算符号", "指标符号", "指标方向", "符号", "运算符号")
_NAMED = (
    Column("一级指标", "declared/{1}", "group", 20, ("一级指标名称", "一级绩效指标")),
    Column("二级指标", "declared/{2}", "group", 20, ("二级指标名称", "二级绩效指标")),
    Column("三级指标", "declared/{code}", "leaf", 40, ("三级指标名称", "三级绩效指标", "绩效指标", "指标名称", "指标"),
           required=True),
)  # fmt: skip
_FURTHER = (
    Column("分值", "declared/{code}/weight", "points", 15,
           ("权重", "分值权重", "指标权重", "指标分值", "权重分值", "分值占比")),
    Column("指标解释", "declared/{code}/explanation", "words", 30, ("指标说明", "指标内容", "指标内涵", "指标含义")),
    Column("评分标准", "declared/{code}/criteria", "words", 30, ("评扣分标准", "评分规则", "指标赋分规则", "计分标准")),
)  # fmt: skip
_HEAD = (
    Line((Label("项目名称", aliases=("项目（政策）名称", "预算项目名称", "项目")), Field("head/project"))),
    Line((Label("主管部门", aliases=("主管部门及代码", "预算主管部门", "主管单位")), Field("head/department"))),
    Line((Label("实施单位", aliases=("项目实施单位", "预算单位", "项目单位", "单位名称")), Field("head/unit"))),
    Line((Label("年度目标", aliases=("年度绩效目标", "总体目标", "年度总体目标", "绩效目标")),
          Field("texts/objective", "text"))),
)  # fmt: skip


def _form(form_id: str, *target: Column) -> Form:
    columns = (*_NAMED, *target, *_FURTHER)
    block = Block(role="declared", columns=columns, unlike=_RESULTS, total={"分值": "declared/weight"})
    return Form(
        id=form_id, title="绩效目标表", authority="caiyu-2015-88#declaration", layout=(*_HEAD, block), loose=True
    )


def _target(head: str, names: tuple[str, ...]) -> Column:
    return Column(head, "declared/{code}/target", "target", 20, names, required=True)


GOALS = (
    _form("goals", _target("指标值", _TARGET)),
    _form(
        "goals_apart",
        replace(_target("指标性质", _SIGN), piece="sign", required=False),
        replace(_target("指标值", _TARGET), piece="value"),
        replace(_target("度量单位", _UNIT), piece="unit"),
    ),
)


def goals(tables: Iterable[Table], system: System | None = None) -> Reading | None:
    """Return what the first table of goals says, None where there is none; `system` gives its rows their codes."""
    for table in tables:
        found = recognise(GOALS, table)
        if found is not None:
            form, match = found
            return read(form, table, match, system)
    return None


def departures(evaluation: Evaluation, tables: Iterable[Table]) -> Iterator[Finding]:
    """Yield every approved goal that is gone, or whose target or weight is another one without an amendment."""
    approved = original(evaluation)
    system = approved.system("declared")
    reading = goals(tables, system) if system is not None else None
    if reading is None or system is None:
        yield Finding("goals", "error", Message("goals.unread"), Message("goals.unread.remedy"), paths=("evidence",))
        return
    for found in reading.findings:
        if found.check == "unknown_row":
            said, remedy = Message("goals.gone", {"name": found.printed}), Message("goals.changed.remedy")
            yield Finding("goals", "error", said, remedy, paths=("declared",), expected=found.printed)
    for path, text in reading.values.items():
        role, code, name = [*path.split("/"), "", ""][:3]
        if role != "declared" or name not in LOCKED or not text.strip() or is_placeholder(clean(text)):
            continue
        expected = value_at(approved, path, text)
        for role_path, standing in _standing(evaluation, approved, code, name):
            if not _same(standing, expected):
                node = system.find(code)
                args = {"name": node.name if node else code, "approved": expected, "found": standing,
                        "what": Message(f"goals.{name}")}  # fmt: skip
                said, remedy = Message("goals.changed", args), Message("goals.changed.remedy")
                yield Finding("goals", "error", said, remedy, paths=(role_path,), printed=str(standing),
                              expected=str(expected))  # fmt: skip


def _standing(now: Evaluation, approved: Evaluation, code: str, name: str) -> Iterator[tuple[str, object]]:
    """Yield where an approved value stands, and what stands there but for amendments.

    A scored indicator that answers a goal has the goal's target as well; one that follows an amended goal may have that
    of the goal. Its weight is that of the scored system, which is another one.
    """
    goal, current = approved.system("declared"), now.system("declared")
    node = goal.find(code) if goal else None
    yield f"declared/{code}/{name}", getattr(node, name, None)
    scored, system = now.system("scored"), approved.system("scored")
    for twin in scored.indicators() if scored and name == "target" else ():
        if twin.objective == code:
            followed = current.find(code) if current else None
            before = system.find(twin.code) if system else None
            if not _same(twin.target, getattr(followed, name, None)):
                yield f"scored/{twin.code}/{name}", getattr(before, name, None)


def _same(one: object, other: object) -> bool:
    """Return whether two targets or weights are the same, however spelt."""
    if isinstance(one, Target) and isinstance(other, Target):
        return one == other or str(one) == str(other) or _bare(one) == _bare(other)
    return one == other


def _bare(target: Target) -> tuple[object, ...]:
    bounds = [(bound.num, bound.den, bound.unit.base) if bound else None for bound in (target.low, target.high)]
    return target.kind, *bounds, target.when, target.word
