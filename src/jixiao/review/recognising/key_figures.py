"""全项目的数: the amounts and rates of the whole project, whatever words and wherever they are given.

    年初预算 · 全年预算 · 到位 · 执行 · 执行率 · 到位率

A figure of one source, level, place or other year is none of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_WHOSE = r"^(?:该|本)?(?:项目)?(?:资金)?"
_KINDS = (
    ("original", "元", re.compile(_WHOSE + r"年初预算(?:数|安排|总额|资金|金额)?$")),
    (
        "budget",
        "元",
        re.compile(_WHOSE + r"(?:全年|调整后|年度)预算(?:数|安排|总额|资金|金额|安排资金)?$|^项目预算(?:资金|总额)?$"),
    ),
    ("received", "元", re.compile(_WHOSE + r"(?:全年|实际)?到位(?:资金|数|金额)?(?:总额)?$|^资金到位$")),
    ("executed", "元", re.compile(_WHOSE + r"(?:全年|实际|累计)?(?:执行|支出|使用)(?:数|资金|金额|总额)?$")),
    ("execution_rate", "%", re.compile(_WHOSE + r"(?:全年)?(?:预算)?(?:资金)?执行率$")),
    ("receipt_rate", "%", re.compile(_WHOSE + r"(?:资金)?到位率$")),
)
_PART = re.compile(r"中央|自治区|自治州|省|州级|市级|县|区级|地方|本级|财政拨款|结转|其他|其中|第[一二三四]批")
_YEAR = re.compile(r"上年|去年|往年|同期|(?:19|20)\d\d年")


def kind(m: Mention, passage: Passage, year: int | None = None) -> str | None:
    """Return which figure of the whole project a mention is, or None."""
    found = next((name for name, base, form in _KINDS if base == m.base and form.match(m.label)), None)
    if found is None:
        return None
    return None if _PART.search(_clause(m, passage)) or of_another_year(m, passage, year) else found


def of_another_year(m: Mention, passage: Passage, year: int | None) -> bool:
    """Return whether the clause of a mention names a year that is not the evaluated one."""
    return any(year is None or str(year) not in said for said in _YEAR.findall(_clause(m, passage)))


def _clause(m: Mention, passage: Passage) -> str:
    start = max((passage.text.rfind(stop, 0, m.start) for stop in "。；;"), default=-1) + 1
    return passage.text[start : m.start]
