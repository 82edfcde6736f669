"""两数之比: rates and averages that stand right behind the two figures they come from.

    计划参保 30 万人，实际参保 29.13 万人，完成率 97.10%
    涉及金额 186.4 万元，已追回 171.5 万元，追回率 92.01%
    住院 21.46 万人次，住院总费用 182640.5 万元，次均住院费用 8511 元
    在职 61.38 万人、离退休 25.04 万人，抚养比 2.45:1

Where the words tell which figure is over which (实际 over 计划) they are held against the rate; elsewhere two figures
are taken for its source only where their ratio comes near it.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds, span
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_RATE = re.compile(r"(?:率|比例|占比|比重|进度|满意度)$")
_OWN = re.compile(
    r"执行率|到位率|支出率|支出进度|增长率|下降率|偏差率|得分率|费率|利率|住院率|增幅|回收率|有效率|自付比例|报销比例"
)
_SENT, _BACK = re.compile("发放|发出|下发|投放"), re.compile("收回|回收|有效")
_PART = re.compile(r"实际|已|完成|按时|及时|追回|按期|合格|达标|办结|在用|缴费|有效")
_WHOLE = re.compile(r"计划|应|目标|任务|总|共|涉及|抽查|全部|账面|预计")
_DUE = re.compile(r"应[^，。；]{2,6}$")
_PER = re.compile(r"(?P<per>人均|次均|户均|件均|平均每[人户家次])(?P<what>[^，。\d]{0,10})$")
_COUNTED = {"人均": ("人",), "次均": ("人次", "次"), "户均": ("户",), "件均": ("件",), "平均每人": ("人",)}
_CHANGED = re.compile(r"增加|减少|提高|降低|增长|下降|较|比上")
_PER_ONE = re.compile(r"^\s*[:：]\s*1(?![\d.])")
_MARGIN, _FIRM = Span((-3, 100), (3, 100)), Span((-25, 100), (25, 100))
_AVERAGE_MARGIN = Span((95, 100), (105, 100))
_NEAR, _LEAST_GAP = 90, 24


def counted_rates(inside: list[Mention], earlier: list[Mention]) -> Iterator[Relation]:
    """Yield return rates over what was sent out and came back, and rates whose two figures stand before them."""
    for rate in (m for m in inside if m.percent() and _RATE.search(m.label)):
        if re.search("回收率|有效率", rate.label):
            yield from _returned(rate, [*earlier, *inside])
        elif not _OWN.search(rate.label):
            due = list(_of_those_due(rate, [*earlier, *inside]))
            yield from due or _of_two(rate, inside)


def _returned(rate: Mention, inside: list[Mention]) -> Iterator[Relation]:
    """Yield a return rate over any of what came back and any of what was sent out."""
    counts = [m for m in inside if m.end <= rate.start and not m.percent() and m.figure.num > 0]
    sent = [m for m in counts if _SENT.search(m.label)]
    back = [m for m in counts if _BACK.search(m.label) and m not in sent]
    valid = [m for m in back if "有效" in rate.label and "有效" in m.label]
    if sent and back:
        wholes = (*reversed(sent), *reversed(back))
        sets = [(part.claim, whole.claim) for part in reversed(valid or back) for whole in wholes if whole is not part]
        yield Relation("rate", (rate.claim, *sets[0]), rate.label, {"instead": tuple(sets[1:])})


def _of_two(rate: Mention, inside: list[Mention]) -> Iterator[Relation]:
    """Yield a rate over the two figures of one measure before it, where words or nearness tell them."""
    before = [m for m in inside if m.end <= rate.start and not m.percent() and m.figure.num > 0]
    before = [m for m in before if rate.start - m.end < _NEAR and m.base == before[-1].base and m.base != "分"]
    if len(before) < 2:
        return
    one, other = before[-2:]
    sets = [(a.claim, b.claim) for a, b in permutations(reversed(before[-4:]), 2)]
    close = rate.start - other.end < _LEAST_GAP
    told = _told(one, other) if close else None
    small, large = told or sorted((one, other), key=lambda m: m.figure.num / m.figure.den)
    stem = re.sub(r"率$|度$", "", rate.label)[-2:]
    margin = _FIRM if close and len(stem) > 1 and stem in other.label else _MARGIN
    relation = Relation("rate", (rate.claim, small.claim, large.claim), rate.label, {"instead": tuple(sets)})
    ratio = span(small.claim).over(span(large.claim))
    if told or holds(relation) or (ratio is not None and ratio.plus(margin).meets(span(rate.claim))):
        yield relation


def _of_those_due(rate: Mention, found: list[Mention]) -> Iterator[Relation]:
    """Yield 应参保 B，参保率 R% over what the rate's own word calls (参保 A), wherever in the passage it stands."""
    before = [m for m in found if m.end <= rate.start and not m.percent() and m.figure.num > 0]
    due = next((m for m in reversed(before) if rate.start - m.end < _LEAST_GAP and _DUE.search(m.label)), None)
    if due is None:
        return
    stem = rate.label.removesuffix("率")[-2:]
    parts = [m for m in reversed(before) if m.base == due.base and m is not due and m.label.endswith(stem)]
    tried = [Relation("rate", (rate.claim, m.claim, due.claim), rate.label) for m in parts if "应" not in m.label]
    near = [r for r in tried if comes_near(r)]
    yield from ([r for r in tried if holds(r)] or near)[:1]


