"""互证: what the text says of an indicator, a section or the whole, beside what the tables say of the same.

An indicator is found by its name: quoted, in the heading, or in the sentence. Of several tables the nearest before the
text is meant, else the nearest behind. Where the text agrees with any of them nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jixiao.figures.notation import clean
from jixiao.review.recognising import comparisons, same_rows, section_marks
from jixiao.review.recognising.breakdowns import breakdown
from jixiao.review.recognising.derived import DERIVED, derived
from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.recognising.naming import NUMBERED, SHORTEST, Names, comparable, plain, said_of, same_name
from jixiao.review.recognising.sections import (
    of_section,
    of_text_sections,
    of_total,
    rates_by_text,
    section_weights,
    sections,
    summaries,
    told,
)
from jixiao.review.recognising.verdict_words import verdicts
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.recognising.material import Material, Passage


def recognise(material: Material, tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield what text and tables say of the same thing."""
    scored = [table for table in tables if any("score" in i.claims for i in table.indicators)]
    parts = sections(scored)
    yield from same_rows.recognise(tables)
    yield from summaries(parts, scored)
    weights = section_weights(material)
    yield from rates_by_text(parts, weights)
    last = ""
    chapters = told(material)
    for passage in material.passages:
        if passage.heading and passage.heading[0].startswith("T") and passage.heading[0][1:].isdecimal():
            continue
        found = mentions(passage)
        if found:
            yield from _of_indicators(passage, found, tables, last)
            for start, end in sentences(passage.text):
                inside = [m for m in found if start <= m.start < end]
                yield from comparisons.recognise(inside, passage.text, tables)
            yield from of_section(passage, found, parts)
            yield from section_marks.recognise(passage, found, parts)
            yield from of_total(passage, found, scored)
            yield from breakdown(passage, found, parts, chapters)
        last = passage.text
    yield from of_text_sections(material, parts)


def _of_indicators(passage: Passage, found: list[Mention], tables: list[ScoreTable], before: str) -> Iterator[Relation]:
    """Yield the figures given for indicators named in a passage, each beside its row."""
    spots = _named(passage, tables, before)
    for number, (at, name) in enumerate(spots):
        end = spots[number + 1][0] if number + 1 < len(spots) else len(passage.text)
        inside = [m for m in found if at <= m.start < end and not _CONDITION.match(passage.text, m.end)]
        said = said_of(inside)
        if "target" not in said and "actual" not in said and (bare := _bare(passage, inside, at)) is not None:
            said["stated"] = bare
        if "actual" not in said and (told_word := _told_word(passage, at, end)) is not None:
            said["words"] = told_word
        rows = _rows(name, tables, passage.block)
        if not said or not rows:
            continue
        yield from verdicts(passage, name, (at, end), said, rows)
        for kind, claim in said.items():
            if kind in ("target", "stated") and _same_band(passage, claim, rows):
                continue
            if kind == "target" and (band := _band(passage, claim, rows)) is not None:
                yield band
            elif kind == "words":
                yield from _words(claim, rows, name)
            elif kind in DERIVED:
                yield from derived(kind, claim, rows, name, tables)
            elif kind == "weight":  # a table of goals weighs otherwise than the one that is scored
                scored = [table for table in tables if "score" in table.roles]
                yield from _printed_again(kind, claim, _rows(name, scored or tables, passage.block), name, tables)
            else:
                yield from _printed_again(kind, claim, rows, name, tables)


