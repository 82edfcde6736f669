"""指标之名: how indicators are named in tables and in the text, and what a sentence says of the one it names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao.figures.notation import clean

if TYPE_CHECKING:
    from jixiao.figures.figure import Figure
    from jixiao.review.recognising.mentions import Mention
    from jixiao.review.said import Claim

_KINDS = (
    ("weight", re.compile(r"(分值|满分|权重分?|标准分)(为|共)?$")),
    ("score", re.compile(r"(得分|实际得分|评分标准得|评价标准得|得|评分)(为)?$")),
    ("target", re.compile(r"(指标值|目标值|标杆值|预期值|目标)(设定)?(为|是)?$")),
    ("actual", re.compile(r"(实际完成值|完成值|实际值|业绩值|实际完成|实际达到)(为|是)?$")),
    ("lost", re.compile(r"失$")),
    ("score_rate", re.compile(r"得分率$")),
    ("completion", re.compile(r"(?<!实际)完成率$")),
)
_UNITS = {"weight": "分", "score": "分", "lost": "分", "score_rate": "%", "completion": "%"}
NUMBERED = re.compile(r"^(?:[（(]\d+[）)]|\d+[.．、]|[①-⑩]|[“\"]|[A-Z]\d+\s*)*")
SHORTEST = 4


class Names(frozenset[str]):
    """Names of indicators; a name cut short by a narrow column is known by its longer form too."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and len(name) >= SHORTEST and any(same_name(name, own) for own in self)


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return an indicator's name without brackets, numbers and marks before it."""
    cleaned = NUMBERED.sub("", clean(name).replace("\n", ""))
    return re.sub(r"[（(][^（）()]*[）)]$|[\s:：，,。“”\"]|指标$", "", cleaned)


def same_name(name: str, other: str) -> bool:
    """Return whether two names are the same, or one is the other cut short by a narrow column."""
    if name == other:
        return True
    shorter, longer = sorted((name, other), key=len)
    return (len(shorter) >= 10 and longer.startswith(shorter)) or (
        len(shorter) >= 5 and shorter.endswith("率") and name == longer and longer.endswith(shorter)
    )


def said_of(inside: list[Mention]) -> dict[str, Claim]:
    """Return what mentions say by kind: the first of each."""
    found: dict[str, Claim] = {}
    for m in inside:
        if m.operand:
            continue
        for kind, form in _KINDS:
            if kind in found or not form.search(m.label):
                continue
            if m.base != _UNITS.get(kind, m.base) or (kind in ("target", "actual") and m.base == "分"):
                continue
            found[kind] = m.claim
            break
    return found


def comparable(one: Figure, other: Figure) -> bool:
    """Return whether two figures are of one measure; a bare 100 may stand for 100% and is held against neither."""
    bases = {one.unit.base, other.unit.base}
    return bases == {"", "分"} or (len(bases) == 1 and (one.unit.name == "%") == (other.unit.name == "%"))
