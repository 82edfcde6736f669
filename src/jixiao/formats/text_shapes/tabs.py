r"""制表符分列: cells parted by tabs on one line.

>>> [row.texts for row in found(["地区\t金额", "甲县\t10", "完。"], 0).tables[0]]
[['地区', '金额'], ['甲县', '10']]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.shape import RULE, Found, Row

if TYPE_CHECKING:
    from collections.abc import Sequence


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return the lines with tabs; one empty line may stand between, when what follows has as many cells."""
    line = lines[at]
    if "\t" not in line.rstrip() or sum(1 for cell in line.split("\t") if cell.strip()) < 2:
        return None
    rows, width = [], 0
    while at < len(lines):
        line = lines[at]
        if "\t" in line:
            texts = [cell.strip() for cell in line.split("\t")]
            width = max(width, len(texts))
            if not all(RULE.match(text) or not text for text in texts):
                rows.append(Row(texts, [at] * len(texts)))
        elif line.strip() or not _goes_on(lines, at + 1, width):
            break
        at += 1
    return Found([rows], at)


def _goes_on(lines: Sequence[str], at: int, width: int) -> bool:
    after = lines[at] if at < len(lines) else ""
    return after.startswith("\t") and abs(after.count("\t") + 1 - width) <= 1
