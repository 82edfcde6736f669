"""文号与文名: a document that is cited more than once keeps its number and its title.

The same number with two titles, and one title with two numbers, contradict each other; so do long titles that differ
in one or two letters. Titles of one series (中央 and 自治区, 第一批 and 第二批, other years) are different documents.

Source: 党政机关公文处理工作条例 (引用公文先引标题后引发文字号).
"""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from jixiao.review.check import found
from jixiao.review.said import Claim

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.review.recognising.material import Material, Passage
    from jixiao.review.said import Said

_CITED = re.compile(
    r"《(?P<title>[^》《]{4,90}(?:[〈<][^〉>]*[〉>][^》《]*)?)》(?:的通知|通知)?[（(](?P<by>[\u4e00-\u9fff]{1,12})[〔\[【(（](?P<year>20\d\d|19\d\d)[〕\]】)）](?P<no>\d+)号[）)]"
)
_TITLE = re.compile(r"《(?P<title>[^》《]{10,90})》")
_SERIES = re.compile(
    r"中央|自治区|自治州|省|州|市|县|区|国家|职工|居民|医疗|养老|第[一二三四]批|提前|\d|试行|暂行|试点|修订|（|\(|绩效目标|自评|预算|决算"
)
_ALIKE = 0.72
_WRAPPED = re.compile(r"^(?:.*?)?关于(?:印发|修订|发布|公布)?[〈<](?P<inner>[^〉>]+)[〉>].*$")


class Cited(NamedTuple):
    """A citation: its title without wrapping, its number, and where it stands."""

    title: str
    by: str
    year: str
    no: str
    claim: Claim


def findings(said: Said) -> list[Finding]:
    """Return a finding for every document whose number or title varies."""
    material = said.facts.get("material")
    if material is None:
        return []
    cited = [c for passage in material.passages for c in _cited(passage)]
    return [*_numbers(cited), *_titles(cited), *_spellings(material)]


def _cited(passage: Passage) -> list[Cited]:
    result = []
    for match in _CITED.finditer(passage.text):
        place = passage.place(match.start(), match[0][:80])
        claim = Claim("document", match["title"], None, (match["title"],), None, match[0], place)
        result.append(Cited(plain(match["title"]), match["by"], match["year"], match["no"], claim))
    return result


def plain(title: str) -> str:
    """Return a title without what wraps it, blanks, and the kinds of brackets.

    >>> plain("关于印发〈项目支出绩效评价管理办法〉的通知")
    '项目支出绩效评价管理办法'
    """
    wrapped = _WRAPPED.match(title)
    inner = wrapped["inner"] if wrapped else title
    return re.sub(r"\s|的通知$|^关于(?:印发|修订|发布)?", "", inner).replace("（", "(").replace("）", ")")


def _numbers(cited: list[Cited]) -> list[Finding]:
    """Find one office's number with two years under titles that are alike, and titles with two numbers."""
    result = []
    groups: dict[tuple[str, str], list[Cited]] = defaultdict(list)
    for one in cited:
        groups[one.by, one.no].append(one)
    for group in groups.values():
        years: dict[str, list[Cited]] = defaultdict(list)
        for one in group:
            years[one.year].append(one)
        if len(years) < 2:
            continue
        main = max(years.values(), key=len)
        for other in (c for found_year in years.values() if found_year is not main for c in found_year):
            alike = max(SequenceMatcher(None, other.title, c.title).ratio() for c in main)
            if alike >= 0.6 and len(main) >= 1:
                result.append(_say("number", other, main[0]))
    by_title: dict[str, list[Cited]] = defaultdict(list)
    for one in cited:
        by_title[one.title].append(one)
    for group in by_title.values():
        usual = max(group, key=lambda c: sum(1 for other in group if _id(other) == _id(c)))
        result += [_say("number", other, usual) for other in group if other.by == usual.by and _id(other) != _id(usual)]
    return result


def _id(one: Cited) -> tuple[str, str, str]:
    return one.by, one.year, one.no


def _titles(cited: list[Cited]) -> list[Finding]:
    """Find one number with two titles."""
    result = []
    groups: dict[tuple[str, str, str], list[Cited]] = defaultdict(list)
    for one in cited:
        groups[_id(one)].append(one)
    for group in groups.values():
        counted: dict[str, list[Cited]] = defaultdict(list)
        for one in group:
            counted[one.title].append(one)
        main = max(counted.values(), key=len)
        for title, others in counted.items():
            if others is main or title in main[0].title or main[0].title in title:
                continue
            result += [_say("title", other, main[0]) for other in others]
    return result


def _spellings(material: Material) -> list[Finding]:
    """Find long titles of the same length that differ in one or two letters running."""
    first: dict[str, tuple[Claim, int]] = {}
    for passage in material.passages:
        for match in _TITLE.finditer(passage.text):
            title = re.sub(r"\s", "", match["title"])
            place = passage.place(match.start(), match[0][:80])
            claim = Claim("document", title, None, (title,), None, match[0], place)
            first[title] = (first[title][0] if title in first else claim, first.get(title, (claim, 0))[1] + 1)
    result = []
    names = list(first)
    for n, one in enumerate(names):
        for other in names[n + 1 :]:
            if len(one) == len(other) and len(one) > 11 and _misspelt(one, other):
                rare, usual = sorted((first[one], first[other]), key=lambda found_: found_[1])
                result.append(
                    found(
                        "document_numbers",
                        "warning",
                        (rare[0], usual[0]),
                        what="document_numbers.spelling",
                        printed=rare[0].text,
                        expected=None,
                        cause=f"title{one}{other}",
                        one=rare[0].text,
                        other=usual[0].text,
                    )
                )
    return result


def _misspelt(one: str, other: str) -> bool:
    """Return whether two titles differ in at most two letters side by side that do not name a level or a series."""
    at = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if not at or at[-1] - at[0] > 1:
        return False
    a, b = one[at[0] - 1 : at[-1] + 1], other[at[0] - 1 : at[-1] + 1]
    return not (_SERIES.search(one[at[0] : at[-1] + 1]) and _SERIES.search(other[at[0] : at[-1] + 1])) and not (
        _SERIES.fullmatch(a[-2:]) and _SERIES.fullmatch(b[-2:])
    )


def _say(what: str, one: Cited, other: Cited) -> Finding:
    return found(
        "document_numbers",
        "error",
        (one.claim, other.claim),
        what=f"document_numbers.{what}",
        printed=one.claim.text,
        cause=f"cited{one.claim.text}",
        one=one.claim.text,
        other=other.claim.text,
    )
