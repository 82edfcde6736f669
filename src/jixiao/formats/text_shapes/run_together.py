"""连排表格: cells parted by single blanks, or one a line, in the order of a head whose words are known.

>>> lines = ["一级指标 分值 得分 得分率", "决策 18 16.5 91.67%", "过程 22 19.75 89.77%", "合计 40 36.25 90.63%", "完。"]
>>> [row.texts for row in found(lines, 0).tables[0]][-1]
['合计', '40', '36.25', '90.63%']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes import rows_in_turn, rows_streamed
from jixiao.formats.text_shapes.head_kinds import Heads, Kind, kind
from jixiao.formats.text_shapes.shape import CAPTION, PAGE, TOTAL, UNIT, Found, Row, goes_on
from jixiao.formats.text_shapes.words import is_blank, is_figure, is_scored, role, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_HEADS, _LEAST_TOLD, _LEAST_ROWS = 3, 2, 2
_LONGEST_HEAD = 14
_LINES_AHEAD = 120
_SENTENCE = re.compile(r"[。；：，！？]")


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return the table whose head begins at this line."""
    heads = _on_a_line(lines, at) or _one_a_line(lines, at) or _in_turn(lines, at)
    if heads is None:
        return None
    texts, rows, end = max(
        (heads.texts, *rows_in_turn.rows(lines, heads)), rows_streamed.rows(lines, heads), key=lambda way: len(way[1])
    )
    if len(rows) < _LEAST_ROWS:
        return None
    below = not any(TOTAL.fullmatch(text) for text in rows[-1].texts) and (is_scored(texts) or goes_on(lines, end))
    return Found([[Row(texts, [at] * len(texts)), *rows]], end, cut=(False, below))


def _on_a_line(lines: Sequence[str], at: int) -> Heads | None:
    texts = [word.text for word in words(lines[at])]
    return _heads(texts, at + 1) if len(texts) >= _LEAST_HEADS else None


def _one_a_line(lines: Sequence[str], at: int) -> Heads | None:
    """Return the heads that stand one a line: as far as they are known."""
    texts: list[str] = []
    ends: list[int] = []
    for end in range(at, len(lines)):
        text = lines[end].strip()
        if text and kind(text) is None:
            break
        texts += [text] if text else []
        ends += [end + 1] if text else []
    while texts and role(texts[-1]) is None:
        texts.pop()
    return _heads(texts, ends[len(texts) - 1]) if len(texts) > _LEAST_HEADS else None


def _in_turn(lines: Sequence[str], at: int) -> Heads | None:
    """Return heads one a line that no list knows, where a name and as many figures follow them three times in turn."""
    before = next((text for line in reversed(lines[max(0, at - 3) : at]) if (text := line.strip())), "")
    if before and len(before) <= _LONGEST_HEAD and not any(form.search(before) for form in (CAPTION, UNIT, PAGE)):
        return None  # the head may begin there
    cells = [(n, text) for n in range(at, min(at + _LINES_AHEAD, len(lines))) if (text := lines[n].strip())]
    figures = [is_figure(text) or is_blank(text) for _, text in cells]
    first = figures.index(True) if True in figures else 0
    width = next((n for n in range(first, len(cells)) if not figures[n]), len(cells)) - first + 1
    turn = [False, *[True] * (width - 1)]
    if first != width + 1 or width < _LEAST_HEADS or figures[: 4 * width] != [False] * width + turn * 3:
        return None
    heads = [text for _, text in cells[:width]]
    if any(len(text) > _LONGEST_HEAD or _SENTENCE.search(text) for text in heads):
        return None
    kinds: list[Kind | None] = ["name"]
    kinds += ["number"] * (width - 1)
    return Heads(heads, kinds, cells[width][0])


def _heads(texts: list[str], end: int) -> Heads | None:
    """Return heads where enough of them are known; a table of funds may have none above its names."""
    kinds: list[Kind | None] = [kind(text) for text in texts]
    if any(is_figure(text) or len(text) > _LONGEST_HEAD or _SENTENCE.search(text) for text in texts):
        return None
    known = sum(1 for one in kinds if one is not None)
    told = sum(1 for one in kinds if one in ("mark", "rate", "number"))
    if known * 4 < len(texts) * 3 or told < _LEAST_TOLD:
        return None
    if kinds[0] not in ("name", None):
        texts.insert(0, "")
        kinds.insert(0, "name")
    return Heads(texts, kinds, end)