def _told(one: Mention, other: Mention) -> tuple[Mention, Mention] | None:
    """Return part and whole where their words say which is which."""
    for part, whole in ((other, one), (one, other)):
        if _PART.search(part.label) and _WHOLE.search(whole.label) and not _WHOLE.search(part.label):
            return part, whole
    return None


def averages(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 人均 and 次均 amounts over the amount and the count before them whose quotient comes near."""
    for average in found:
        match = _PER.search(average.label)
        if match is None or average.base != "元" or "标准" in average.label:
            continue
        units = next((units for name, units in _COUNTED.items() if match["per"].startswith(name)), ())
        before = [m for m in found if m.end <= average.start and average.start - m.end < 2 * _NEAR]
        amounts = [m for m in before if m.base == "元" and not _PER.search(m.label) and not _CHANGED.search(m.label)]
        counts = [m for m in before if m.base in units and m.figure.num > 0]
        tried = [
            Relation("rate", (average.claim, a.claim, c.claim), average.label, {"near": True})
            for a in reversed(amounts)
            for c in reversed(counts)
        ]
        told = [r for r in tried if _of_one_thing(r, match["what"]) or _in_a_row(r, before)]
        yield from ([r for r in tried if holds(r)] or [r for r in tried if comes_near(r)] or told)[:1]


def _in_a_row(relation: Relation, before: list[Mention]) -> bool:
    """Return whether amount and count are the two figures right before an average."""
    return len(before) > 1 and {id(m.claim) for m in before[-2:]} == {id(claim) for claim in relation.inputs}


def _of_one_thing(relation: Relation, what: str) -> bool:
    """Return whether an average, its amount and its count are all called by the same word (住院)."""
    word = what[:2]
    return len(word) > 1 and all(word in claim.label for claim in relation.inputs)


def comes_near(relation: Relation) -> bool:
    """Return whether a quotient is within a twentieth of what is printed for it."""
    result, amount, count = (span(claim) for claim in relation.claims)
    ratio = amount.over(count)
    return ratio is not None and ratio.times(_AVERAGE_MARGIN).meets(result)


def per_one(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 抚养比 A:1 over the two counts before it whose ratio comes near."""
    for ratio in found:
        if not ratio.label.endswith("比") or not _PER_ONE.match(passage.text[ratio.end : ratio.end + 6]):
            continue
        before = [m for m in found if m.end <= ratio.start and m.base == "人"][-3:]
        tried = [
            Relation("rate", (ratio.claim, a.claim, b.claim), ratio.label, {"near": True})
            for a, b in permutations(before, 2)
        ]
        yield from ([r for r in tried if holds(r)] or [r for r in tried if comes_near(r)])[:1]
