"""实际完成值写法: what stands in an actual-value cell, read against the target it answers.

>>> from jixiao.figures.target_notation import target
>>> actual("≥95%", target("≥95%"))
Echo(spelt='≥95%')
>>> actual("达成预期指标", target("≥95%"))
Verdict(word='达成预期指标', met=True)
>>> str(actual("100", target("=100%"))), actual("100", target("=100%")).num
('100', 1)
"""

from __future__ import annotations

import re
from dataclasses import replace

from jixiao.figures import dates
from jixiao.figures.actual import Echo, Level, Value, Verdict
from jixiao.figures.figure import Figure
from jixiao.figures.notation import clean, figure, is_placeholder
from jixiao.figures.target import Target
from jixiao.figures.target_notation import measure_of
from jixiao.figures.units import BARE, Unit
from jixiao.figures.unread import Unread
from jixiao.findings import Message

_SIGNED = re.compile(
    r"(≥|≤|>|<|=|不少于|不低于|不小于|不超过|不高于|不多于|不大于|大于|高于|超过|小于|低于|少于).*\d.*|.*\d.*(以上|以下|以内|之内)"
)
_VERDICTS: tuple[tuple[str, bool | None], ...] = (
    (r"(基本)?(未|没有|不)(达成|完成|达标|达到|实现|通过|合格|满意).*", False),
    (r"部分(达成|完成|达标|实现).*", None),
    (
        r"(已|全部|均|按时|按期|圆满)*(达成|完成|达标|达到|实现|通过|合格)(预期|年度)?(指标|目标|任务|要求)*(值)?",
        True,
    ),
    (r"(达到|符合)(预期|年度|要求).*", True),
    (r"无", None),
    (r"(非常|很|较|基本)?满意", None),
    (r"是|√|✓", True),
    (r"否", False),
)


def actual(text: str, goal: Target | Unread | None = None) -> Value:
    """Return what the text is, given the target it stands beside (which lends it a missing unit)."""
    cleaned = clean(text).rstrip("。;；")
    if isinstance(goal, Target) and goal.kind == "level" and cleaned == goal.word:
        return Level(cleaned, text)
    if is_placeholder(cleaned) and cleaned != "无":
        return Unread(text, Message("figures.placeholder", {"spelt": text}))
    if _SIGNED.fullmatch(cleaned) or (
        isinstance(goal, Target) and goal.kind in ("between", "scale") and _repeats(cleaned, goal)
    ):
        return Echo(text)
    if (
        isinstance(goal, Target)
        and goal.kind in ("by_date", "every")
        and (when := dates.day(re.sub(r"^每月", "", cleaned)))
    ):
        return replace(when, spelt=text)
    read = figure(text, expected=_lent(cleaned, goal))
    if isinstance(read, Figure):
        return read
    return _worded(cleaned, text, read)


def _lent(cleaned: str, goal: Target | Unread | None) -> Unit:
    """Return the unit a bare number takes: the target's, except that 1 under a percentage is the whole (100%)."""
    unit = measure_of(goal)
    return BARE if unit.name == "%" and re.fullmatch(r"1|1\.0+|0\.\d+", cleaned) else unit


def _repeats(cleaned: str, goal: Target) -> bool:
    return goal.spelt is not None and cleaned == clean(goal.spelt)


def _worded(cleaned: str, text: str, read: Unread) -> Value:
    for form, met in _VERDICTS:
        if re.fullmatch(form, cleaned):
            return Verdict(cleaned, met, text)
    when = dates.day(cleaned)
    if when is not None:
        return replace(when, spelt=text)
    return read if re.search(r"\d", cleaned) or read.why.id == "figures.damaged" else Level(cleaned, text)
