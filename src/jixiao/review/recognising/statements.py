"""陈述: sentences that say how their own figures hang together: rates, parts, growth, points, balances."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.expressions import expressions
from jixiao.review.recognising.marks_in_text import deductions, named_in, points
from jixiao.review.recognising.mentions import Mention, mentions, sentences
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage

_EXECUTION = re.compile(r"(执行率|支出率|使用率|支付率|拨付率|支出进度|执行进度)$")
_RECEIPT = re.compile(r"到位率$")
_BUDGET = re.compile(r"预算|安排|下达|总额|总计|共计|投入|指标|计划|筹集|资金总量|资金$|到位")
_SPENT = re.compile(r"执行(?!率)|支出|使用|拨付|支付(?!率)")
_RECEIVED = re.compile(r"到位(?!率)|拨付|下达")
_UP, _DOWN = re.compile(r"增加|增长|上升|提高|多"), re.compile(r"减少|下降|降低|减|少|回落")
_AGAINST = re.compile(r"(?:较|比|同比|与).{0,6}(?:上年|去年|同期|上一年)|同比|增加|减少")
_RATE_UP, _RATE_DOWN = re.compile(r"增长|增幅|上升|提高|增加"), re.compile(r"下降|降幅|降低|减少|负增长")
_LEVELS = re.compile(r"中央|自治区|省|州级?|市|县|区级|本级|地方|兵团|自筹|其他|财政|上级|地区")
_LEVEL_NAME = re.compile(
    r"(中央|自治区|省级?|自治州|州级?|市级?|县级?|区级|本级|地方|上级|自筹|其他).{0,6}(资金|财政|补助|拨款|配套)"
)
_SKIP_PART = re.compile(r"较|比上|同比|增|减|下降|完成|占|率$|人均|标准|其中")
_NAMED_WHOLE = re.compile(r"(下达|安排|预算|补助|专项).{0,14}(资金|经费)?(合计|共计|总计|总额|共)$")
_NEXT = re.compile(r"实际|到位|执行数|全年支出|截至|累计|总额")
_PAIRS = (("男", "女"), ("在职", "退休"), ("城镇", "农村"), ("住院", "门诊"))
_ADDED = frozenset({"元", "人", "人次", "户", "分", "家", "例", "件"})
_WHOLE_BUDGET = re.compile(r"(全年|年度|项目|调整后)?预算(数|总额|安排|资金|安排资金|金额)?(调整)?为?$")
_COMPLETED = re.compile(r"完成.{0,10}(?:预算|计划|目标|任务).{0,4}$")


def the_budget(passages: list[Passage]) -> Mention | None:
    """Return the year's budget of a report that names one amount only as that, however often; 年初 is another."""
    found: dict[object, Mention] = {}
    for passage in passages:
        for m in mentions(passage):
            if m.base == "元" and _WHOLE_BUDGET.search(m.label) and "年初" not in m.label:
                found.setdefault(m.claim.key, m)
    return next(iter(found.values())) if len(found) == 1 else None


def recognise(passage: Passage, budget: Mention | None = None) -> Iterator[Relation]:
    """Yield what the sentences of a passage say about their own figures; `budget` is the one of the whole report."""
    found = mentions(passage)
    if not found:
        return
    for number, (start, end) in enumerate(spans := sentences(passage.text)):
        inside = [m for m in found if start <= m.start < end]
        if not inside:
            continue
        before = [m for m in found if m.start < start and (number < 1 or m.start >= spans[max(0, number - 1)][0])]
        far = [m for m in found if m.start < start and m.base == "元" and m not in before]
        yield from rates(inside, before, budget, far)
        yield from parts(inside, passage)
        yield from growth(inside, passage)
        yield from points(inside, passage)
        yield from completion(inside, passage)
        yield from budget_shares(inside, [m for m in found if m.start < start], passage)
        yield from counted_rates(inside)
        yield from from_to(inside, passage)
        yield from summed_up(inside, passage)
        yield from twice(inside, passage)
    yield from deductions(found, passage)
    yield from balances(found, passage)
    yield from adjusted(found)
    yield from sources(found, passage)
    yield from expressions(passage)


