"""主题: what a report is about: the evaluated year and the insurance, by what its title and most of its text say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Material

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)\s*年?\s*(?:度|年度|年)")
INSURANCE = re.compile(r"(?P<who>城乡居民|城镇职工|职工|城镇居民|机关事业单位)(?P<basic>基本)?(?P<what>医疗|养老)保险")


class Subject(NamedTuple):
    """The evaluated year (None where the title does not say) and the insurances by how often each is named."""

    year: int | None
    insurances: Counter[tuple[str, str]]


def subject(material: Material) -> Subject:
    """Return what a document is about."""
    said = [int(match) for match in _YEAR.findall(material.title)]
    years = Counter(said)
    if not years:
        heads = [passage.text for passage in material.passages[:25] if len(passage.text) < 80]
        years = Counter(int(match) for text in heads for match in _YEAR.findall(text) if "年度" in text)
    year = years.most_common(1)[0][0] if years else None
    if year is not None and len(years) > 1:
        top = years.most_common(2)
        year = top[0][0] if top[0][1] > top[1][1] else _by_text(material, [value for value, _ in top])
    found: Counter[tuple[str, str]] = Counter()
    for passage in material.passages:
        for match in INSURANCE.finditer(passage.text):
            found[_who(match["who"]), match["what"]] += 1
    return Subject(year, found)


def _by_text(material: Material, years: list[int]) -> int:
    counted = Counter({year: sum(passage.text.count(f"{year}年度") for passage in material.passages) for year in years})
    return counted.most_common(1)[0][0]


def _who(word: str) -> str:
    return "职工" if "职工" in word else "居民" if "居民" in word else word
