"""隔句的其中: parts listed after other words or in the sentence behind, and sums of what was named before.

    参保人数 15.38 万人，同比减少 0.26 万人。其中甲 3.12 万人，乙 12.26 万人
    省级资金 10500 万元（其中 …），市级资金 2100 万元，两级合计 12600 万元
    收入 2428.83 万元 … 支出 2407.70 万元 … 年末结转 21.13 万元

What these are the parts of is not said outright. A whole is taken where the sum fits or is one slip apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.mentions import sentences
from jixiao.review.recognising.parts_in_text import ADDED as EVERY
from jixiao.review.recognising.parts_in_text import one_level, sentence_end
from jixiao.review.recognising.slips import sum_slipped
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_AMONG = re.compile(r"其中[:：,，]?|分年度[^，。]{0,6}[:：]|(?:包括|具体为|分别为|构成为)[:：]")
_SUM = re.compile(
    r"(?:[两二三四五]级.{0,6}|以上.{0,4})?(?:合计|共计|总计|总共|累计共|共(?:下达|安排|筹集|投入|拨付|到位))(?:.{0,8}(?:资金|金额|经费|收入|支出))?(?:为|达)?$"
)
_LEFT = re.compile(
    r"(?:结余|节约|节余|结转|剩余|结存|未(?:支出|使用|执行|拨付|支付|下达|完成)|尚未.{0,4}|缺口|差额|清算)[^，。\d]{0,8}$"
)
_NO_AMOUNT = re.compile(r"较|比上|同比|增|减|下降|人均|标准|次均|每人|累计结余|滚存")
_LONGEST, _FEW = 6, 4
_ADDED = EVERY - {"分"}  # marks are told with their full marks between them


def recognise(
    found: list[Mention], passage: Passage, lately: list[Mention], flows: list[Mention]
) -> Iterator[Relation]:
    """Yield the lists, sums and remainders of a passage whose whole fits or is one slip apart.

    Sums and remainders may go back to the totals named `lately`, in the passages before, and remainders to the total
    `flows` of the report, its income and its expenditure.
    """
    inner: set[int] = set()
    for start, end in spans(passage.text):
        yield from _among(found, passage, (start, end), inner)
    outer = [m for m in found if id(m) not in inner and m.base in _ADDED and not _NO_AMOUNT.search(m.label)]
    yield from _sums(outer, passage, lately)
    yield from _remainders(outer, [*lately, *flows])


def spans(text: str) -> list[tuple[int, int]]:
    """Return each sentence with the one before it."""
    places = sentences(text)
    return [(places[max(0, n - 1)][0], end) for n, (_, end) in enumerate(places)]


def _among(found: list[Mention], passage: Passage, within: tuple[int, int], inner: set[int]) -> Iterator[Relation]:
    text = passage.text
    for match in _AMONG.finditer(text, *within):
        end = text.find("。", match.end()) if match[0].endswith((":", "：")) else sentence_end(text, match.end())
        behind = [m for m in found if match.end() <= m.start < (end if end > 0 else len(text))]
        if not behind:
            continue
        members = one_level([m for m in behind if m.base == behind[0].base], text, match.end())
        inner |= {id(m) for m in members}
        before = [m for m in found if within[0] <= m.start < match.start() and m.base == behind[0].base]
        wholes = [m for m in reversed(before) if m.base in _ADDED and not _NO_AMOUNT.search(m.label)]
        if len(members) > 1 and wholes:
            yield from _fitting(wholes, members)


def _fitting(wholes: list[Mention], members: list[Mention]) -> Iterator[Relation]:
    """Yield the whole that the members add up to, else the one whose sum is one slip apart."""
    parts = tuple(m.claim for m in members)
    tried = [Relation("parts", (whole.claim, *parts), whole.label, {"all": True, "wholes": ()}) for whole in wholes]
    fitting = [relation for relation in tried if holds(relation)]
    slips = [relation for relation in tried if sum_slipped(relation.result, parts)]
    yield from fitting[:1] or slips[:1]


def _sums(outer: list[Mention], passage: Passage, lately: list[Mention]) -> Iterator[Relation]:
    """Yield a sum over the amounts right before it: as many of them as fit, else as many as are one slip apart."""
    for at, whole in enumerate(outer):
        if not _SUM.search(whole.label) and not _SUM.search(passage.text[max(0, whole.start - 8) : whole.start]):
            continue
        before = [m for m in (*lately[1::-1], *outer[:at]) if m.base == whole.base][-_LONGEST:]
        tried = [
            Relation("parts", (whole.claim, *(m.claim for m in before[n:])), whole.label, {"all": True, "wholes": ()})
            for n in range(len(before) - 2, -1, -1)
        ]
        fitting = [relation for relation in tried if holds(relation)]
        own = [r for r in tried[: len(outer[:at])] if sum_slipped(r.result, r.inputs, telling=1)]
        yield from fitting[:1] or ([] if _goes_on(whole, passage) else own[:1])


def _goes_on(whole: Mention, passage: Passage) -> bool:
    """Return whether a total names its own parts behind it."""
    return "其中" in passage.text[whole.end : whole.end + 4]


def _remainders(outer: list[Mention], lately: list[Mention]) -> Iterator[Relation]:
    """Yield what is left over two amounts named before it: the pair that fits, else one of the nearest a slip apart."""
    for at, left in enumerate(outer):
        if not _LEFT.search(left.label) or left.base != "元":
            continue
        earlier = [*lately[:_FEW][::-1], *outer[:at]]
        before = [m for m in earlier if m.base == "元" and not _LEFT.search(m.label)][-_LONGEST:]
        pairs = [(one, other) for n, one in enumerate(before) for other in before[n + 1 :]][::-1]
        tried = [
            Relation("balance", (left.claim, one.claim, other.claim), left.label, {"signs": (1, -1)})
            for one, other in pairs
        ]
        fitting = [relation for relation in tried if holds(relation)]
        yield from fitting[:1] or [r for r in tried[:3] if sum_slipped(r.result, r.inputs, (1, -1), telling=1)][:1]
