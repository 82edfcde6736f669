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
_YEARS = re.compile(r"(?P<first>20\d\d)年?(?:度)?(?:至|到|—|-|～|~)(?P<last>20\d\d)年")


def average_growth(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 2019 年至 2021 年 … 分别为 A、B 和 C，年均增长 R%: the rate over first and last and the years between."""
    for at, rate in enumerate(found):
        said = _AVERAGE.search(rate.label) if rate.percent() else None
        years = list(_YEARS.finditer(passage.text, 0, rate.start))
        if said is None or not years:
            continue
        steps = int(years[-1]["last"]) - int(years[-1]["first"])
        run = [m for m in found[:at] if m.start > years[-1].end()]
        run = [m for m in run if m.base == run[-1].base and not m.percent()]
        if 1 < len(run) == steps + 1:
            fell = said[2] in ("下降", "递减", "降幅")
            facts = {"years": steps, "fell": fell}
            yield Relation("average_growth", (rate.claim, run[0].claim, run[-1].claim), rate.label, facts)
