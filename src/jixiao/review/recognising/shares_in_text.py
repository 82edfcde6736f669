"""正文里的占比: shares whose whole is named beside them, once for several, or by the words of a figure given before.

违规金额 36.5 万元，占抽查金额 1825 万元的 2.00%
甲 4105.41 万元、乙 2415.66 万元，占比分别为 62.96% 和 37.04%
发放 39480.15 万元，占应补助资金的 98.56%
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds, span
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention
    from jixiao.review.said import Claim

_OF = re.compile(r"的(?:比例|比重)?(?:为|约|达到?|是)?")
_SHARE_OF = re.compile(r"占(?:到|据|了|比)?(?P<whole>[^，。；：、\d]{2,16}?)的?(?:比例|比重|份额)?(?:为|约|达到?|是)?$")
_EACH = re.compile(
    r"(?:占比?|比例|比重|占[^，。；\d]{1,14}的?(?:比例|比重)?)(?:约)?分别(?:约)?(?:为|是|达到?)?$|^分别占[^，。；\d]{0,14}$"
)
_BARE_SHARE = re.compile(r"[，,（(]占比?(?:约|为)?$")
_AMONG = re.compile(r"(?:[（(][^（）()]*[）)])?[^，。；）)\d]{0,10}(?:中[，,]|[，,]其中)")
_LOOKED_AT = re.compile("抽查|抽取|抽样|抽检|随机检查")
_PLACE = re.compile(r"^全[国省市州县区盟旗]")
_JOINTS = ("、", "和", "及", "与", "以及", "，", ",")
_FARTHEST = 70


def shares(
    inside: list[Mention], before: list[Mention], passage: Passage, named: Mapping[str, list[Mention]]
) -> Iterator[Relation]:
    """Yield the shares of a sentence over their amounts and wholes; `named` are the figures of the report by label."""
    yield from _beside(inside, passage)
    yield from _by_words(inside, before, passage, named)
    yield from _each(inside, before, passage)


def carried(found: list[Mention], relations: Sequence[Relation], passage: Passage) -> Iterator[Relation]:
    """Yield shares without a whole (乙 B，占 S%) over the whole of the share before them."""
    wholes = {id(r.result): whole for r in relations if r.kind == "rate" and (whole := _whole(r)) is not None}
    last = None
    for amount, share in pairwise(found):
        between = passage.text[amount.end : share.start]
        if id(share.claim) in wholes and "占" in passage.text[max(0, share.start - 16) : share.start]:
            last = wholes[id(share.claim)]
        elif last is not None and share.percent() and re.fullmatch(r"[，,（(]?占比?(?:约|为)?", between):
            relation = Relation("rate", (share.claim, amount.claim, last), amount.label, {"carried": True})
            alike = last.figure is not None and amount.base == last.figure.unit.base
            if alike and _roughly(relation):
                yield relation


def _whole(relation: Relation) -> Claim | None:
    """Return the whole by which a share fits, None where none does."""
    sets = (relation.inputs, *relation.facts.get("instead", ()))
    return next((own[1] for own in sets if holds(Relation("rate", (relation.result, *own)))), None)


def _roughly(relation: Relation) -> bool:
    """Return whether a share is within ten points of its quotient."""
    share, amount, whole = (span(claim) for claim in relation.claims)
    ratio = amount.over(whole)
    return ratio is not None and ratio.plus(Span((-1, 10), (1, 10))).meets(share)


def _beside(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield A …，占 B 的 R%."""
    for whole, share in pairwise(inside):
        between = passage.text[whole.end : share.start]
        if not share.percent() or whole.percent() or not _OF.fullmatch(between):
            continue
        parts = [m for m in inside if m.end <= whole.start and m.base == whole.base]
        near = [m for m in parts if "占" in passage.text[m.end : whole.start] and whole.start - m.end < _FARTHEST]
        if near:
            sets = [(m.claim, whole.claim) for m in reversed(parts)]
            facts = {"instead": tuple(sets[1:])}
            relation = Relation("rate", (share.claim, *sets[0]), share.label or whole.label, facts)
            if holds(relation) or not _one_of_several(near[-1], inside, passage):
                yield relation