def _printed_again(
    kind: str, claim: Claim, rows: list[Indicator], name: str, tables: list[ScoreTable]
) -> Iterator[Relation]:
    """Yield a figure of an indicator beside the one in its row; one that is not called anything may be either."""
    kinds: tuple[str, ...] = (kind,)
    if kind == "stated":
        kinds = ("target", "actual")
        rows = [
            row for row in rows if "target" in row.claims and ("actual" in row.texts or not claim.text[:1].isdigit())
        ]
    others = [row.claims[one] for one in kinds for row in rows if one in row.claims]
    if name.endswith("执行率"):
        if kind in ("target", "stated") and any(table.execution for table in tables):
            return  # the funds' own rate has no target in the form
        if others or not any(table.among_loose for table in tables):
            others += [table.execution[kind] for table in tables if kind in table.execution]
    others = [other for other in others if _comparable(claim, other)]
    if others:
        kind = "target" if kind == "stated" else kind
        yield Relation("same", (claim, others[0]), name, {"kind": kind, "instead": tuple((o,) for o in others[1:])})


_MISSED = re.compile(
    r"(?:未|没有|未能)(?:达到|完成|实现).*$|低于.{0,6}(?:目标|指标值|预期).*$|(?:完成|得分)情况(?:分析)?$"
)
_CONDITION = re.compile(r"的[，,]|的?(?:及)?以[上下]|时[，,]|[，,]?(?:扣|得满分|不得分)")
_BARE = re.compile(r"的?(?:(?:年度)?(?:目标|指标)值?)?(?:为|是|[:：])?[“\"]?[≥≤=＝]?")


def _bare(passage: Passage, inside: list[Mention], at: int) -> Claim | None:
    """Return the figure that follows a quoted name at once (“参保人数”为“≥41万人”), or None."""
    first = inside[0] if inside else None
    if first is None or first.base == "分" or not _BARE.fullmatch(passage.text[at : first.start]):
        return None
    return first.claim if first.start > at else None


_WORD = re.compile(r"^(?:指标)?实际完成值为(?P<word>[^，。；,;\d≥≤]{2,24})[，。；,;]")


def _told_word(passage: Passage, at: int, end: int) -> Claim | None:
    """Return the word that the text gives as an indicator's actual value, or None."""
    match = _WORD.match(passage.text[at:end])
    if match is None:
        return None
    place = passage.place(at + match.start("word"), passage.text[max(0, at - 12) : at + match.end()])
    return Claim("actual", "words", None, (match["word"],), None, match["word"], place)


def _words(claim: Claim, rows: list[Indicator], name: str) -> Iterator[Relation]:
    """Yield a word in the text beside the other word in the table."""
    for row in rows[:1]:
        own, cell = row.texts.get("actual", ""), row.cells.get("actual")
        if (
            own
            and cell is not None
            and not re.search(r"\d", own)
            and clean(claim.text) not in own
            and own not in clean(claim.text)
        ):
            yield Relation("words", (claim, Claim("actual", name, None, (own,), None, own, cell.place)), name)


_BAND = re.compile(r"\d+(?:\.\d+)?%[≤<]\s*[≥>]?\s*\d+(?:\.\d+)?%")


def _same_band(passage: Passage, claim: Claim, rows: list[Indicator]) -> bool:
    """Return whether a two-sided target in the text is spelt just as that of its row."""
    bands = {band[0] for band in _BAND.finditer(passage.text) if claim.text in band[0]}
    return bool(bands & {clean(row.texts.get("target", "")) for row in rows})


def _band(passage: Passage, claim: Claim, rows: list[Indicator]) -> Relation | None:
    """Return a two-sided target in the text beside the one-sided target of its row, or None."""
    spelt = claim.place.quote if claim.place else ""
    band = _BAND.search(passage.text) if claim.text in (spelt or "") else None
    other = next((row.claims["target"] for row in rows if "target" in row.claims), None)
    if band is None or other is None:
        return None
    said = replace(claim, text=band[0])
    return Relation("target_text", (said, other), rows[0].name)


