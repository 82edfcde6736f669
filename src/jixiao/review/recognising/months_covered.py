"""可支付月数: how long a balance lasts: balance ÷ (expenditure ÷ 12), and the expenditure of a month.

年支出 40218.3 万元，累计结余 31564.9 万元，可支付 9.42 个月
年支出 142960 万元，月均支出 11913 万元
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import computed, holds, span
from jixiao.review.said import Relation
from jixiao.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jixiao.review.recognising.mentions import Mention

_MONTHS = re.compile(r"可(?:支付|支配|支撑|使用|维持)|支[付撑]能力")
_BALANCE = re.compile(r"(?:滚存|累计)结[余存]$")
_MONTHLY = re.compile(r"月(?:平)?均支出$")
_YEARLY = re.compile(r"(?:^|基金|年度?|当期|当年|本年|险)(?:总)?支出$|总支出$")
_MARGIN = Span((80, 100), (120, 100))
_YEAR = 12


def recognise(found: Sequence[Mention], named: Mapping[str, list[Mention]]) -> Iterator[Relation]:
    """Yield months covered and monthly expenditure over what they come from, where the quotient comes near."""
    every = [m for own in named.values() for m in own]
    for at, m in enumerate(found):
        before = [*reversed(found[:at]), *reversed(every)]
        if m.base == "个月" and _MONTHS.search(m.label):
            yield from _near(_months(m, before))
        elif m.base == "元" and _MONTHLY.search(m.label):
            facts = {"top": (1,), "over": _YEAR}
            spent = [one for one in before if one.base == "元" and _YEARLY.search(one.label)]
            yield from _near(Relation("weighted", (m.claim, one.claim), m.label, facts) for one in spent)


def _months(m: Mention, before: Sequence[Mention]) -> Iterator[Relation]:
    """Yield the months over each balance and each expenditure, of a month or of the year."""
    for balance in (one for one in before if one.base == "元" and _BALANCE.search(one.label)):
        for spent in (one for one in before if one.base == "元"):
            times = 1 if _MONTHLY.search(spent.label) else _YEAR if _YEARLY.search(spent.label) else 0
            if times:
                facts = {"top": (times, 0), "bottom": (0, 1)}
                yield Relation("weighted", (m.claim, balance.claim, spent.claim), m.label, facts)


def _near(tried: Iterator[Relation]) -> Iterator[Relation]:
    """Yield the first relation that holds, else the first that comes near."""
    near = [
        one for one in tried if (value := computed(one)) is not None and value.times(_MARGIN).meets(span(one.result))
    ]
    yield from ([one for one in near if holds(one)] or near)[:1]