def _by_words(
    inside: list[Mention], before: list[Mention], passage: Passage, named: Mapping[str, list[Mention]]
) -> Iterator[Relation]:
    """Yield A …，占 (words) 的 R%, where the words name a figure given before; of several the one that fits."""
    for amount, share in pairwise(inside):
        between = passage.text[amount.end : share.start]
        if _BARE_SHARE.search(between) and share.percent() and share.start - amount.end < _FARTHEST:
            yield from _among(amount, share, inside, passage)
        match = _SHARE_OF.search(between)
        if match is None or amount.percent() or not share.percent() or share.start - amount.end > _FARTHEST:
            continue
        words = re.sub(r"^(?:本|该|其|项目)|(?:总[数量额]|[数量额])$", "", match["whole"])
        earlier = [m for m in (*before, *inside) if m.end <= amount.start and m.base == amount.base]
        wholes = [m for m in reversed(earlier) if _called(m, words, passage)]
        wholes = wholes or [
            m
            for label, same in named.items()
            if len(words) > 3 and label.endswith(words)
            for m in same
            if m.base == amount.base and m is not amount
        ]
        sets = list({m.claim.key: (amount.claim, m.claim) for m in wholes}.values())
        if sets:
            relation = Relation("rate", (share.claim, *sets[0]), words, {"instead": tuple(sets[1:])})
            if holds(relation) or (len(sets) == 1 and not _one_of_several(amount, inside, passage)):
                yield relation


def _called(m: Mention, words: str, passage: Passage) -> bool:
    """Return whether a figure is called by some words, or is that of the whole place they name."""
    if _PLACE.match(words):
        return words[:2] in passage.text[max(0, m.start - 24) : m.start]
    return len(words) > 1 and (m.label.endswith(words) or (len(m.label) > 3 and words.endswith(m.label)))


def _one_of_several(amount: Mention, inside: list[Mention], passage: Passage) -> bool:
    """Return whether an amount closes a list (甲 A、乙 B), so that a share behind it may be of them together."""
    before = [m for m in inside if m.end <= amount.start]
    return bool(before) and before[-1].base == amount.base and passage.text[before[-1].end] in "、和及与"


def _among(amount: Mention, share: Mention, inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield N 个 … 中，M 个 …，占 R%: a share of what the sentence begins with."""
    for whole in inside:
        if _one_of_several(amount, inside, passage):
            return
        if whole.end > amount.start or whole.base != amount.base or span(whole.claim).below(span(amount.claim)):
            continue
        if _AMONG.match(passage.text[whole.end :]) or _sampled(whole, passage):
            yield Relation("rate", (share.claim, amount.claim, whole.claim), amount.label or whole.label)
            return


def _sampled(whole: Mention, passage: Passage) -> bool:
    """Return whether a figure says how many were looked at: 抽查20份档案，有6份……，占30%."""
    since = max(passage.text.rfind(stop, 0, whole.start) for stop in "，。；：,;:、")
    return bool(_LOOKED_AT.search(passage.text[since + 1 : whole.start]))


def _each(inside: list[Mention], before: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 甲 A、乙 B，占比分别为 R% 和 S%: each share over its amount and the whole that fits them best."""
    for run in _runs(inside, passage):
        first = run[0]
        last = next((m for m in reversed(inside) if m.end <= first.start and not m.percent()), None)
        if last is None or not _EACH.search(passage.text[last.end : first.start].strip("，, ")):
            continue
        earlier = [m for m in (*before, *inside) if m.end <= first.start and m.base == last.base]
        amounts, wholes = earlier[-len(run) :], earlier[: -len(run)][-4:]
        if len(amounts) != len(run) or not wholes:
            continue
        yield from max((_over(run, amounts, whole) for whole in reversed(wholes)), key=_fits)


def _runs(inside: list[Mention], passage: Passage) -> Iterator[Sequence[Mention]]:
    """Yield percentages that follow each other with nothing but a joint between them."""
    run: list[Mention] = []
    for m in inside:
        if run and m.percent() and passage.text[run[-1].end : m.start] in _JOINTS:
            run.append(m)
            continue
        if len(run) > 1:
            yield run
        run = [m] if m.percent() else []
    if len(run) > 1:
        yield run


def _over(run: Sequence[Mention], amounts: list[Mention], whole: Mention) -> list[Relation]:
    found = [
        Relation("rate", (share.claim, amount.claim, whole.claim), amount.label)
        for share, amount in zip(run, amounts, strict=True)
    ]
    return found if _fits(found) else []


def _fits(relations: list[Relation]) -> int:
    return sum(1 for relation in relations if holds(relation))
