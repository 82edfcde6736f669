"""正文里的其中: a whole and its parts: 其中 …, brackets, levels of finance, batches, and what is summed up."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jixiao.review.arithmetic import span
from jixiao.review.recognising.mentions import sentences
from jixiao.review.recognising.rates_in_text import is_whole
from jixiao.review.recognising.slips import sum_slipped
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_LEVELS = re.compile(r"中央|自治区|省|州级?|市|县|区级|本级|地方|兵团|自筹|其他|财政|上级|地区")
_LEVEL_NAME = re.compile(
    r"(中央|自治区|省级?|自治州|州级?|市级?|县级?|区级|本级|地方|上级|自筹|其他).{0,6}(资金|财政|补助|拨款|配套)"
)
_SKIP_PART = re.compile(r"较|比上|同比|增|减|下降|完成|占|率$|人均|标准|其中")
_NEXT = re.compile(r"实际|到位|执行数|全年支出|截至|累计|总额")
_PAIRS = (("男", "女"), ("在职", "退休"), ("城镇", "农村"), ("住院", "门诊"))
_CHANGE = re.compile(r"较|比|增|减|提高|下降|标准|人均|次均|新")
_TWICE = re.compile(r"同时(?:患|享受|参加|属于)|重复计|有重叠|有交叉|含重复|兼有|去重")
_TRAITS = (
    re.compile(r"男|女"),
    re.compile(r"岁|老年|老人|儿童|学生|青年"),
    re.compile(r"脱贫|低保|特困|边缘|贫困|残疾|重病|困难"),
    re.compile(r"在职|退休|在岗|灵活就业"),
)
_JOINT = re.compile(r"[、和及与][^，。；：、\d（）()]{0,14}")
_PERSONS = frozenset({"人", "人次", "户"})
ADDED = frozenset({"元", "人", "人次", "户", "分", "家", "例", "件"})


def parts(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield a whole over its parts: X，其中：A a、B b；X（其中：A a、B b）."""
    text = passage.text
    for match in re.finditer(
        r"其中[:：,，]?|[（(](?=[^（(）)]*\d)|(?<=元)[:：]", text[inside[0].start : inside[-1].end]
    ):
        at = inside[0].start + match.end()
        bracket = match[0][0] in "（("
        close = _closing(text, at) if bracket else sentence_end(text, at)
        wholes = [m for m in reversed(inside) if m.end <= inside[0].start + match.start() and m.base in ADDED]
        whole = wholes[0] if wholes else None
        if whole is None or at - whole.end > (3 if bracket else 8):
            continue
        if not bracket and text[at - len(match[0]) - 1 : at - len(match[0])] in "（(":
            close = _closing(text, at)
        members = [m for m in inside if at <= m.start < close and m.base == whole.base]
        members = one_level(members, text, at)
        alone = len(members) == 1 and match[0].startswith("其中") and whole.base != "分"
        if alone and span(whole.claim).below(span(members[0].claim)) and not _CHANGE.search(whole.label):
            facts = {"all": False, "wholes": tuple(m.claim for m in wholes[1:] if m.base == whole.base)}
            yield Relation("parts", (whole.claim, members[0].claim), whole.label, facts)
        if len(members) > 1 and not _overlapping(members) and not _TWICE.search(text[at : close + 24]):
            facts = _extent(members, whole, text, at, close)
            if whole.base in _PERSONS and any(
                at <= m.start < close and m.base in _PERSONS - {whole.base} for m in inside
            ):
                facts["all"] = False  # persons and times stand in one list, and each only adds up with its like
            if whole.base == "分":
                facts["exact"] = True
            facts["wholes"] = (
                () if bracket or facts["slip"] else tuple(m.claim for m in wholes[1:] if m.base == whole.base)
            )
            yield Relation("parts", (whole.claim, *(m.claim for m in members)), whole.label, facts)


def _closing(text: str, at: int) -> int:
    depth = 1
    for n in range(at, len(text)):
        depth += (text[n] in "（(") - (text[n] in "）)")
        if depth == 0:
            return n
    return len(text)


def sentence_end(text: str, at: int) -> int:
    """Return where the sentence ends that a position is in."""
    found = re.compile(r"[。；;！!？?]").search(text, at)
    return found.start() if found else len(text)


