"""人均补助: subsidies by head: prepaid on expected heads, settled on actual heads, the difference deducted next year.

    prepaid = expected heads × standard × share        due = actual heads × standard × share
    deduction = what was prepaid too much + what came late

Source: 财社〔2022〕1号 (先预拨后清算); the standards stand in `subsidies.yaml` with their sources and marks.

>>> head = standard(2023, "first")
>>> head is not None and (str(head.central), str(head.local), head.mark)
('512元/人', '128元/人', 'confirmed')
>>> str(implied_heads(figure("42433万元"), figure("512元/人")).published(0))
'828770人'
"""

from __future__ import annotations

from typing import NamedTuple

from jixiao import library
from jixiao.figures import exact
from jixiao.figures.figure import Figure, Interval, exactly, figure, ratio, total
from jixiao.figures.units import PERCENT, Unit
from jixiao.findings import Finding, Message
from jixiao.funds.accounts import less
from jixiao.funds.ledger import WAN

_HEADS = Unit("人", "人")
_PER_HEAD = Unit("元/人", "元/人")


class Standard(NamedTuple):
    """The subsidy for one head in a year: in all, the centre's part, the rest; its source and mark."""

    year: int
    whole: Figure
    central: Figure
    local: Figure
    authority: str
    mark: str


class Settlement(NamedTuple):
    """A year's settlement: prepaid, due, what is too much (signed), what is deducted next year; None: not known yet."""

    prepaid: Figure | None
    due: Figure | None
    over: Figure | None
    deduction: Figure | None
    steps: tuple[Message, ...]


def standard(year: int, tier: str = "first") -> Standard | None:
    """Return the per-head subsidy of a year for a tier of provinces; None for a year or tier that is not known."""
    data = library.read("funds/subsidies.yaml")
    row = next((row for row in data["standard"] if row["year"] == str(year)), None)
    share = data["central"].get(tier)
    if row is None or share is None:
        return None
    whole, part = figure(row["amount"]), figure(share["share"])
    central = exactly(whole.num * part.num, whole.den * part.den, _PER_HEAD)
    local = exactly(whole.num * central.den - central.num * whole.den, whole.den * central.den, _PER_HEAD)
    mark = "unconfirmed" if "unconfirmed" in (row["mark"], share["mark"]) else row["mark"]
    return Standard(year, whole, central, local, row["authority"], mark)


def prepaid(heads: Figure, per_head: Figure) -> Figure:
    """Return heads × 元/人 as an amount of money; 人 and 元/人 are asked for, whatever their scale."""
    assert heads.unit.base == "人" and per_head.unit.base == "元/人", f"{heads} × {per_head}"
    return exactly(heads.num * per_head.num, heads.den * per_head.den, WAN)


def implied_heads(amount: Figure, per_head: Figure) -> Figure:
    """Return how many heads an amount stands for: amount ÷ 元/人."""
    assert per_head.num > 0, f"{per_head} a head"
    return exactly(amount.num * per_head.den, amount.den * per_head.num, _HEADS)


def settled(
    expected: Figure | None,
    actual: Figure | None,
    per_head: Figure,
    *,
    given: Figure | None = None,
    late: Figure | None = None,
) -> Settlement:
    """Return the settlement of a year: prepaid on the expected heads, due for the actual ones.

    `given` is what was really prepaid, in place of the heads' amount; `late` the money that came after the year's end,
    deducted too. What is too little is made up next year, and nothing is deducted for it.
    """
    steps = []
    paid = exactly(given.num, given.den, WAN) if given is not None else None
    if given is not None:
        steps.append(Message("funds.subsidy.given", {"amount": given.text()}))
    elif expected is not None:
        paid = prepaid(expected, per_head)
        steps.append(_step("prepaid", heads=expected.text(), per_head=per_head, amount=paid))
    due = prepaid(actual, per_head) if actual is not None else None
    over = less(paid, due)
    if due is not None and actual is not None:
        steps.append(_step("due", heads=actual.text(), per_head=per_head, amount=due))
    if over is None:
        return Settlement(paid, due, None, None, tuple(steps))
    kind = "over" if over.num > 0 else "under" if over.num else "even"
    steps.append(_step(kind, gap=exactly(abs(over.num), over.den, WAN)))
    deduction = total([over if over.num > 0 else exactly(0, 1, WAN), *([late] if late is not None else [])])
    if late is not None and late.num:
        steps.append(_step("late", late=late.text(), amount=deduction))
    return Settlement(paid, due, over, deduction, tuple(steps))


def span(heads: Figure, per_head: Figure) -> Interval:
    """Return all amounts of money that heads stand for as they are printed (82.88万人)."""
    told = heads.interval()
    low, high = (exact.reduced(num * per_head.num, den * per_head.den) for num, den in (told.low, told.high))
    return told._replace(low=low, high=high)


def findings(
    amount: Figure,
    per_head: Figure,
    insured: Figure,
    *,
    prepayment: bool,
    heads: Figure | None = None,
    paths: tuple[str, ...] = (),
) -> list[Finding]:
    """Return a finding where an amount stands for more heads than are insured, however either was rounded.

    A prepayment is settled later: a warning; a final amount is an error (多报参保人数). `heads` are those that the
    amount was computed from, if it was.
    """
    implied = implied_heads(amount, per_head)
    meant = span(heads, per_head) if heads is not None else amount.interval()
    gap = less(implied, insured)
    if gap is None or gap.num <= 0 or meant.meets(span(insured, per_head)):
        return []
    excess = ratio(gap, insured, PERCENT)
    args = {"amount": amount.text(), "per_head": per_head, "heads": implied.published(0), "insured": insured.text(),
            "gap": gap.published(0), "excess": excess.published(2) if excess is not None else "—"}  # fmt: skip
    return [
        Finding("funds_implied_heads", "warning" if prepayment else "error", Message("funds.subsidy.implied", args),
                Message("funds.subsidy.implied.remedy"), paths, printed=str(implied.published(0)),
                expected=f"≤{insured.text()}", authority="caishe-2022-1#prepaid")
    ]  # fmt: skip


def _step(name: str, **args: object) -> Message:
    return Message(f"funds.subsidy.{name}", args)
