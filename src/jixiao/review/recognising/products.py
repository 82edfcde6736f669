"""单价与数量: a price or a standard per head, its count and the amount that they make, as one sentence lists them.

采购终端 45 台，单价 1.28 万元，合计 57.6 万元
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

_PRICE = re.compile(r"(?:单价|均价|每[台套件份个])(?:为|是)?$")
_AMOUNT = re.compile(r"(?:合计|共计|总价|金额|共|总计|计)(?:为|是)?$")


def recognise(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield a price over the amount behind it and the count before it."""
    for at, (price, amount) in enumerate(pairwise(inside)):
        between = passage.text[price.end : amount.start]
        if price.base != "元" or amount.base != "元" or not _PRICE.search(_before(price, passage)):
            continue
        counts = [m for m in inside[:at] if m.base not in ("元", "%", "分", "") and price.start - m.end < 12]
        if counts and _AMOUNT.search(between):
            yield Relation("rate", (price.claim, amount.claim, counts[-1].claim), price.label)


def _before(m: Mention, passage: Passage) -> str:
    return passage.text[max(0, m.start - 8) : m.start]
