"""年均增长的说法: a run of yearly figures and the average growth that a text draws from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_AVERAGE = re.compile(r"(年均|平均每年|年平均)(增长|增幅|增速|递增|增长率|下降|递减|降幅)率?$")
_TO = re.compile(r"(?:增长|增加|上升|提高|提升|下降|减少|降低|降)(?:到|至)")
_YEARS = re.compile(r"(?P<first>20\d\d)年?(?:度)?(?:至|到|—|–|-|～|~)(?P<last>20\d\d)年")


def average_growth(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 2019 年至 2021 年 … 分别为 A、B 和 C，年均增长 R%: the rate over first and last and the years between."""
    for at, rate in enumerate(found):
        said = _AVERAGE.search(rate.label) if rate.percent() else None
        years = list(_YEARS.finditer(passage.text, 0, rate.start))
        if said is None:
            continue
        fell = said[2] in ("下降", "递减", "降幅")
        if (pair := _from_to(found[:at], passage)) is not None and (steps := _steps(passage, pair, years)):
            facts = {"years": steps, "fell": fell}
            yield Relation("average_growth", (rate.claim, pair[0].claim, pair[1].claim), rate.label, facts)
            continue
        if not years:
            continue
        steps = int(years[-1]["last"]) - int(years[-1]["first"])
        run = [m for m in found[:at] if m.start > years[-1].end()]
        run = [m for m in run if m.base == run[-1].base and not m.percent()]
        if 1 < len(run) == steps + 1:
            facts = {"years": steps, "fell": fell}
            yield Relation("average_growth", (rate.claim, run[0].claim, run[-1].claim), rate.label, facts)


def _from_to(before: list[Mention], passage: Passage) -> tuple[Mention, Mention] | None:
    """Return the two figures right before a rate that a text leads from one to the other (由 A 增长到 B)."""
    if len(before) < 2 or before[-2].base != before[-1].base or before[-1].percent():
        return None
    first, last = before[-2:]
    return (first, last) if _TO.search(passage.text[first.end : last.start]) else None


def _steps(passage: Passage, pair: tuple[Mention, Mention], ranges: list[re.Match[str]]) -> int:
    """Return over how many years two figures lie apart: by the years beside them, else by the range named last."""
    first, last = pair
    beside = re.search(r"(20\d\d)年(?:底|末|度)?的?$", passage.text[max(0, first.start - 12) : first.start])
    between = re.search(r"(20\d\d)年", passage.text[first.end : last.start])
    if beside is not None and between is not None:
        return int(between[1]) - int(beside[1])
    return int(ranges[-1]["last"]) - int(ranges[-1]["first"]) if ranges else 0
