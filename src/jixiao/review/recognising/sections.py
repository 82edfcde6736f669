"""章节得分: sections and totals: what tables give them, what the text gives them, what their parts add up to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.figures.exact import reduced
from jixiao.figures.notation import clean
from jixiao.figures.units import BARE
from jixiao.review.arithmetic import holds
from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.recognising.naming import plain, said_of
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.indicators import Indicator, ScoreTable
    from jixiao.review.recognising.material import Material, Passage


@dataclass(eq=False)
class Section:
    """A first-level part of a score table: its weight and score where printed, and the rows that make it up."""

    core: str
    table: ScoreTable
    claims: dict[str, Claim]
    rows: list[Indicator]


def sections(tables: list[ScoreTable]) -> list[Section]:
    """Return the sections of every table: summary rows, and groups of rows where it is certain who belongs to whom."""
    found: list[Section] = []
    for table in tables:
        letters = list(dict.fromkeys(i.code[0] for i in table.indicators if i.code))
        if not letters and len(table.indicators) <= 6 and all(core(i.name) in CORES for i in table.indicators):
            found += [Section(core(i.name), table, i.claims, []) for i in table.indicators]
        elif letters and all(i.code for i in table.indicators):
            for letter in letters:
                rows = [i for i in table.indicators if i.code.startswith(letter)]
                names = [core(i.groups[0]) for i in rows if core(i.groups[0]) in CORES]
                stated = table.stated.get(letter)
                found.append(
                    Section(
                        names[0] if names and table.trusted_groups else letter,
                        table,
                        {"weight": stated} if stated else {},
                        rows,
                    )
                )
        elif table.trusted_groups:
            for name in dict.fromkeys(i.groups[0] for i in table.indicators):
                rows = [i for i in table.indicators if i.groups[0] == name]
                if name and core(name) in CORES:
                    found.append(Section(core(name), table, {}, rows))
    return found


def every(part: Section, kind: str) -> list[Claim]:
    """Return what all rows of a section print of a kind, each once; nothing where a row prints none."""
    claims = [row.claims.get(kind) for row in part.rows]
    return [] if any(claim is None for claim in claims) else list({id(c): c for c in claims if c is not None}.values())


def nearest(parts: list[Section], name: str, block: int) -> list[Section]:
    """Return the sections of a name, the nearest table before a block first, then the nearest behind."""
    found = [part for part in parts if part.core == name]
    return sorted(found, key=lambda part: (part.table.grid.block > block, abs(part.table.grid.block - block)))


def section_weights(material: Material) -> dict[str, Claim]:
    """Return section weights that the text gives as shares adding up to 100 (决策占比 11%，过程占比 20% …)."""
    for passage in material.passages:
        for start, end in sentences(passage.text):
            inside = [m for m in mentions(passage) if start <= m.start < end and m.percent()]
            named = {core(re.sub("占比|权重|占", "", m.label)): m for m in inside if re.search(r"占比|权重", m.label)}
            named = {name: m for name, m in named.items() if name in CORES}
            total = sum(
                m.figure.num * 100 // m.figure.den for m in named.values() if m.figure.num * 100 % m.figure.den == 0
            )
            if len(named) > 2 and total == 100:
                return {name: m.claim for name, m in named.items()}
    return {}


def rates_by_text(parts: list[Section], weights: dict[str, Claim]) -> Iterator[Relation]:
    """Yield score rates of a summary without weights over the weights that the text gives."""
    for part in parts:
        weight = weights.get(part.core)
        if weight is None or "weight" in part.claims or not {"score", "score_rate"} <= part.claims.keys() or part.rows:
            continue
        yield Relation("score_rate", (part.claims["score_rate"], part.claims["score"], _as_points(weight)), part.core)


def _as_points(share: Claim) -> Claim:
    """Return a weight given as a share of 100 as points."""
    assert share.figure is not None
    figure = replace(share.figure, num=share.figure.num * 100, unit=BARE)
    num, den = reduced(figure.num, figure.den)
    return replace(share, kind="weight", figure=replace(figure, num=num, den=den), key=(num, den, ""))


def summaries(parts: list[Section], tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield the rows of a summary over the rows of the full table, and totals beside each other."""
    heads = [part for part in parts if not part.rows]
    full = [part for part in parts if part.rows]
    letters = list(dict.fromkeys(part.core for part in full if len(part.core) == 1))
    for summary in {id(part.table): part.table for part in heads}.values():
        own = [part for part in heads if part.table is summary]
        for position, part in enumerate(own):
            same = [other for other in full if other.core == part.core]
            if not same and len(letters) == len(own):
                same = [other for other in full if other.core == letters[position]]
            for other in same:
                for kind in ("weight", "score"):
                    claims = every(other, kind)
                    if kind in part.claims and claims:
                        yield Relation("points", (part.claims[kind], *claims), part.core, {"of": kind})
    totals = [table for table in tables if "score" in table.total]
    for first, second in pairwise(totals):
        if first.total["score"] is not second.total["score"] and _linked(first, second):
            yield Relation("same", (second.total["score"], first.total["score"]), "总分")


