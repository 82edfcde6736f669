"""总分的分解: a total split over sections in one sentence (其中：决策满分20分，得18分；过程满分20分，得19分；…)."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from jixiao.review.recognising.sections import CORES, TOTAL, core, every, nearest
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention
    from jixiao.review.recognising.sections import Section, Told

_FULL = re.compile(r"(满分|分值|权重分?)(为|是)?$")
_SCORED = re.compile(r"(?:自评|实际|评价)?得分?为?|实得")
_BETWEEN = ("，得", "，得分", "，实得", "，得分为", "，自评得分")
_STRETCH = re.compile(r"[^。]+。?")
_BEFORE = 24  # letters before the first section's mark, within which the total may stand in the sentence before


def breakdown(
    passage: Passage, found: list[Mention], parts: list[Section], told_sections: list[Told]
) -> Iterator[Relation]:
    """Yield a total over the marks of its sections, and each of these beside tables and chapters."""
    for stretch in _STRETCH.finditer(passage.text):
        inside = [m for m in found if stretch.start() <= m.start < stretch.end() and m.base == "分"]
        called = _called(inside, passage)
        named = [m for m, _ in called]
        if len(named) < 3 or len({name for _, name in called}) != len(named):
            continue
        totals = [m for m in inside if m not in named and TOTAL.search(m.label) and m.end <= named[0].start]
        if not totals and named[0].start - stretch.start() < _BEFORE:
            totals = [m for m in found if m.end <= stretch.start() and m.base == "分" and TOTAL.search(m.label)][-1:]
        if totals and totals[-1].end < named[0].start:
            yield from _beside_summary(called, parts, passage.block)
            yield Relation("points", (totals[-1].claim, *(m.claim for m in named)), "总分", {"of": "score"})
            yield from _beside_sections(named, told_sections, passage.block)
            for m, name in called:
                near = [part for part in nearest(parts, name, passage.block) if part.rows]
                if near and name != "效益" and (claims := every(near[0], "score")):
                    yield Relation("points", (m.claim, *claims), name, {"of": "score"})


def _beside_summary(called: list[tuple[Mention, str]], parts: list[Section], block: int) -> Iterator[Relation]:
    """Yield each mark beside that of the nearest summary table, where this has the very same sections."""
    summaries = [part for part in parts if not part.rows and "score" in part.claims]
    for m, name in called:
        for part in nearest(summaries, name, block)[:1]:
            if {other.core for other in summaries if other.table is part.table} == {name for _, name in called}:
                yield Relation("same", (m.claim, part.claims["score"]), name, {"kind": "score"})


def _beside_sections(named: list[Mention], sections_told: list[Told], block: int) -> Iterator[Relation]:
    """Yield a section's score in the breakdown beside the score its own chapter gives."""
    behind = [section for section in sections_told if section.block > block]
    for m in named:
        own = next((section for section in behind if section.core == core(m.label)), None)
        if own is None:
            continue
        alone = core(m.label) != "效益" or all(core(other.label) != "满意度" for other in named)
        if alone and not any(section.core == "满意度" for section in behind):
            yield Relation("same", (own.said["score"], m.claim), m.label, {"kind": "score"})


def _called(inside: list[Mention], passage: Passage) -> list[tuple[Mention, str]]:
    """Return the marks that a sentence gives to sections, with their names; full marks said before them are none.

    Nothing is returned where a mark in the list belongs to no section that is known.
    """
    found: list[tuple[Mention, str]] = []
    full = ""
    for m, behind in zip_longest(inside, inside[1:]):
        name = core(m.label)
        bracketed = re.fullmatch(r"[（(].*[）)]", passage.text[m.start - 1 : m.end + 1], re.DOTALL) is not None
        scored = _SCORED.fullmatch(m.label) is not None
        weighed = not scored and behind is not None and passage.text[m.end : behind.start] in _BETWEEN
        if bracketed or weighed or _FULL.search(m.label):
            full = name
            continue
        if scored and found and full not in CORES:
            return []
        if scored and full in CORES:
            found.append((m, full))
        elif name in CORES and not re.search(r"满分|分值|权重|总", m.label):
            found.append((m, name))
        full = ""
    return found
