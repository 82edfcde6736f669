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
from jixiao.review.recognising.mentions import Mention, mentions
from jixiao.review.recognising.naming import NUMBERED, SHORTEST, Names, plain, said_of, same_name
from jixiao.review.recognising.sections import (
    breakdown,
    of_section,
    of_text_sections,
    of_total,
    rates_by_text,
    section_weights,
    sections,
    summaries,
    told,
)
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.recognising.material import Material, Passage


def recognise(material: Material, tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield what text and tables say of the same thing."""
    scored = [table for table in tables if any("score" in i.claims for i in table.indicators)]
    parts = sections(scored)
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
            yield from of_section(passage, found, parts)
            yield from of_total(passage, found, scored)
            yield from breakdown(passage, found, parts, chapters)
        last = passage.text
    yield from of_text_sections(material, parts)


def _of_indicators(passage: Passage, found: list[Mention], tables: list[ScoreTable], before: str) -> Iterator[Relation]:
    """Yield the figures given for indicators named in a passage, each beside its row."""
    spots = _named(passage, tables, before)
    for number, (at, name) in enumerate(spots):
        end = spots[number + 1][0] if number + 1 < len(spots) else len(passage.text)
        said = said_of([m for m in found if at <= m.start < end])
        if "actual" not in said and (told_word := _told_word(passage, at, end)) is not None:
            said["words"] = told_word
        rows = _rows(name, tables, passage.block)
        if not said or not rows:
            continue
        for kind, claim in said.items():
            if kind == "target" and (band := _band(passage, claim, rows)) is not None:
                yield band
                continue
            if kind == "words":
                yield from _words(claim, rows, name)
                continue
            others = [row.claims[kind] for row in rows if kind in row.claims]
            if name.endswith("执行率"):
                others += [table.execution[kind] for table in tables if kind in table.execution]
            others = [other for other in others if _comparable(claim, other)]
            if others:
                yield Relation(
                    "same", (claim, others[0]), name, {"kind": kind, "instead": tuple((o,) for o in others[1:])}
                )


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
        if name in names:
            spots.append((match.end(), name))
    if spots:
        return spots
    head = re.match(r"(?:[（(]?\d+[）)]?[.．、]?|[a-z][.．、])?([^，。；:：]{4,40}?)(?:指标)?[,，:：]", text)
    if head and plain(head[1].removeprefix("财政部随文下达的")) in names:
        return [(head.end(), plain(head[1].removeprefix("财政部随文下达的")))]
    titles = [*passage.heading[-1:], before if len(before) < 60 else ""]
    for title in titles:
        name = plain(NUMBERED.sub("", title).rstrip(":：。"))
        if name in names:
            return [(0, name)]
    return []


def _rows(name: str, tables: list[ScoreTable], block: int) -> list[Indicator]:
    """Return the rows of that name, the one meant first: nearest table before the text, then nearest behind."""
    ordered = sorted(tables, key=lambda table: (table.grid.block > block, abs(table.grid.block - block)))
    apart = [table for table in ordered[1:] if ordered and _parallel(ordered[0], table)]
    return [i for table in ordered if table not in apart for i in table.indicators if same_name(name, plain(i.name))]


@lru_cache(maxsize=4096)
def _parallel(one: ScoreTable, other: ScoreTable) -> bool:
    """Return whether two tables have indicators of the same names but are about different things."""
    pairs = [(a, b) for a in one.indicators for b in other.indicators if plain(a.name) == plain(b.name)]
    differ = sum(
        1
        for a, b in pairs
        if a.texts.get("target") != b.texts.get("target") or a.texts.get("actual") != b.texts.get("actual")
    )
    return len(pairs) > 1 and differ * 3 >= len(pairs)


def _comparable(claim: Claim, other: Claim) -> bool:
    if claim.figure is None or other.figure is None:
        return False
    bases = {claim.figure.unit.base, other.figure.unit.base}
    return len(bases) == 1 or bases == {"", "分"}