def one_level(members: list[Mention], text: str, begin: int) -> list[Mention]:
    """Leave out what stands in brackets inside a list from its beginning, and stop where something else begins."""
    kept: list[Mention] = []
    for m in members:
        before = text[begin : m.start]
        depth = sum(before.count(sign) for sign in "（(") - sum(before.count(sign) for sign in "）)")
        if depth > 0:
            continue
        gap = re.sub(r"[（(][^（(）)]*[）)]", "", text[kept[-1].end : m.start]) if kept else ""
        if len(kept) > 1 and not gap.startswith("、") and not gap.startswith(("和", "及")) and _NEXT.search(m.label):
            break
        if kept and (re.search(r"其中|较上|比上|同比|完成|较去|与去", gap) or len(gap) > 40):
            break
        skip = _SKIP_PART.search(m.label)
        marks = skip is not None and skip[0] == "率" and m.base == "分"  # the points of a rate are points
        if (skip is not None and not marks) or (kept and _NEXT.search(m.label)):
            break
        kept.append(m)
    return kept


def _extent(members: list[Mention], whole: Mention, text: str, at: int, close: int) -> dict[str, Any]:
    """Say whether the parts claim to be all: they name 其他, or they are the levels of finance; 等 says they do not."""
    others = any(m.label.startswith("其他") or m.label.startswith("其它") for m in members)
    levels = (
        whole.base == "元"
        and all(_LEVELS.search(m.label) for m in members)
        and len({m.label for m in members}) == len(members)
    )
    named = "".join(m.label for m in members)
    pair = len(members) == 2 and any(a in named and b in named for a, b in _PAIRS)
    points = whole.base == "分" or pair
    levels = levels or bool(re.search("合计|总计|共计", text[max(0, whole.start - 6) : whole.start]))
    staff = whole.base == "人" and "编制" in whole.label
    slip = sum_slipped(whole.claim, [m.claim for m in members])
    told = (others or levels or points or staff or slip) and "等" not in text[members[-1].end : close][:3]
    return {"all": told, "slip": slip}


def _overlapping(members: list[Mention]) -> bool:
    """Return whether parts are told apart by more than one trait (女性 …，60 岁以上 …), so that they may overlap."""
    named = [next((n for n, trait in enumerate(_TRAITS) if trait.search(m.label)), None) for m in members]
    return len({trait for trait in named if trait is not None}) > 1


def sources(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield a sentence that only lists levels of finance, or batches, over the total named in the sentence before."""
    for (begin, start), (_, end) in pairwise(sentences(passage.text)):
        inside = [m for m in found if start <= m.start < end and m.base == "元"]
        batches = all(re.search("^第[一二三四五]批", m.label) for m in inside)
        levels = all(_LEVEL_NAME.search(m.label) for m in inside) and "来源" in passage.text[start:end]
        if len(inside) < 2 or not (batches or levels) or "其中" in passage.text[start:end]:
            continue
        if len({m.label for m in inside}) != len(inside) or any(_NEXT.search(m.label) for m in inside):
            continue
        before = [m for m in found if begin <= m.start < start and m.base == "元" and is_whole(m)]
        if before:
            facts = {"all": "等" not in passage.text[inside[-1].end : end], "wholes": ()}
            yield Relation("parts", (before[-1].claim, *(m.claim for m in inside)), before[-1].label, facts)


_SUMMED = re.compile(r"[，,](?:合计|共计|总计|共)(?P<verb>为|扣|得|扣减)?$")


def summed_up(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 分别为 A、B 和 C，合计 D; and …：甲扣 A，乙扣 B，合计扣 C."""
    for at, whole in enumerate(inside):
        match = _SUMMED.search(passage.text, max(0, whole.start - 6), whole.start)
        if at < 2 or whole.percent() or match is None:
            continue
        verb = match["verb"] or ""
        members = _run(inside[:at], whole, passage, verb if verb in ("扣", "得", "扣减") else None)
        opened = passage.text[max(0, members[0].start - 20) : members[0].start] if len(members) > 1 else ""
        named = len(members) > 2 and "其中" in opened and len({m.label for m in members}) == len(members)
        if "分别" in opened[-8:] or named or (verb and re.search(r"[:：]|其中", opened)):
            facts: dict[str, Any] = {"all": True, "wholes": ()}
            yield Relation("parts", (whole.claim, *(m.claim for m in members)), whole.label, facts)


def _run(before: list[Mention], whole: Mention, passage: Passage, verb: str | None) -> list[Mention]:
    """Return the figures listed right before their sum: joined by 、 and 和, or each behind the same verb."""
    run = [whole]
    for m in reversed(before):
        gap = passage.text[m.end : run[-1].start]
        first = run[-1] is whole
        listed = len(gap) < 6 if first else bool(_JOINT.fullmatch(gap))
        told = (
            verb is not None and passage.text[: m.start].endswith(verb) and re.fullmatch(r"[，,、][^，。；]{2,20}", gap)
        )
        if m.base != whole.base or not (told if verb is not None else listed):
            break
        run.append(m)
    return run[:0:-1]