def rates(
    inside: list[Mention], before: list[Mention], budget: Mention | None, far: list[Mention]
) -> Iterator[Relation]:
    """Yield execution and receipt rates over the amounts named before them."""
    for rate in (m for m in inside if m.percent()):
        execution, receipt = _EXECUTION.search(rate.label), _RECEIPT.search(rate.label)
        if not execution and not receipt:
            continue
        earlier = [m for m in inside if m.start < rate.start and m.base == "元"]
        taken = _since_last_rate(inside, rate)
        near = [m for m in earlier if m.start > taken] if taken >= 0 else earlier
        pool = (
            near
            if len(near) > 1
            else []
            if taken >= 0 and not near
            else [*([m for m in before if m.base == "元"]), *near]
        )
        want = _SPENT if execution else _RECEIVED
        spent = [m for m in pool if want.search(m.label)]
        if not spent:
            continue
        part = spent[-1]
        wholes = [
            m
            for m in pool
            if m is not part
            and _BUDGET.search(m.label)
            and (not execution or not _SPENT.search(m.label) or "预算" in m.label)
        ]
        if not wholes and execution:
            wholes = [m for m in (*far, *before) if _NAMED_WHOLE.search(passage_text(m)) and m is not part]
        if not wholes and budget is not None and budget not in inside:
            wholes = [budget]
        if not wholes:
            continue
        first, rest = wholes[-1], wholes[:-1]
        instead = tuple((part.claim, other.claim) for other in rest)
        yield Relation("rate", (rate.claim, part.claim, first.claim), rate.label, {"instead": instead})
        left = next(
            (
                m
                for m in inside
                if m.start > part.end
                and m.base == "元"
                and re.search(r"^(资金)?(结余|结转|剩余)(资金|金额)?$", m.label)
            ),
            None,
        )
        if left is not None and execution:
            sets = tuple((other.claim, part.claim) for other in rest)
            yield Relation(
                "balance", (left.claim, first.claim, part.claim), left.label, {"signs": (1, -1), "instead": sets}
            )


def counted_rates(inside: list[Mention]) -> Iterator[Relation]:
    """Yield return rates over what was sent out and came back, and rates whose two counts stand right before them.

    Two counts are taken for the source of a rate only where their ratio comes within three points of it.
    """
    for rate in (m for m in inside if m.percent()):
        if not re.search(r"率$|满意度$", rate.label) or _EXECUTION.search(rate.label) or _RECEIPT.search(rate.label):
            continue
        counts = [
            m for m in inside if m.end <= rate.start and m.base in ("人", "份", "户", "家", "人次") and m.figure.num > 0
        ]
        if re.search("回收率|有效率", rate.label):
            sent = [m for m in counts if re.search("发放|发出|下发|投放", m.label)]
            back = [m for m in counts if re.search("收回|回收|有效", m.label) and m not in sent]
            if sent and back:
                sets = [
                    (part.claim, whole.claim)
                    for part in reversed(back)
                    for whole in (*reversed(sent), *reversed(back))
                    if whole is not part
                ]
                yield Relation("rate", (rate.claim, *sets[0]), rate.label, {"instead": tuple(sets[1:])})
            continue
        near = [m for m in counts if rate.start - m.end < 90][-2:]
        if (
            len(near) == 2
            and near[0].base == near[1].base
            and re.search("覆盖率|参保率|合格率|及时率|满意率|满意度|知晓率", rate.label)
        ):
            small, large = sorted(near, key=lambda m: m.figure.num * near[0].figure.den / m.figure.den)
            ratio = Span.of(small.figure).over(Span.of(large.figure))
            margin = Span((-3, 100), (3, 100))
            if ratio is not None and ratio.plus(margin).meets(Span.of(rate.figure)):
                yield Relation("rate", (rate.claim, small.claim, large.claim), rate.label)


def passage_text(m: Mention) -> str:
    """Return the words that name a mention, with what its label leaves out."""
    return m.claim.place.quote.split(m.claim.text)[0] if m.claim.place and m.claim.place.quote else m.label


