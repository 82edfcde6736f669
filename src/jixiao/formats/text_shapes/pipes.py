"""竖线分列: a Markdown table, with bars around its rows or only between their cells.

>>> [row.texts for row in found(["地区 | 金额", "--- | ---", "甲县 | 10"], 0).tables[0]]
[['地区', '金额'], ['甲县', '10']]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.shape import RULE, Found, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_AROUND = re.compile(r"\s*\|.*\|\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>")


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return rows between bars; without bars around them only where a rule stands below the head."""
    around = _AROUND.match(lines[at]) is not None
    ruled = at + 1 < len(lines) and "|" in lines[at + 1] and "-" in lines[at + 1] and RULE.match(lines[at + 1])
    if not around and not ("|" in lines[at] and ruled):
        return None
    rows: list[Row] = []
    while at < len(lines) and (_AROUND.match(lines[at]) if around else "|" in lines[at]):
        line = lines[at].strip()
        if not RULE.match(line):
            texts = [_cell(cell) for cell in _BAR.split(line.removeprefix("|").removesuffix("|") if around else line)]
            texts += [""] * (len(rows[0].texts) - len(texts) if rows and not around else 0)
            rows.append(Row(texts, [at] * len(texts)))
        at += 1
    return Found([rows], at)


def _cell(text: str) -> str:
    return _BREAK.sub("", text).replace("\\|", "|").strip().strip("*")
