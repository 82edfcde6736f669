"""等级标准: the bands of grades that a report itself states, which go before the usual ones.

>>> [(str(low), word) for low, word in stated("90（含）—100分为优，75（含）—90分为良，60（含）—75分为合格")]
[('90', '优'), ('75', '良'), ('60', '合格')]
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Material

Bands = list[tuple[Decimal, str]]
SYNONYMS = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}
_WORD = re.compile(
    r"优秀|良好|中等|较差|不合格|合格(?!率)|优(?![先化势惠于质])|良(?!性)|(?<![其集高评当])中(?![央心期级标])|差(?![异额距错率])"
)
_BELOW = re.compile(r"以下|不足|低于|小于|未满|[<＜]")
_LEAST = 3
_FULL = 100


def stated(text: str) -> Bands | None:
    """Return (floor, grade) as a text states them, highest first; None where it does not state bands."""
    found: dict[str, Decimal] = {}
    for clause in re.split(r"[，、；;。,]", text):
        words = {SYNONYMS.get(word, word) for word in _WORD.findall(clause)}
        numbers = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", clause)]
        if len(words) != 1 or not numbers or max(numbers) > _FULL:
            continue
        below = len(set(numbers)) == 1 and _BELOW.search(clause)
        found.setdefault(words.pop(), Decimal(0) if below else min(numbers))
    floors = sorted(found.items(), key=lambda pair: -pair[1])
    if len(found) < _LEAST or floors[0][0] != "优" or len(set(found.values())) != len(found):
        return None
    return [(low, word) for word, low in floors]


def bands(material: Material) -> Bands | None:
    """Return the bands that a report states; empty where two passages state them apart, None where none does."""
    found = [own for passage in material.passages if "优" in passage.text and (own := stated(passage.text))]
    if not found:
        return None
    return found[0] if all(own == found[0] for own in found) else []
