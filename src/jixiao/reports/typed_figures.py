"""手写数字: figures that a free text types where it should quote them.

A typed figure is a number with a unit behind it. Years, dates, document and clause numbers and list numbers are none.

>>> list(typed("根据财社〔2022〕1号第3条，2024年12月31日前支出51253万元，覆盖{scored/C101/actual}，占95%。"))
['51253万元', '95%']
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from jixiao import library
from jixiao.reports.markdown import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCALES = ("千万", "百万", "十万", "万亿", "亿", "万", "千", "百")
_FRACTIONS = ("%", "％", "‰", "个百分点", "百分点", "倍")
_DATES = re.compile(r"(?:19|20)\d\d年|\d{1,2}[月日号]")


def typed(text: str) -> Iterator[str]:
    """Yield the typed figures of a text in their order."""
    plain = REFERENCE.sub("　", text)
    for match in _figure().finditer(plain):
        if not _DATES.fullmatch(match[0]):
            yield match[0]


@cache
def _figure() -> re.Pattern[str]:
    units: set[str] = set()
    for base, entry in library.read("figures/units.yaml").items():
        units |= {base, *entry["spellings"]}
    known = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    scales = "|".join(_SCALES)
    return re.compile(
        rf"(?<![\d.〔\[第A-Za-z])\d[\d,]*(?:\.\d+)?(?:{'|'.join(_FRACTIONS)}|(?:{scales})?余?(?:{known})|(?:{scales}))"
    )
