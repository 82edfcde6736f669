"""正文里的比率: rates that a sentence draws from the amounts it names: execution, receipt, completion, shares."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising import key_figures
from jixiao.review.recognising.marks_in_text import named_in
from jixiao.review.recognising.mentions import mentions
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.material import Passage
    from jixiao.review.recognising.mentions import Mention

_EXECUTION = re.compile(r"(执行率|支出率|使用率|支付率|拨付率|支出进度|执行进度)$")
_RECEIPT = re.compile(r"到位率$")
_BUDGET = re.compile(r"预算|安排|下达|总额|总计|共计|投入|指标|计划|筹集|资金总量|资金$|到位")
_SPENT = re.compile(r"执行(?!率)|支出|使用|拨付|支付(?!率)")
_RECEIVED = re.compile(r"到位(?!率)|拨付|下达")
_ARRIVED = re.compile(r"(?<!应)到位(?!计划)")  # what arrived is no base of a receipt rate, what should have is
_NAMED_WHOLE = re.compile(r"(下达|安排|预算|补助|专项).{0,14}(资金|经费)?(合计|共计|总计|总额|共)$")
_TOTALLED = re.compile(r"[，,、；;。](?:共计|合计|总计|共)$")
_WHOLE_BUDGET = re.compile(r"(全年|年度|项目|调整后)?预算(数|总额|安排|资金|安排资金|金额)?(调整)?为?$")
_MARGIN = Span((-3, 100), (3, 100))
_ALL = re.compile(r"总|共(?!同|享|性|预算)|合计|有效|问卷")
_COMPLETED = re.compile(r"完成.{0,10}(?:预算|计划|目标|任务).{0,4}$")


def the_budget(passages: list[Passage]) -> Mention | None:
    """Return the year's budget of a report that names one amount only as that, however often; 年初 is another."""
    found: dict[object, Mention] = {}
    strict: dict[object, Mention] = {}
    for passage in passages:
        for m in mentions(passage):
            if m.base == "元" and _WHOLE_BUDGET.search(m.label) and "年初" not in m.label:
                found.setdefault(m.claim.key, m)
                if key_figures.kind(m, passage) == "budget":
                    strict.setdefault(m.claim.key, m)
    return next((next(iter(each.values())) for each in (found, strict) if len(each) == 1), None)


def rates(
    inside: list[Mention], earlier: list[Mention], since: int, budget: Mention | None, lately: list[Mention]
) -> Iterator[Relation]:
    """Yield execution and receipt rates over the amounts named before them.

    The sentence before begins at `since`; of totals named `lately`, in passages before, the one that comes near counts.
    """
    before = [m for m in earlier if m.start >= since]
    far = [m for m in earlier if m.start < since and m.base == "元"]
    for rate in (m for m in inside if m.percent()):
        execution, receipt = bool(_EXECUTION.search(rate.label)), bool(_RECEIPT.search(rate.label))
        if not execution and not receipt:
            continue
        pool = _pool(rate, inside, before)
        spent = [m for m in pool if (_SPENT if execution else _RECEIVED).search(m.label)]
        if not spent:
            continue
        part = next((m for m in spent if "总支出" in m.label), spent[-1])
        wholes = _named_wholes(pool, part, execution=execution, receipt=receipt)
        if not wholes and execution:
            wholes = [m for m in (*far, *before) if _NAMED_WHOLE.search(passage_text(m)) and m is not part]
        if not wholes and budget is not None and budget not in inside:
            wholes = [budget]
        if not wholes:
            wholes = _near(rate, part, [*reversed(far), *lately])
        if not wholes:
            continue
        first, rest = wholes[-1], wholes[:-1]
        instead = tuple((part.claim, other.claim) for other in rest)
        yield Relation("rate", (rate.claim, part.claim, first.claim), rate.label, {"instead": instead})
        if execution:
            yield from _left_over(part, wholes, inside)


def _pool(rate: Mention, inside: list[Mention], before: list[Mention]) -> list[Mention]:
    """Return the amounts that a rate may be of: those since the last rate, or with those of the sentence before."""
    own = [m for m in inside if m.start < rate.start and m.base == "元"]
    taken = _since_last_rate(inside, rate)
    near = [m for m in own if m.start > taken] if taken >= 0 else own
    if len(near) > 1:
        return near
    return [] if taken >= 0 and not near else [*(m for m in before if m.base == "元"), *near]


