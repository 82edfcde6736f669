"""格式: brackets of document numbers, 截止 for 截至, numbering of chapters: one line of notes, collapsed.

Source: GB/T 9704-2012 (发文字号用六角括号; 结构层次序数 一、（一）1.（1）).
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.check import found
from jixiao.review.recognising.words import number
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.recognising.material import Material, Passage
    from jixiao.review.said import Said

AUTHORITY = "gbt-9704-2012"
_BRACKETS = re.compile(
    r"[\u4e00-\u9fff]{1,8}\s*[\[【](?:19|20)\d\d[\]】]\s*\d+\s*号|[（(〔\[](?:19|20)\d\d[〕\]）)]\s*\d+\s*号(?<=号)"
)
_MIXED = re.compile(r"\((?:19|20)\d\d〕|〔(?:19|20)\d\d[\])）](?=\d)|〔(?:19|20)\d\d〕\d+号〕")
_UNTIL = re.compile(r"截止(?=20\d\d年|目前|年底|\d{1,2}月)")
_LEVELS = (
    re.compile(r"(?P<n>[一二三四五六七八九十]+)\s*、"),
    re.compile(r"[（(]?(?P<n>[一二三四五六七八九十]+)[）)]"),
    re.compile(r"[（(](?P<n>\d{1,2})[）)]"),
)


def findings(said: Said) -> list[Finding]:
    """Return one note for each kind of flaw in form, with all its places."""
    material = said.facts.get("material")
    if material is None:
        return []
    kinds: dict[str, list[Claim]] = defaultdict(list)
    for passage in material.passages:
        for match in re.finditer(r"[\u4e00-\u9fff]{1,8}\s*[\[【](?:19|20)\d\d[\]】]\s*\d+\s*号", passage.text):
            kinds["brackets"].append(_claim(passage, match))
        for match in _MIXED.finditer(passage.text):
            kinds["brackets"].append(_claim(passage, match))
        kinds["points"] += _points(passage)
        for match in _UNTIL.finditer(passage.text):
            kinds["until"].append(_claim(passage, match))
    kinds["numbering"] = _numbering(material)
    return [
        found(
            "style",
            "note",
            claims,
            what=f"style.{kind}",
            cause=f"style.{kind}",
            remedy=f"style.{kind}.remedy",
            printed=claims[0].text[:30],
            count=len(claims),
            first=claims[0].text[:30],
        )
        for kind, claims in kinds.items()
        if claims
    ]


def _claim(passage: Passage, match: re.Match[str]) -> Claim:
    place = passage.place(match.start(), passage.text[max(0, match.start() - 4) : match.end() + 4])
    return Claim("style", "form", None, (match[0],), None, match[0], place)


def _numbering(material: Material) -> list[Claim]:
    """Return headings whose number repeats the one before or leaves one out, within the same heading above."""
    wrong = []
    last: list[int] = [0] * len(_LEVELS)
    for passage in material.passages:
        titled = bool(passage.heading) and passage.text == passage.heading[-1]
        for level, form in enumerate(_LEVELS[: None if titled else 2]):
            match = form.match(passage.text)
            if match is None:
                continue
            at = number(match["n"])
            if titled and at not in (last[level] + 1, 1) and level < 2:
                place = passage.place(0, passage.text[:30])
                wrong.append(Claim("style", "numbering", None, (passage.text,), None, passage.text, place))
            # a long line may be numbered like a heading and go on the count, but is not held to it
            if titled or at == last[level] + 1:
                last[level] = at
                last[level + 1 :] = [0] * (len(_LEVELS) - level - 1)
            break
    return wrong


_POINT = re.compile(r"(?:^|[。；：，])(?P<n>[一二三四五六七八九])是")


def _points(passage: Passage) -> list[Claim]:
    """Return 一是 right behind 一是, and other points that repeat their number."""
    said = list(_POINT.finditer(passage.text))
    return [_claim(passage, other) for one, other in pairwise(said) if one["n"] == other["n"]]
