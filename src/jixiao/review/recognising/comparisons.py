"""相比的说法: one figure that a sentence calls lower or higher than another, and by how much.

报销比例 69.8%，略低于目标值 70%
满意度 86.7%，比目标值低 3.3 个百分点
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.recognising.mentions import Mention
    from jixiao.review.said import Claim

_LOWER = r"(?P<lower>低于|不及|少于|未达到|没有达到|未能达到)"
_HIGHER = r"(?P<higher>高于|超过|超出|优于|多于)"
_AGAINST = re.compile(
    rf"^[，,；]?(?:均|略|稍|明显|仍|已|大幅|远)*(?:{_LOWER}|{_HIGHER})了?(?:年初|年度|预期|既定|设定|绩效|全[省市国县])*"
    r"(?:的)?(?:目标|指标|标杆|标准|平均)?(?:值|水平|数)?(?:的|为|是|[≥≤=＝])*$"
)
_BY = re.compile(
    r"^[，,；]?(?:(?:较|比)(?:年初|年度|预期|绩效)?(?:目标|指标)值?(?P<way>低|高|少|多)了?"
    r"|(?P<than>低|高)于(?:年初|年度|预期|绩效)?(?:目标|指标)值?)$"
)


def recognise(inside: list[Mention], text: str, tables: Sequence[ScoreTable]) -> Iterator[Relation]:
    """Yield what a sentence calls lower or higher, beside what it is compared with."""
    for one, other in pairwise(inside):
        between = text[one.end : other.start]
        match = _AGAINST.match(between)
        missed = match is not None and (match["lower"] or "").endswith("达到")
        either = missed and re.search("[≤=＝]", between + other.claim.text[:1])  # such a target is missed by more, too
        if match is not None and one.base == other.base and "百分点" not in other.claim.text and not either:
            facts = {"lower": match["lower"] is not None, "word": match["lower"] or match["higher"]}
            yield Relation("compared", (one.claim, other.claim), one.label, facts)
        by = _BY.match(between)
        if (
            by is not None
            and (by["way"] or "百分点" in other.claim.text)
            and (target := _target(one, tables)) is not None
        ):
            signs = (1, -1) if (by["way"] or by["than"]) in "低少" else (-1, 1)
            yield Relation("balance", (other.claim, target, one.claim), one.label, {"signs": signs})


def _target(m: Mention, tables: Sequence[ScoreTable]) -> Claim | None:
    """Return the target of the only indicator whose actual value a figure is and whose kind its words name."""
    rows = [
        row
        for table in tables
        for row in table.indicators
        if {"actual", "target"} <= row.claims.keys() and row.claims["actual"].key == m.claim.key
    ]
    rows = [row for row in rows if m.label[-2:] in row.name]
    targets = {row.claims["target"].key: row.claims["target"] for row in rows}
    return next(iter(targets.values())) if len(targets) == 1 else None