def _linked(one: ScoreTable, other: ScoreTable) -> bool:
    """Return whether two tables score the same thing: sections of one are rows of the other, or they share rows."""
    names = {i.code or plain(i.name) for i in one.indicators}
    shared = names & {i.code or plain(i.name) for i in other.indicators}
    if len(shared) * 2 > min(len(one.indicators), len(other.indicators)) and len(shared) > 3:
        figures = [
            (a.claims.get("score"), b.claims.get("score"))
            for a in one.indicators
            for b in other.indicators
            if (a.code or plain(a.name)) == (b.code or plain(b.name))
        ]
        agree = sum(1 for a, b in figures if a is not None and b is not None and a.key == b.key)
        return agree * 2 > len(figures)
    summary = min((one, other), key=lambda table: len(table.indicators))
    return all(core(i.name) in CORES for i in summary.indicators) and summary is not max(
        (one, other), key=lambda t: len(t.indicators)
    )


def of_section(passage: Passage, found: list[Mention], parts: list[Section]) -> Iterator[Relation]:
    """Yield the weight and score that the text gives for a section beside its table."""
    if (
        not re.search(r"满分|权重分?|分值", passage.text)
        or _TOTAL_ONLY.search(passage.text)
        or _ITEM.match(passage.text)
    ):
        return
    opening = re.match(r"(项目)?(决策|过程|产出|效益|满意度|管理)(类)?(指标)?", passage.text)
    name = core(opening[0]) if opening else titled(passage)
    if name not in CORES or "该指标" in passage.text or "“" in passage.text.split("分")[0]:
        return
    said = said_of(found)
    near = nearest(parts, name, passage.block)
    for kind in ("weight", "score"):
        if kind not in said or not near:
            continue
        table = near[0].table
        for part in [part for part in near if part.table is table or not part.rows][:2]:
            if kind in part.claims and not part.rows:
                yield Relation("same", (said[kind], part.claims[kind]), f"{name}", {"kind": kind})
            elif part.rows and (claims := every(part, kind)):
                extra = [other for other in near if other.table is part.table and other is not part]
                if not extra:
                    yield Relation("points", (said[kind], *claims), name, {"of": kind})


_TOTAL_ONLY = re.compile(r"总分值|满分100分|满分为100分")


