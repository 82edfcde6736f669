"""写明的基数: changes whose base stands beside them: 较上年 A 增长 R%, 比法定的 B 缩短 D, 甲与乙相差 D.

基金收入 15826.4 万元，较上年 14932.7 万元增长 5.98%
办结时间 18.6 个工作日，比法定的 45 个工作日缩短 26.4 个工作日
最高 98.02%，最低 92.91%，相差 5.11 个百分点
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_BASE = re.compile(r"^(?:较|比|同比|与)(?!.{0,8}(?:增|减|提高|下降|上升|缩短))[^，。；]{1,12}$")
_MORE = re.compile(r"^(?:相比，?)?(?:增长|增加|上升|提高|提升|多|高|增幅为?|增长率为?)了?$")
_LESS = re.compile(r"^(?:相比，?)?(?:下降|减少|降低|缩短|压缩|少|低|降幅为?|回落)了?$")
_APART = re.compile(r"(?:相差|差距为?|差额为?)$")


def recognise(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield changes over a base that is printed right before them, and differences of the two figures before them."""
    for base, change in pairwise(inside):
        between = passage.text[base.end : change.start]
        way = 1 if _MORE.match(between) else -1 if _LESS.match(between) else 0
        this = next((m for m in reversed(inside) if m.end <= base.start and m.base == base.base), None)
        if not way or this is None or not _BASE.match(base.label) or base.start - this.end > len(base.label) + 2:
            continue
        facts = {"signs": (1, -1) if way > 0 else (-1, 1)}
        if change.percent() and "百分点" not in change.claim.text and not base.percent():
            yield Relation("change", (change.claim, this.claim, base.claim), this.label, {"fell": way < 0})
        elif change.base == base.base:
            yield Relation("balance", (change.claim, this.claim, base.claim), this.label, facts)
    yield from _apart(inside)


def _apart(inside: list[Mention]) -> Iterator[Relation]:
    for one, other, apart in zip(inside, inside[1:], inside[2:], strict=False):
        if _APART.search(apart.label) and one.base == other.base == apart.base:
            signs = (1, -1) if one.figure.num * other.figure.den >= other.figure.num * one.figure.den else (-1, 1)
            yield Relation("balance", (apart.claim, one.claim, other.claim), apart.label, {"signs": signs})
