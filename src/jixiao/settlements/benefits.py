"""待遇试算: what basic cover, critical-illness cover and medical aid pay of a bill, and the contribution after subsidy.

    self-pay    = in-scope expense − basic payment
    critical    = rate × (what of the year's self-pay lies above the deductible and was not there before), no cap
    aid         = aid rate × (self-pay − critical), within what is left of the yearly limit of aid
    contribution = standard − subsidy of the group

Everything is 分; a payment is rounded half up to a 分. The same arithmetic runs over a file (`split_columns`).
Authority: 喀署办规〔2022〕1号, 喀地医保发〔2021〕44号, 新政办发〔2022〕40号, as the parameters name them (R53–R55).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from jixiao.figures.exact import spelt
from jixiao.findings import Message
from jixiao.settlements.parameters import groups, lacking, spellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.settlements.parameters import Terms

_WHOLE = 10_000  # rates are given in 1/10000


class Bill(NamedTuple):
    """A bill in 分: in-scope expense, basic payment; self-pay in scope and aid of the same year before it."""

    scope: int
    basic: int
    selfpay_before: int = 0
    aid_before: int = 0


class Split(NamedTuple):
    """What each of the three pays and what is left to the person, in 分, with how it came about."""

    basic: int
    critical: int
    aid: int
    left: int
    steps: tuple[Message, ...] = ()


class Contribution(NamedTuple):
    """What a person pays of the contribution and what is paid for them, in 分, with how it came about."""

    subsidy: int
    own: int
    steps: tuple[Message, ...] = ()


def split(bill: Bill, of: Terms) -> Split | Message:
    """Return the three-fold split of a bill for a person of a group, or which parameter nobody states."""
    why = lacking(of, "deductible", "rate", "aid_rate", *(["aid_limit"] if of.aid_rate and of.aid_rate.value else []))
    if why is not None:
        return why
    if bill.scope < bill.basic or min(bill) < 0:
        return Message("settlements.benefit.bill", {"scope": _yuan(bill.scope), "basic": _yuan(bill.basic)})
    assert of.deductible is not None and of.rate is not None and of.aid_rate is not None
    selfpay = bill.scope - bill.basic
    reached = bill.selfpay_before + selfpay
    over = max(reached - of.deductible.value, 0) - max(bill.selfpay_before - of.deductible.value, 0)
    critical = _share(over, of.rate.value)
    left = selfpay - critical
    aid = _share(left, of.aid_rate.value)
    steps = [
        Message("settlements.benefit.selfpay", _texts(scope=bill.scope, basic=bill.basic, selfpay=selfpay)),
        Message(
            "settlements.benefit.over",
            {**_texts(before=bill.selfpay_before, reached=reached, over=over), "deductible": of.deductible},
        ),
        Message("settlements.benefit.critical", {**_texts(over=over, critical=critical), "rate": of.rate}),
        Message("settlements.benefit.aid", {**_texts(left=left, aid=aid), "rate": of.aid_rate}),
    ]
    if of.aid_limit is not None and of.aid_rate.value:
        within = max(of.aid_limit.value - bill.aid_before, 0)
        steps.append(
            Message(
                "settlements.benefit.limit",
                {**_texts(before=bill.aid_before, within=within, aid=min(aid, within)), "limit": of.aid_limit},
            )
        )
        aid = min(aid, within)
    steps.append(Message("settlements.benefit.left", _texts(left=left - aid)))
    return Split(bill.basic, critical, aid, left - aid, tuple(steps))


def contribution(of: Terms) -> Contribution | Message:
    """Return a person's contribution after 资助参保, or which parameter nobody states."""
    why = lacking(of, "standard", "subsidy")
    if why is not None:
        return why
    assert of.standard is not None and of.subsidy is not None
    own = of.standard.value - of.subsidy.value
    said = {"standard": of.standard, "subsidy": of.subsidy, "own": _yuan(own), "group": groups()[of.group]["zh"]}
    return Contribution(of.subsidy.value, own, (Message("settlements.benefit.contribution", said),))


def split_columns(frame: nw.LazyFrame[Any], of: Mapping[str, Terms], columns: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Add critical, aid and left to rows of bills; null where a row or a parameter does not allow it.

    `of` has the terms of every group that can be computed; other rows stay null. Nothing exceeds 2^53.
    """
    by_spelling = {said: of[name] for said, name in spellings().items() if name in of}

    def parameter(name: str) -> nw.Expr:
        chosen: nw.Expr = nw.lit(None, dtype=nw.Int64)
        for said, terms in by_spelling.items():
            found = getattr(terms, name)
            value = found.value if found is not None else (_NO_LIMIT if name == "aid_limit" else None)
            if value is not None:
                chosen = nw.when(nw.col("psn_idet_type") == said).then(nw.lit(value)).otherwise(chosen)
        return chosen

    before, aided = (
        nw.col(name).fill_null(0) if name in columns else nw.lit(0) for name in ("selfpay_before", "aid_before")
    )
    scope, basic = nw.col("inscp_scp_amt"), nw.col("hifp_pay")
    sound = (scope >= basic) & (basic >= 0) & (before >= 0) & (aided >= 0)
    frame = frame.with_columns(_selfpay=nw.when(sound).then(scope - basic), _deductible=parameter("deductible"))
    reached, earlier = before + nw.col("_selfpay") - nw.col("_deductible"), before - nw.col("_deductible")
    frame = frame.with_columns(_over=_above_zero(reached) - _above_zero(earlier))
    frame = frame.with_columns(critical=_shares(nw.col("_over"), parameter("rate")))
    frame = frame.with_columns(_left=nw.col("_selfpay") - nw.col("critical"))
    frame = frame.with_columns(
        _aid=_shares(nw.col("_left"), parameter("aid_rate")), _within=_above_zero(parameter("aid_limit") - aided)
    )
    frame = frame.with_columns(
        aid=nw.when(nw.col("_aid") > nw.col("_within")).then(nw.col("_within")).otherwise(nw.col("_aid"))
    )
    return frame.with_columns(left=nw.col("_left") - nw.col("aid"))


_NO_LIMIT = 10**13


def _share(amount: int, rate: int) -> int:
    return (amount * rate + _WHOLE // 2) // _WHOLE


def _shares(amount: nw.Expr, rate: nw.Expr) -> nw.Expr:
    return (amount * rate + _WHOLE // 2) // _WHOLE


def _above_zero(amount: nw.Expr) -> nw.Expr:
    return nw.when(amount > 0).then(amount).otherwise(nw.when(~amount.is_null()).then(nw.lit(0)))


def _yuan(fen: int) -> str:
    return f"{spelt(fen, 2, strip=True)}元"


def _texts(**amounts: int) -> dict[str, Any]:
    return {name: _yuan(fen) for name, fen in amounts.items()}