def _named_wholes(pool: list[Mention], part: Mention, *, execution: bool, receipt: bool) -> list[Mention]:
    """Return the amounts that their words make the whole of a rate."""
    return [
        m
        for m in pool
        if m is not part
        and (_BUDGET.search(m.label) or _TOTALLED.search(passage_text(m)))
        and (not execution or not _SPENT.search(m.label) or "预算" in m.label)
        and (not receipt or not _ARRIVED.search(m.label))
    ]


def _left_over(part: Mention, wholes: list[Mention], inside: list[Mention]) -> Iterator[Relation]:
    """Yield what is said to be left behind an amount spent, over any of the wholes."""
    form = re.compile(r"^(资金)?(结余|结转|剩余)(资金|金额)?$")
    left = next((m for m in inside if m.start > part.end and m.base == "元" and form.search(m.label)), None)
    if left is not None:
        first, rest = wholes[-1], wholes[:-1]
        facts = {"signs": (1, -1), "instead": tuple((other.claim, part.claim) for other in rest)}
        yield Relation("balance", (left.claim, first.claim, part.claim), left.label, facts)


def _near(rate: Mention, part: Mention, totals: list[Mention]) -> list[Mention]:
    """Return the first of some totals that a rate comes near to be of, alone."""
    for total in totals:
        ratio = Span.of(part.figure).over(Span.of(total.figure))
        if ratio is not None and ratio.plus(_MARGIN).meets(Span.of(rate.figure)):
            return [total]
    return []


def _since_last_rate(inside: list[Mention], rate: Mention) -> int:
    return max((m.end for m in inside if m.end <= rate.start and m.percent()), default=-1)


def completion(inside: list[Mention], passage: Passage) -> Iterator[Relation]:
    """Yield 完成预算 B 的 R% over the amounts before, and 指标值 T，实际完成值 A，完成率 R，偏差率 D."""
    for budget, rate in pairwise(inside):
        if rate.percent() and _COMPLETED.search(budget.label) and rate.start - budget.end <= 3 and budget.base != "%":
            earlier = [m for m in inside if m.end <= budget.start and m.base == budget.base]
            if earlier:
                sets = [(m.claim, budget.claim) for m in reversed(earlier)]
                yield Relation("rate", (rate.claim, *sets[0]), rate.label, {"instead": tuple(sets[1:])})
    yield from _of_budget(inside)
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


def _of_budget(inside: list[Mention]) -> Iterator[Relation]:
    """Yield 预算 A，支出 B，完成预算的 R%, where the budget stands before and not beside the rate."""
    for rate in inside:
        if not rate.percent() or not re.search(r"完成(?:年初|全年|年度|当年|本年|调整)?预算数?的?$", rate.label):
            continue
        money = [m for m in inside if m.end <= rate.start and m.base == "元"]
        budgets = [m for m in money if "预算" in m.label and not _SPENT.search(m.label)]
        spent = [m for m in money if budgets and m.start > budgets[-1].end]
        if spent:
            sets = [(m.claim, budgets[-1].claim) for m in spent]
            yield Relation("rate", (rate.claim, *sets[0]), rate.label, {"instead": tuple(sets[1:])})


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
            if m.end <= amount.start
            and _one_measure(m, amount)
            and re.search(r"总|共(?!同|享|性|预算)|合计|有效|问卷", m.label)
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


def _one_measure(whole: Mention, part: Mention) -> bool:
    """Return whether a part may be of a whole: the same unit, or answerers of answered questionnaires."""
    return whole.base == part.base or (whole.base == "份" and part.base == "人" and "有效" in whole.label)


def passage_text(m: Mention) -> str:
    """Return the words that name a mention, with what its label leaves out."""
    return m.claim.place.quote.split(m.claim.text)[0] if m.claim.place and m.claim.place.quote else m.label


def is_whole(m: Mention) -> bool:
    """Return whether a mention is the whole of a budget or of what was sent down."""
    return bool(_WHOLE_BUDGET.search(m.label) or _NAMED_WHOLE.search(passage_text(m)))