def from_to(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 由 A 上升到 B，提高 C (个百分点): C is B less A, or A less B after a fall."""
    for first, second, change in zip(inside, inside[1:], inside[2:], strict=False):
        words = passage.text[first.end : second.start]
        if not re.search(r"(上升|提高|增加|增长|下降|降低|减少|降|提升)(到|至)", words) or len(words) > 24:
            continue
        if change.start - second.end > 8 or not re.search(r"(上升|提高|增加|下降|降低|减少|提升)了?$", change.label):
            continue
        if len({first.base, second.base, change.base}) == 1 and (not change.percent() or "百分点" in change.claim.text):
            signs = (1, -1) if re.search("下降|降低|减少", change.label) else (-1, 1)
            yield Relation("balance", (change.claim, first.claim, second.claim), change.label, {"signs": signs})


def summed_up(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 分别为 A、B 和 C，合计 D."""
    for at, whole in enumerate(inside):
        before = passage.text[max(0, whole.start - 6) : whole.start]
        if at < 2 or whole.percent() or not re.search(r"[，,](合计|共计|总计|共)(为)?$", before):
            continue
        run = [whole]
        for m in reversed(inside[:at]):
            gap = passage.text[m.end : run[-1].start]
            joint = gap in ("、", "和", "及", "与") if run[-1] is not whole else len(gap) < 6
            if m.base != whole.base or not joint:
                break
            run.append(m)
        parts_of = run[:0:-1]
        if len(parts_of) > 1 and "分别" in passage.text[max(0, parts_of[0].start - 8) : parts_of[0].start]:
            yield Relation(
                "parts", (whole.claim, *(m.claim for m in parts_of)), whole.label, {"all": True, "wholes": ()}
            )


def _since_last_rate(inside: list[Mention], rate: Mention) -> int:
    return max((m.end for m in inside if m.end <= rate.start and m.percent()), default=-1)


def parts(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield a whole over its parts: X，其中：A a、B b；X（其中：A a、B b）."""
    text = passage.text
    for match in re.finditer(
        r"其中[:：,，]?|[（(](?=[^（(）)]*\d)|(?<=元)[:：]", text[inside[0].start : inside[-1].end]
    ):
        at = inside[0].start + match.end()
        bracket = match[0][0] in "（("
        close = _closing(text, at) if bracket else _sentence_end(text, at)
        wholes = [m for m in reversed(inside) if m.end <= inside[0].start + match.start() and m.base in _ADDED]
        whole = wholes[0] if wholes else None
        if whole is None or at - whole.end > (3 if bracket else 8):
            continue
        if not bracket and text[at - len(match[0]) - 1 : at - len(match[0])] in "（(":
            close = _closing(text, at)
        members = [m for m in inside if at <= m.start < close and m.base == whole.base]
        members = _one_level(members, text, bracket)
        if len(members) > 1:
            facts = _extent(members, whole, text, at, close)
            facts["wholes"] = () if bracket else tuple(m.claim for m in wholes[1:] if m.base == whole.base)
            yield Relation("parts", (whole.claim, *(m.claim for m in members)), whole.label, facts)


def _closing(text: str, at: int) -> int:
    depth = 1
    for n in range(at, len(text)):
        depth += (text[n] in "（(") - (text[n] in "）)")
        if depth == 0:
            return n
    return len(text)


def _sentence_end(text: str, at: int) -> int:
    found = re.compile(r"[。；;！!？?]").search(text, at)
    return found.start() if found else len(text)


def _one_level(members: list[Mention], text: str, bracket: bool) -> list[Mention]:
    """Leave out what stands in brackets inside the list, and stop at words that begin something else."""
    kept: list[Mention] = []
    begin = members[0].start if members else 0
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
        if _SKIP_PART.search(m.label) or (kept and _NEXT.search(m.label)):
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
    return {"all": (others or levels or points or staff) and "等" not in text[members[-1].end : close][:3]}


def adjusted(found: list[Mention]) -> Iterator[Relation]:
    """Yield 年初预算 A，追加 B（调减 C），全年预算 D within one passage."""
    money = [m for m in found if m.base == "元"]
    for first in money:
        if not re.search(r"年初.{0,4}预算", first.label):
            continue
        later = [m for m in money if first.end < m.start < first.end + 120]
        changes = [m for m in later if re.search(r"追加|调增|增加预算|调整增加|调减|收回|压减|核减|调整减少", m.label)]
        whole = next(
            (m for m in later if re.search(r"(全年|调整后|调整).{0,3}预算", m.label) and m not in changes), None
        )
        if whole is not None and changes and all(m.start < whole.start or m.start < whole.end + 60 for m in changes):
            signs = (1, *(-1 if re.search("调减|收回|压减|核减|减少", m.label) else 1 for m in changes))
            yield Relation(
                "balance", (whole.claim, first.claim, *(m.claim for m in changes)), whole.label, {"signs": signs}
            )


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
        before = [m for m in found if begin <= m.start < start and m.base == "元" and _is_whole(m)]
        if before:
            facts = {"all": "等" not in passage.text[inside[-1].end : end], "wholes": ()}
            yield Relation("parts", (before[-1].claim, *(m.claim for m in inside)), before[-1].label, facts)


def _is_whole(m: Mention) -> bool:
    return bool(_WHOLE_BUDGET.search(m.label) or _NAMED_WHOLE.search(passage_text(m)))


def growth(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield growth rates over the change and this year's amount, and directions that contradict each other."""
    for change, rate in pairwise(inside):
        if change.percent() or not rate.percent() or not _AGAINST.search(change.label) or rate.start - change.end > 14:
            continue
        up, down = bool(_UP.search(change.label)), bool(_DOWN.search(change.label))
        rate_up, rate_down = bool(_RATE_UP.search(rate.label)), bool(_RATE_DOWN.search(rate.label))
        if up == down or rate_up == rate_down:
            continue
        if up != rate_up and rate.figure.num > 0 and change.figure.num > 0:
            yield Relation("direction", (change.claim, rate.claim), change.label)
            continue
        bases = [m for m in inside if m.end <= change.start and m.base == change.base]
        if not bases:
            continue
        if len(bases) > 1 and re.search(r"^(较|比|与).{0,8}(年|同期)", bases[-1].label):
            last, this = bases[-1], bases[-2]
            sign = (1, -1) if down else (-1, 1)
            yield Relation("balance", (change.claim, last.claim, this.claim), change.label, {"signs": sign})
            yield Relation("rate", (rate.claim, change.claim, last.claim), rate.label)
            continue
        near = list(reversed(bases))[:3]
        pairs = [(change.claim, m.claim) for m in near]
        yield Relation("growth", (rate.claim, *pairs[0]), rate.label, {"fell": down, "instead": tuple(pairs[1:])})


def completion(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 完成预算 B 的 R% over the amounts before, and 指标值 T，实际完成值 A，完成率 R，偏差率 D."""
    for budget, rate in pairwise(inside):
        if rate.percent() and _COMPLETED.search(budget.label) and rate.start - budget.end <= 3 and budget.base == "元":
            earlier = [m for m in inside if m.end <= budget.start and m.base == budget.base]
            if earlier:
                sets = [(m.claim, budget.claim) for m in reversed(earlier)]
                yield Relation("rate", (rate.claim, *sets[0]), rate.label, {"instead": tuple(sets[1:])})
    by = {}
    for m in inside:
        for name, form in (
            ("target", r"(指标值|目标值|标杆值|预期值)"),
            ("actual", r"(实际完成值|完成值|实际值|业绩值|实际完成|实际达到)"),
            ("completion", r"(?<!实际)完成率$"),
            ("deviation", r"偏差率$|偏离度$"),
        ):
            if re.search(form, m.label) and name not in by:
                by[name] = m
    goal = by.get("target")
    goal, reached = by.get("target"), by.get("actual")
    if goal is not None and reached is not None and "completion" in by and goal.base == reached.base:
        claims = (by["completion"].claim, reached.claim, goal.claim)
        if goal.sign != "≤" and goal.figure.num:
            yield Relation("completion", claims, named_in(passage, goal))
    if {"completion", "deviation"} <= by.keys():
        yield Relation(
            "deviation_of", (by["deviation"].claim, by["completion"].claim), named_in(passage, by["completion"])
        )


def budget_shares(inside: list[Mention], before: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 占比 that stand right behind their amount: 支出 A 万元，占总支出的 P%, where the total is named before."""
    for amount, share in pairwise(inside):
        if not share.percent() or not re.search(
            r"^占|占比$|占.{0,12}$", passage.text[amount.end : share.start].lstrip("，,（( ")
        ):
            continue
        if "占" not in passage.text[amount.end : share.start] or share.start - amount.end > 14 or amount.percent():
            continue
        wholes = [
            m
            for m in [*before, *inside]
            if m.end <= amount.start and m.base == amount.base and re.search(r"总|共|合计|有效|问卷", m.label)
        ]
        flow = re.search("支出|收入", amount.label)
        if flow is not None and not wholes:
            form = re.compile(rf"^(基金|当年|本年|全年|总)*{flow[0]}$")
            wholes = [
                m
                for m in [*before, *inside]
                if m.end <= amount.start and m.base == amount.base and form.search(m.label)
            ][-1:]
        valid = [m for m in wholes if "有效" in m.label]
        wholes = valid[-1:] or wholes
        if wholes:
            sets = [(amount.claim, m.claim) for m in reversed(wholes)]
            relation = Relation("rate", (share.claim, *sets[0]), share.label, {"instead": tuple(sets[1:])})
            if len(wholes) == 1 or holds(relation):
                yield relation


def twice(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield two figures given for the same words in one sentence."""
    for one, other in pairwise(inside):
        if one.label and len(one.label) > 5 and one.label == other.label and one.base == other.base:
            yield Relation("same", (one.claim, other.claim), one.label)


def balances(found: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 当期结余 over the income and expenditure named before it in the same passage."""
    for balance in found:
        if balance.base != "元" or not re.search(r"(当期|当年|本年|本期|收支)结余$", balance.label):
            continue
        earlier = [m for m in found if m.end <= balance.start and m.base == "元" and balance.start - m.end < 420]
        income = [
            m for m in earlier if re.search(r"(基金|总|合计|全年|年度|险|当年|本年)收入(合计|总额|小计)?$", m.label)
        ]
        spent = [
            m
            for m in earlier
            if re.search(r"(基金|总|合计|全年|年度|险|当年|本年)支出(合计|总额|小计)?$|^支出$", m.label)
        ]
        if income and spent:
            pairs = [(a.claim, b.claim) for a in reversed(income) for b in reversed(spent)]
            yield Relation(
                "balance", (balance.claim, *pairs[0]), balance.label, {"signs": (1, -1), "instead": tuple(pairs[1:])}
            )
