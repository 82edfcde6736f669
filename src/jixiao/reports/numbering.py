"""编号: headings get 一、（一）1.（1） and tables and charts their number in the chapter (表3-1、图3-1).

>>> numeral(20), numeral(21)
('二十', '二十一')
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Chart, Heading, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS = "零一二三四五六七八九"
_MARKS = ("{}、", "（{}）", "{}.", "（{}）")


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with numbers; a heading in the middle of its line has none and begins the count anew."""
    counts, captions, found = [0, 0, 0, 0], {Table: 0, Chart: 0}, []
    for block in blocks:
        if isinstance(block, Heading) and block.level:
            if block.align != "left":
                counts = [0, 0, 0, 0]
            else:
                counts = [*counts[: block.level - 1], counts[block.level - 1] + 1, *[0] * (4 - block.level)]
                block = replace(block, text=_mark(counts, block.level) + block.text)  # noqa: PLW2901
            if block.level == 1:
                captions = {Table: 0, Chart: 0}
        elif isinstance(block, Table | Chart) and block.caption and counts[0]:
            captions[type(block)] += 1
            sign = "表" if isinstance(block, Table) else "图"
            number = f"{sign}{counts[0]}-{captions[type(block)]}"
            block = replace(block, caption=f"{number} {block.caption}")  # noqa: PLW2901
        found.append(block)
    return found


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _mark(counts: list[int], level: int) -> str:
    number = counts[level - 1]
    return _MARKS[level - 1].format(numeral(number) if level < 3 else number)
