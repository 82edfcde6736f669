"""正文里的得分: sentences that give an indicator's weight, score, score rate and what is taken off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention


def points(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield score rates over score and weight: 分值 5 分，得 4.5 分，得分率 90%；得分 4.5 分（满分 5 分）."""
    scores = [m for m in inside if m.base == "分"]
    for one, other in pairwise(scores):
        gap = passage.text[one.end : other.start]
        if _is_score(one.label) and _is_weight(other.label) and gap[:1] in "（(":
            score, weight = one, other
        elif _is_weight(one.label) and _is_score(other.label) and not _in_brackets_behind(one, passage):
            score, weight = other, one
        else:
            continue
        yield Relation("within_full", (score.claim, weight.claim), weight.label)
        last = max(score.end, weight.end)
        lost = next((m for m in scores if m.label.endswith("失") and 0 <= m.start - last < 20), None)
        if lost is not None:
            facts = {"signs": (1, -1), "exact": True}
            yield Relation("balance", (lost.claim, weight.claim, score.claim), named_in(passage, weight), facts)
        rate = next((m for m in inside if m.percent() and "得分率" in m.label and 0 <= m.start - last < 20), None)
        if rate is not None:
            yield Relation("score_rate", (rate.claim, score.claim, weight.claim), named_in(passage, weight))


def deductions(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 满分 W，得分 S … 扣 D，得 S of one indicator: S is W less what is taken off, and stands twice."""
    marks = [m for m in found if m.base == "分"]
    weights = [m for m in marks if _is_weight(m.label)]
    scores = [m for m in marks if _is_score(m.label)]
    if (
        len(weights) != 1
        or not scores
        or len(passage.text) > 400
        or re.search("每.{0,8}扣|扣完|最多|不超过", passage.text)
    ):
        return
    for again in scores[1:]:
        if again.label in ("得", "得分", "得分为"):
            yield Relation("same", (again.claim, scores[0].claim), named_in(passage, weights[0]), {"kind": "score"})
    lost = [m for m in marks if re.search(r"(扣|扣减|扣除|扣分)$", m.label)]
    if lost:
        claims = (scores[0].claim, weights[0].claim, *(m.claim for m in lost))
        signs = (1, *(-1 for _ in lost))
        yield Relation("balance", claims, named_in(passage, weights[0]), {"signs": signs, "exact": True})


def lost_points(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 共失 6.3 分：“甲”失 6 分；“乙”失 0.3 分: points lost in all over those of each indicator."""
    lost = [m for m in found if m.base == "分" and m.label.endswith("失")]
    for at, whole in enumerate(lost[:-2]):
        listed = passage.text[whole.end : whole.end + 1] in "：:" and whole.label.endswith(("共失", "合计失", "总失"))
        if listed:
            yield Relation("points", (whole.claim, *(m.claim for m in lost[at + 1 :])), "失分", {"of": "score"})
            return


def taken_off(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 甲（扣 1 分）、乙（扣 1.5 分）…，共扣 2.5 分: points taken off in all over those named before."""
    lost = [m for m in found if m.base == "分" and m.label.endswith("扣")]
    for at, whole in enumerate(lost):
        before = lost[max((n + 1 for n in range(at) if lost[n].label.endswith("共扣")), default=0) : at]
        if whole.label.endswith("共扣") and len(before) > 1:
            listed = passage.text[before[0].start - 40 if before[0].start > 40 else 0 : whole.start]
            facts = {"all": not re.search("主要|等", listed), "wholes": (), "exact": True}
            yield Relation("parts", (whole.claim, *(m.claim for m in before)), "扣分", facts)


def _is_score(label: str) -> bool:
    return bool(re.search(r"得分|得$|评分|扣分后", label)) and "扣" not in label.replace("扣分后", "")


def _in_brackets_behind(weight: Mention, passage: Passage) -> bool:
    """Return whether a weight stands in brackets right behind a score, to which it then belongs."""
    before = passage.text[max(0, weight.start - 12) : weight.start]
    return bool(re.search(r"分[（(][^（()）]*$", before))


def _is_weight(label: str) -> bool:
    return bool(re.search(r"分值|满分|权重分|权重|总分值", label)) and "得分" not in label


# A heading that the sentence runs on from: （四）效益情况。该指标分值30分……
_OPENING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]{1,2})\s*([^，。；：:\d]{2,24})[。：:]")


def named_in(passage: Passage, m: Mention) -> str:
    """Return what a figure is about: the name quoted before it, the heading of its own line or above, or its label."""
    quoted = re.findall(r"[“\"]([^”\"]{2,40})[”\"]", passage.text[: m.start])
    opening = _OPENING.match(passage.text[: m.start])
    headed = opening[1] if opening else passage.heading[-1] if passage.heading else m.label
    return quoted[-1] if quoted else headed
