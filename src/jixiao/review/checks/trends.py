"""增减的说法: a sentence that says a fund's income or expenditure grows does not stand beside figures that fall.

Only totals count (总收入, 总支出), and only where every figure of the text points the other way.

Source: R35 of the rule catalogue; a published direction that its own figures refute must be corrected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.said import Said

_SAID = re.compile(
    r"(?P<flow>收入|支出)(?:总体|总量|规模|均)?(?P<how>稳步|持续|逐年|平稳|较快|大幅|稳定)(?P<way>增长|增加|上升|提高|下降|减少)(?=[，。；,;])"
)
_FIGURE = re.compile(
    r"总(?P<flow>收入|支出)[\d.,]+[万亿]?元(?:[（(][^）)]*[）)])?[，,]较(?:上年|去年)(?:同期)?(?P<way>增加|增长|减少|下降)[\d.]+"
)
_UP = ("增长", "增加", "上升", "提高")


def findings(said: Said) -> list[Finding]:
    """Return a finding for every growth or fall in words that all figures of the same flow refute."""
    material = said.facts.get("material")
    if material is None:
        return []
    figures: dict[str, list[tuple[bool, Claim]]] = defaultdict(list)
    for passage in material.passages:
        for match in _FIGURE.finditer(passage.text):
            claim = Claim("trend", match["flow"], None, (), None, match[0], passage.place(match.start(), match[0][:60]))
            figures[match["flow"]].append((match["way"] in _UP, claim))
    result = []
    for passage in material.passages:
        for match in _SAID.finditer(passage.text):
            ways = figures[match["flow"]]
            up = match["way"] in _UP
            if ways and all(way != up for way, _ in ways):
                claim = Claim("trend", match["flow"], None, (), None, match[0], passage.place(match.start(), match[0]))
                result.append(
                    found(
                        "trends",
                        "error",
                        (claim, ways[0][1]),
                        printed=match[0],
                        words=match[0],
                        figures=ways[0][1].text,
                    )
                )
    return result
