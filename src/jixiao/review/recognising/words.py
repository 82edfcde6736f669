"""文字所言: what a text says in words and numbers of things: counts of what it lists, orders, shares of answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.recognising.sections import CORES, core, nearest
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import ScoreTable
    from jixiao.review.recognising.material import Material, Passage
    from jixiao.review.recognising.sections import Section

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LISTED = re.compile(
    r"(?P<lead>下设|设置了?|设有|包括|包含|分为|分成|围绕|从|即|划分为|涵盖)(?P<items>[^，。；：:！？（）()“”\d]{2,80}?)"
    r"(?P<etc>等)?(?P<count>[一二两三四五六七八九十]|\d{1,2})(?P<what>个?方面|个?[一二三]级指标|个?部分|个?阶段|大类|个?环节|个?维度|个?层面|个?步骤)"
)
_MADE_OF = re.compile(r"由(?P<count>\d{1,2}|[一二两三四五六七八九十]+)个(?:三级)?指标(?:构成|组成)")
_DESCENDING = re.compile(r"由高到低|从高到低|由大到小|从大到小|降序")
_ASCENDING = re.compile(r"由低到高|从低到高|由小到大|从小到大|升序")
_VALID = re.compile(
    r"(?:在|收回|回收)?(?P<n>\d{1,6})(?:份|名|位|个|人)(?:有效)?(?:问卷|样本|受访者|被调查者|调查对象|参保人员)"
)


def recognise(material: Material, tables: list[ScoreTable], parts: list[Section]) -> Iterator[Relation]:
    """Yield counts, orders and shares that a document states."""
    for passage in material.passages:
        yield from listed(passage)
        yield from made_of(passage, parts)
        yield from ordered(passage)
        yield from shares(passage)
        yield from uses(passage)


def number(text: str) -> int:
    """Return a whole number written in digits or as a Chinese numeral below a hundred.

    >>> number("12"), number("十二"), number("两")
    (12, 12, 2)
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones if ten else text, 0)


def listed(passage: Passage) -> Iterator[Relation]:
    """Yield how many things a clause says that it lists, beside how many it lists."""
    for match in _LISTED.finditer(passage.text):
        items = match["items"]
        if match["etc"] or "等" in items or (match["lead"] in ("从", "即") and "、" not in items):
            continue
        least = items.count("、") + 1
        most = len([piece for piece in re.split(r"、|和|与|及|以及", items) if piece])
        if least == 1 and most == 1 and "级指标" not in match["what"]:
            continue
        place = passage.place(match.start("count"), match[0][-50:])
        claim = Claim("count", match["what"], None, (number(match["count"]),), None, match["count"], place)
        yield Relation(
            "count",
            (claim,),
            items,
            {"least": least, "most": most, "stated": number(match["count"]), "what": match["what"]},
        )


def made_of(passage: Passage, parts: list[Section]) -> Iterator[Relation]:
    """Yield how many indicators a section is said to have, beside the rows of its table."""
    for match in _MADE_OF.finditer(passage.text):
        before = passage.text[: match.start()]
        name = core(before[-60:].split("。")[-1][:12])
        near = [part for part in nearest(parts, name, passage.block) if part.rows] if name in CORES else []
        if not near:
            continue
        rows = len(near[0].rows)
        place = passage.place(match.start(), match[0])
        claim = Claim("count", name, None, (number(match["count"]),), None, match["count"], place)
        yield Relation(
            "count",
            (claim,),
            name,
            {"least": rows, "most": rows, "stated": number(match["count"]), "what": "个三级指标"},
        )


def ordered(passage: Passage) -> Iterator[Relation]:
    """Yield figures that a sentence says stand in descending or ascending order."""
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        down = bool(_DESCENDING.search(text))
        if down == bool(_ASCENDING.search(text)):
            continue
        word = (_DESCENDING if down else _ASCENDING).search(text)
        assert word is not None
        inside = [m for m in mentions(passage) if start + word.end() <= m.start < end]
        inside = [m for m in inside if inside and m.base == inside[0].base]
        if len(inside) > 1:
            yield Relation("order", tuple(m.claim for m in inside), word[0], {"down": down})


def shares(passage: Passage) -> Iterator[Relation]:
    """Yield shares of a stated number of answers, one relation a sentence."""
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        valid = [match for match in _VALID.finditer(passage.text[:end])]
        if not valid:
            continue
        inside = [m for m in mentions(passage) if start <= m.start < end and m.percent()]
        chosen = [m for m in inside if _chosen(m, passage)]
        if not chosen or re.search(r"回收率|有效率|置信|误差", text):
            continue
        n = int(valid[-1]["n"])
        if n > 1 and valid[-1].end() > start - 60:
            yield Relation("share", tuple(m.claim for m in chosen), f"{n}", {"n": n, "single": len(chosen) > 1})


def _chosen(m: Mention, passage: Passage) -> bool:
    """Return whether a percentage is the share of those who chose an answer."""
    return bool(
        re.search(
            r"(选|选择|认为|了解|满意|表示).{0,40}(比例|占比?|占)$|占$|占比$|比例$",
            passage.text[max(0, m.start - 50) : m.start].rstrip("为是约达"),
        )
    )


def uses(passage: Passage) -> Iterator[Relation]:
    """Yield money raised beside the uses that one sentence lists for it."""
    for start, end in sentences(passage.text):
        inside = [m for m in mentions(passage) if start <= m.start < end and m.base == "元"]
        raised = [m for m in inside if re.search(r"筹集|筹措|安排|投入|下达", m.label) and re.search("资金", m.label)]
        if not raised:
            continue
        spent = [
            m
            for m in inside
            if m.start > raised[0].end
            and re.search(r"(资助|救助|支付|补助|补偿|报销|支出|发放).{0,4}(金额|资金|支出)?$", m.label)
        ]
        if len(spent) > 1 and not re.search(r"其中", passage.text[raised[0].end : spent[-1].start]):
            yield Relation("uses", (raised[0].claim, *(m.claim for m in spent)), raised[0].label)
