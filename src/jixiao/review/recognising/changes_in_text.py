"""正文里的增减: growth and its direction, from one value to another, adjusted budgets and balances."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_UP, _DOWN = re.compile(r"增[加长收支]|上升|提高|多"), re.compile(r"减少|下降|降低|减|少|回落")
_AGAINST = re.compile(r"(?:较|比|同比|与).{0,6}(?:上年|去年|同期|上一年)|同比|增加|减少|^[多少]了?$")
_RATE_UP, _RATE_DOWN = re.compile(r"增长|增幅|上升|提高|增加"), re.compile(r"下降|降幅|降低|减少|负增长")

_LAST = re.compile(r"(?:较|比|与)[^，。]{0,8}(?:年|同期)的?(?:参保|缴费|收入|支出)?$")
_NEAR = 4  # letters between a whole and 其中
_TO = re.compile(r"(?:上升|提高|增加|增长|下降|降低|减少|降|提升|压缩|缩短)(?:到|至)")
_BY = re.compile(r"^(?!.*(?:年均|平均)).*(?:上升|提高|增加|增长|下降|降低|减少|提升|压缩|缩短|增幅|降幅)了?$")


def growth(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield growth rates over the change and this year's amount, and directions that contradict each other."""
    for change, rate in pairwise(inside):
        if change.percent() or not rate.percent() or not _AGAINST.search(change.label) or rate.start - change.end > 14:
            continue
        up, down = bool(_UP.search(change.label)), bool(_DOWN.search(change.label))
        rate_up, rate_down = bool(_RATE_UP.search(rate.label)), bool(_RATE_DOWN.search(rate.label))
        if up == down or rate_up == rate_down:
            continue
        if up != rate_up and rate.figure.num > 0 and change.figure.num > 0:
            yield Relation("direction", (change.claim, rate.claim), change.label)
            continue
        bases = [m for m in inside if m.end <= change.start and m.base == change.base]
        if not bases:
            continue
        if _LAST.search(bases[-1].label):
            last, sign = bases[-1], (1, -1) if down else (-1, 1)
            if len(bases) > 1 and _LAST.match(last.label):
                whole = _whole(bases[-2], bases[:-2], passage)
                instead = ((last.claim, whole.claim),) if whole is not None else ()
                facts = {"signs": sign, "instead": instead}
                yield Relation("balance", (change.claim, last.claim, bases[-2].claim), change.label, facts)
            yield Relation("rate", (rate.claim, change.claim, last.claim), rate.label)
            continue
        named = [m for m in bases if _of_the_year(change, m, passage)]
        if named:
            yield Relation("rate", (rate.claim, change.claim, named[-1].claim), rate.label)
            continue
        near = list(reversed(bases))[:3]
        pairs = [(change.claim, m.claim) for m in near]
        yield Relation("growth", (rate.claim, *pairs[0]), rate.label, {"fell": down, "instead": tuple(pairs[1:])})


def _whole(part: Mention, before: list[Mention], passage: Passage) -> Mention | None:
    """Return what a figure may be a part of (全年 A，其中甲 B、乙 C，较上年…), None where nothing is named."""
    at = passage.text.rfind("其中", 0, part.start)
    return next((m for m in reversed(before) if m.end <= at and at - m.end < _NEAR), None)


def _of_the_year(change: Mention, m: Mention, passage: Passage) -> bool:
    """Return whether an amount is that of the year a change is measured against (2023年 A，… 较2023年增加 D)."""
    since = max((passage.text.rfind(stop, 0, m.start) for stop in "，。；"), default=-1)
    own = passage.text[since + 1 : m.start]
    year = re.search(r"(?:较|比)(20\d\d)年", change.label)
    this = re.search(r"(20\d\d)年(?:度)?(?:较|比)上年", passage.text[m.end : change.start])
    return (year is not None and year[1] in own) or (this is not None and f"{int(this[1]) - 1}年" in own)


def from_to(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 由 A 上升到 B，提高 C (个百分点): C is B less A, or A less B after a fall."""
    for first, second, change in zip(inside, inside[1:], inside[2:], strict=False):
        words = passage.text[first.end : second.start]
        if not _TO.search(words) or len(words) > 24:
            continue
        if change.start - second.end > 8 or not _BY.search(change.label):
            continue
        fell = bool(re.search("下降|降低|减少|压缩|缩短|降幅", change.label))
        points = not change.percent() or "百分点" in change.claim.text
        if first.base == second.base and not points and not first.percent():
            yield Relation("change", (change.claim, second.claim, first.claim), change.label, {"fell": fell})
        elif len({first.base, second.base, change.base}) == 1 and points:
            signs = (1, -1) if fell else (-1, 1)
            yield Relation("balance", (change.claim, first.claim, second.claim), change.label, {"signs": signs})


def adjusted(found: list[Mention]) -> Iterator[Relation]:
    """Yield 年初预算 A，追加 B（调减 C），全年预算 D within one passage."""
    money = [m for m in found if m.base == "元"]
    for first in money:
        if not re.search(r"(?:年初|批复).{0,4}预算", first.label):
            continue
        later = [m for m in money if first.end < m.start < first.end + 120]
        changes = [m for m in later if re.search(r"追加|调增|增加预算|调整增加|调减|收回|压减|核减|调整减少", m.label)]
        whole = next(
            (m for m in later if re.search(r"(全年|调整后|调整).{0,3}预算", m.label) and m not in changes), None
        )
        if whole is not None and changes and all(m.start < whole.start or m.start < whole.end + 60 for m in changes):
            signs = (1, *(-1 if re.search("调减|收回|压减|核减|减少", m.label) else 1 for m in changes))
            yield Relation(
                "balance", (whole.claim, first.claim, *(m.claim for m in changes)), whole.label, {"signs": signs}
            )


def balances(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 当期结余 over the income and expenditure named before it in the same passage."""
    for balance in found:
        if balance.base != "元" or not re.search(r"(当期|当年|本年|本期|收支)结余$", balance.label):
            continue
        earlier = [m for m in found if m.end <= balance.start and m.base == "元" and balance.start - m.end < 420]
        income = [
            m for m in earlier if re.search(r"(基金|总|合计|全年|年度|险|当年|本年)收入(合计|总额|小计)?$", m.label)
        ]
        spent = [
            m
            for m in earlier
            if re.search(r"(基金|总|合计|全年|年度|险|当年|本年)支出(合计|总额|小计)?$|^支出$", m.label)
        ]
        if income and spent:
            pairs = [(a.claim, b.claim) for a in reversed(income) for b in reversed(spent)]
            yield Relation(
                "balance", (balance.claim, *pairs[0]), balance.label, {"signs": (1, -1), "instead": tuple(pairs[1:])}
            )


def twice(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield two figures given for the same words in one sentence."""
    for one, other in pairwise(inside):
        if (
            len(one.label) > 5
            and not re.search("[<>]", one.label)
            and one.label == other.label
            and one.base == other.base
        ):
            yield Relation("same", (one.claim, other.claim), one.label)