def of_total(passage: Passage, found: list[Mention], tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield total scores and grades in the text beside the totals of the tables."""
    totals = sorted(
        (t for t in tables if "score" in t.total),
        key=lambda t: (t.grid.block > passage.block, abs(t.grid.block - passage.block)),
    )
    for m in found:
        after = passage.text[m.end : m.end + 40]
        if m.base != "分" or not TOTAL.search(m.label):
            continue
        whole = re.search(r"总分|总得分|综合得分", m.label)
        since = max(passage.text.rfind(stop, 0, m.start) for stop in "，。；：:") + 1
        if not whole and any(word in passage.text[since : m.start] for word in CORES):
            continue
        if m.figure.num < 30 * m.figure.den and not whole:
            continue
        certain = whole or re.search(r"最终|综合|自评", m.label) or _GRADE.search(after)
        if not certain or "满分" in m.label:
            continue
        if totals and (_GRADE.search(after) or not _is_full(passage.text[: m.end], m, totals)):
            yield Relation(
                "same",
                (m.claim, totals[0].total["score"]),
                "总分",
                {"instead": tuple((t.total["score"],) for t in totals[1:])},
            )
        grade = _GRADE.search(passage.text, m.end, min(len(passage.text), m.end + 80))
        if grade is not None:
            place = passage.place(grade.start("grade"), passage.text[max(0, m.start - 8) : grade.end() + 4])
            claim = Claim("grade", "grade", None, (grade["grade"],), None, grade["grade"], place)
            yield Relation("grade", (claim, m.claim), "评价等级")


_SYSTEM = re.compile(r"指标体系|构成|组成|设置|百分制")


def _is_full(before: str, m: Mention, totals: Sequence[ScoreTable]) -> bool:
    """Return whether a total is what can be reached, not what was: 指标体系由15个三级指标构成，总分100分."""
    sentence = re.split(r"[。；;]", before)[-1]
    if re.search(r"得分|评分|得\d", sentence):
        return False
    weights = [one for table in totals if (claim := table.total.get("weight")) and (one := claim.figure) is not None]
    return bool(_SYSTEM.search(sentence)) or any(one.num * m.figure.den == m.figure.num * one.den for one in weights)


_ITEM = re.compile(r"[（(]?\d{1,2}[）).．、]|[①-⑩]|[A-Z]\d")
_STATED = re.compile(r"(满分|权重分?|分值)(为|共|是)?\d|实际得分")
_COUNT = re.compile(r"由(\d{1,2})个(?:三级)?指标")


@dataclass(eq=False)
class Told:
    """A section as the text tells it: its weight and score, how many indicators it says, and those it goes through."""

    core: str
    said: dict[str, Claim]
    count: int | None
    level: int
    items: list[dict[str, Claim]]
    block: int


def told(material: Material) -> list[Told]:
    """Return the sections that the text goes through indicator by indicator."""
    found: list[Told] = []
    now: Told | None = None
    for passage in material.passages:
        if passage.heading and passage.heading[0].startswith("T") and passage.heading[0][1:].isdecimal():
            continue
        opened = _opens(passage)
        if opened is not None:
            now = opened
            found.append(now)
        elif now is not None and (_leaves(passage, now) or re.match(r"(附件|五、|六、|七、)", passage.text)):
            now = None
        elif now is not None:
            now.items += _items(passage)
    return found


def _opens(passage: Passage) -> Told | None:
    """Return the section that a passage states weight and score of, or None."""
    if "该指标" in passage.text or _ITEM.match(passage.text) or not _STATED.search(passage.text) or not passage.heading:
        return None
    opening = re.match(r"(项目)?(决策|过程|产出|效益|满意度|管理)", passage.text)
    name = core(opening[0]) if opening else titled(passage)
    said = said_of(mentions(passage))
    if name not in CORES or not {"weight", "score"} <= said.keys() or "“" in passage.text.split("分")[0]:
        return None
    count = _COUNT.search(passage.text)
    return Told(name, said, int(count[1]) if count else None, len(passage.heading), [], passage.block)


def _leaves(passage: Passage, now: Told) -> bool:
    """Return whether a passage stands under another heading of the section's own level or above."""
    return len(passage.heading) < now.level or (
        len(passage.heading) == now.level and bool(passage.heading) and passage.text == passage.heading[-1]
    )


def _items(passage: Passage) -> list[dict[str, Claim]]:
    """Return the indicators a passage gives marks to, one per sentence with a score."""
    items: list[dict[str, Claim]] = []
    pending: dict[str, Claim] = {}
    for m in mentions(passage):
        if m.base != "分":
            continue
        if re.search(r"(分值|满分|权重分?)(为)?$", m.label):
            pending = {"weight": m.claim}
        elif re.search(r"(?<!总)(得分|得|评分)(为)?$", m.label) and not re.search("扣", m.label):
            if pending or not items or "weight" not in items[-1]:
                items.append({**pending, "score": m.claim})
            pending = {}
    return items


def of_text_sections(material: Material, parts: list[Section]) -> Iterator[Relation]:
    """Yield a section's marks over those of the indicators it goes through, where these are all of them."""
    for section in told(material):
        items = section.items
        if len(items) < 2:
            continue
        complete = section.count == len(items)
        weights = [item["weight"] for item in items if "weight" in item]
        if not complete and len(weights) == len(items):
            total = sum(
                w.figure.num // w.figure.den
                for w in weights
                if w.figure is not None and w.figure.num % w.figure.den == 0
            )
            stated = section.said["weight"].figure
            complete = stated is not None and stated.num == total * stated.den
        complete = (
            complete or holds(Relation("points", (section.said["score"], *(item["score"] for item in items)))) is True
        )
        if complete:
            yield Relation(
                "points",
                (section.said["score"], *(item["score"] for item in items)),
                f"正文{section.core}",
                {"of": "score", "text": True},
            )
            if len(weights) == len(items):
                yield Relation(
                    "points", (section.said["weight"], *weights), f"正文{section.core}", {"of": "weight", "text": True}
                )


_SECTION = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[）)、.．]|项目|类|指标|情况|分析|完成|得分|一级|部分|方面|[A-Z]\d*|[（(].*[）)]|\s|[:：]"
)
TOTAL = re.compile(
    r"(总分|总得分|最终评分|评分结果|综合得分|自评得分|自评价得分|自评|(?:综合|绩效|评价|项目|总体)评分|评价得分|得分)(结果)?(为|是)?$"
)
_GRADE = re.compile(
    r"(?:等级|评级|级别|等次|档次|结果|结论)[^，。；\d]{0,6}?(?:为|是|:|：)?[“\"「『]?(?P<grade>优秀|良好|中等|较差|不合格|合格|优|良|中|差)[”\"」』]?(?=[。，,；;、）)等]|$)"
)
CORES = ("决策", "过程", "管理", "产出", "效益", "满意度", "预算执行", "成本", "投入", "影响力")


def titled(passage: Passage) -> str:
    """Return the section that the heading above a passage names and nothing else, or an empty text."""
    name = _SECTION.sub("", clean(passage.heading[-1])) if passage.heading else ""
    return name if name in CORES else ""


def core(text: str) -> str:
    """Return the heart of a section's name.

    >>> core("（三）项目产出情况"), core("C 项目产出（40）"), core("满意度指标")
    ('产出', '产出', '满意度')
    """
    cleaned = clean(text)
    found = [word for word in CORES if word in cleaned]
    return found[0] if found else _SECTION.sub("", cleaned)
