"""多选题的表: shares of answers whose base is not in the table but in the text: the valid questionnaires.

A table without a total row says nothing of its base. Of the numbers of valid answers that the text gives, the one is
meant that most of the shares are of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.lines import TOTAL, about, is_percent
from jixiao.review.recognising.mentions import mentions
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.lines import Block, Line
    from jixiao.review.recognising.material import Grid, Material
    from jixiao.review.said import Claim

_VALID = re.compile(r"问卷|样本|受访|调查|回收|收回|访谈|回访|有效")
_SHARE = re.compile(r"占比|比例|比重|百分比|占总")
_LEAST = 3


def recognise(material: Material, grids: Sequence[tuple[Grid, list[Block]]]) -> Iterator[Relation]:
    """Yield shares of tables without a total over the number of answers that fits most of them."""
    bases = {
        m.claim.key: m.claim
        for passage in material.passages
        for m in mentions(passage)
        if m.base in ("份", "人") and m.figure.num > _LEAST and _VALID.search(m.label)
    }
    for grid, blocks in grids if bases else ():
        for block in blocks:
            if any(TOTAL.search(row.label) for row in block.rows):
                continue
            for share in block.columns:
                if _SHARE.search(share.label):
                    yield from _shares(share, block, list(bases.values()), grid)


def _shares(share: Line, block: Block, bases: list[Claim], grid: Grid) -> Iterator[Relation]:
    tried = [
        [
            Relation("rate", (rate, count, base), about(share, row, grid))
            for rate, count, row in zip(share.claims, counts.claims, block.rows, strict=True)
            if rate is not None and count is not None and is_percent(rate) and count.figure is not None
        ]
        for counts in block.columns
        if counts is not share and not counts.rates()
        for base in bases
    ]
    best = max(tried, key=_fits, default=[])
    if _fits(best) >= _LEAST and _fits(best) * 2 > len(best):
        yield from best


def _fits(relations: list[Relation]) -> int:
    return sum(1 for relation in relations if holds(relation))