def _named(passage: Passage, tables: list[ScoreTable], before: str) -> list[tuple[int, str]]:
    """Return where indicators are named, in order; one that only the heading names counts from the start."""
    names = Names({plain(i.name) for table in tables for i in table.indicators if len(plain(i.name)) >= SHORTEST})
    text = passage.text
    spots: list[tuple[int, str]] = []
    for match in re.finditer(r"[“\"]([^”\"]{4,60})[”\"]", text):
        name = plain(match[1])
        coded = _CODED.search(match[1])
        if name in names and (coded is None or any(coded[0] in i.name for table in tables for i in table.indicators)):
            spots.append((match.end(), name))
    spots = spots or _before_brackets(text, names)
    if spots:
        return spots
    head = re.match(r"(?:[（(]?\d+[）)]?[.．、]?|[a-z][.．、])?([^，。；:：]{4,40}?)(?:指标)?[,，:：]", text)
    head = head or _HEADED.match(text)
    if head and plain(head[1].removeprefix("财政部随文下达的")) in names:
        return [(head.end(), plain(head[1].removeprefix("财政部随文下达的")))]
    targeted = [(match.end(1), name) for match in _TARGETED.finditer(text) if (name := plain(match[1])) in names]
    if targeted:
        return targeted
    titles = [*passage.heading[-1:], before if len(before) < 60 else ""]
    for title in titles:
        name = plain(_MISSED.sub("", NUMBERED.sub("", title)).rstrip(":：。"))
        if name in names:
            return [(0, name)]
    return []


# 4.预算执行率（6分）。执行率97.12%，得5.83分。
_HEADED = re.compile(
    r"(?:[（(]\d+[）)]|\d+[.．、]|[A-Z]\d{1,4}[.．、]?)\s*([^，。；:：（()]{4,24})(?:[（(]\d[\d.]*分[）)])?。"
)
# 参保人数目标值≥165万人，实际完成168.5万人。参保率目标值……
_TARGETED = re.compile(r"(?:^|(?<=[。；]))([^，。；:：≥≤\d]{4,30}?)的?(?:年度)?(?:目标值|指标值)")
_CODED = re.compile(r"[（(][A-Z]\d{3,4}[）)]$")  # what tells indicators of one name apart
_IN_BRACKETS = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Z、“”]{4,40})[（(](?=(?:年度)?(?:标杆|指标|目标|预期)值|实际完成|业绩值)"
)


def _before_brackets(text: str, names: Names) -> list[tuple[int, str]]:
    """Return where an indicator is named right before brackets that give its target or actual value."""
    found = []
    for match in _IN_BRACKETS.finditer(text):
        said = plain(match["name"])
        name = max((own for own in names if said.endswith(own)), key=len, default="")
        if name:
            found.append((match.end(), name))
    return found


def _rows(name: str, tables: list[ScoreTable], block: int) -> list[Indicator]:
    """Return the rows of that name, the one meant first: nearest table before the text, then nearest behind."""
    ordered = sorted(tables, key=lambda table: (table.grid.block > block, abs(table.grid.block - block)))
    apart = [table for table in ordered[1:] if ordered and _parallel(ordered[0], table)]
    return [i for table in ordered if table not in apart for i in table.indicators if same_name(name, plain(i.name))]


@lru_cache(maxsize=4096)
def _parallel(one: ScoreTable, other: ScoreTable) -> bool:
    """Return whether two tables have indicators of the same names but are about different things."""
    pairs = [(a, b) for a in one.indicators for b in other.indicators if plain(a.name) == plain(b.name)]
    apart = [_apart(a, b) for a, b in pairs]
    known = [differs for differs in apart if differs is not None]
    return len(known) > 1 and sum(known) * 3 >= len(known)


def _apart(one: Indicator, other: Indicator) -> bool | None:
    """Return whether two rows of one name give different targets or values, None where they share neither."""
    shared = [kind for kind in ("target", "actual") if one.texts.get(kind) and other.texts.get(kind)]
    return any(one.texts[kind] != other.texts[kind] for kind in shared) if shared else None


def _comparable(claim: Claim, other: Claim) -> bool:
    if claim.figure is None or other.figure is None:
        return False
    return comparable(claim.figure, other.figure)
