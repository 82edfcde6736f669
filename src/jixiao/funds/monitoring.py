"""双监控: execution and completion month by month, how far each is from the calendar, and where the year will end.

    due = month ÷ 12        gap = rate − due        forecast = cumulated ÷ month × 12 (even), or
    cumulated + (12 − month) × the mean of the last three months (recent)

The method that would have told the past months better is taken; its error on them is told with it.

Source: 财预〔2019〕136号 (待核); the forecasts are ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from jixiao.figures import notation
from jixiao.figures.figure import Figure, compared, exactly, figure, total
from jixiao.figures.units import PERCENT
from jixiao.funds.accounts import less, rate
from jixiao.funds.dated import rules
from jixiao.funds.ledger import added
from jixiao.funds.tables import FundTable, Key, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.funds.ledger import Ledger

Method = Literal["even", "recent"]
METHODS: tuple[Method, ...] = ("even", "recent")
_MONTH = re.compile(r"(?:(?P<year>(?:19|20)\d\d)\s*(?:年|[-./]))?\s*(?P<month>1[0-2]|0?[1-9])\s*月?")


class Month(NamedTuple):
    """One month: what was paid in it, cumulated, its share of the budget, the part of the year passed, the gap."""

    month: int
    paid: Figure
    cumulated: Figure
    rate: Figure | None
    due: Figure
    gap: Figure | None


class Forecast(NamedTuple):
    """What will have been paid by the year's end, its rate, the method, and its mean error on the past months.

    An error is |foretold − paid| ÷ paid of the cumulated sum one month ahead; None with fewer than two months.
    """

    paid: Figure
    rate: Figure | None
    method: Method
    error: Figure | None


class Pace(NamedTuple):
    """Execution and the completion of one indicator at the end of a month, and how far apart they are."""

    month: int
    execution: Figure | None
    completion: Figure | None
    apart: Figure | None


class Alert(NamedTuple):
    """A month in which a line was crossed: `behind` the calendar, or execution and completion `apart`."""

    month: int
    kind: Literal["behind", "apart"]
    by: Figure
    line: Figure
    authority: str


def month_of(text: str | None, year: int) -> int | None:
    """Return the month (1 to 12) of the evaluated year that a text names, None for any other.

    >>> month_of("2024-03", 2024), month_of("3月", 2024), month_of("2023年3月", 2024), month_of("13", 2024)
    (3, 3, None, None)
    """
    match = _MONTH.fullmatch(text.strip()) if text else None
    if match is None or (match["year"] is not None and int(match["year"]) != year):
        return None
    return int(match["month"])


def progress(ledger: Ledger, year: int, level: str | None = None) -> list[Month]:
    """Return the months from January to the last one with a payment; none where no payment names its month."""
    parts: dict[int, list[Figure | None]] = {}
    for line in ledger.payments:
        month = month_of(line.month, year)
        if month is not None and (level is None or line.level == level):
            parts.setdefault(month, []).append(line.amount if isinstance(line.amount, Figure) else None)
    budget = ledger.budget(level) if level is not None else added(ledger.budget(name) for name in ledger.level_names())
    return _cumulated([added(parts.get(month, ())) for month in range(1, max(parts, default=0) + 1)], budget)


def _cumulated(paid: Sequence[Figure | None], budget: Figure | None) -> list[Month]:
    """Return the months up to the first that is not known."""
    found: list[Month] = []
    so_far: list[Figure] = []
    for month, amount in enumerate(paid, start=1):
        if amount is None:
            break
        so_far.append(amount)
        summed = total(so_far)
        reached, due = rate(summed, budget), exactly(month, 12, PERCENT)
        found.append(Month(month, amount, summed, reached, due, less(reached, due)))
    return found


def forecast(months: Sequence[Month], budget: Figure | None = None) -> Forecast | None:
    """Return where the year will end by the method that told its past months best, None without months."""
    if not months:
        return None
    errors = {method: _error(months, method) for method in METHODS}
    best: Method = "even"
    one, other = errors["even"], errors["recent"]
    if one is not None and other is not None and compared(other, one) == -1:
        best = "recent"
    paid = foretold(months, 12, best)
    return Forecast(paid, rate(paid, budget), best, errors[best])


def foretold(months: Sequence[Month], until: int, method: Method) -> Figure:
    """Return the cumulated payments at the end of a later month, as a method foretells them."""
    last = months[-1]
    if method == "even":
        return exactly(last.cumulated.num * until, last.cumulated.den * last.month, last.cumulated.unit)
    recent = [month.paid for month in months[-3:]]
    ahead = total(recent)
    grown = exactly(ahead.num * (until - last.month), ahead.den * len(recent), ahead.unit)
    return total([last.cumulated, grown])


def _error(months: Sequence[Month], method: Method) -> Figure | None:
    """Return the mean relative error of a method, one month ahead, over the months that are past."""
    errors = []
    for known in range(1, len(months)):
        paid = months[known].cumulated
        missed = less(foretold(months[:known], known + 1, method), paid)
        if missed is not None and paid.num:
            errors.append(exactly(abs(missed.num * paid.den), abs(missed.den * paid.num), PERCENT))
    if not errors:
        return None
    summed = total(errors)
    return exactly(summed.num, summed.den * len(errors), PERCENT)


def paces(months: Sequence[Month], completions: Mapping[int, Figure]) -> list[Pace]:
    """Return execution beside completion for every month that either tells."""
    by_month = {month.month: month.rate for month in months}
    found = []
    for month in sorted({*by_month, *completions}):
        done, paid = completions.get(month), by_month.get(month)
        found.append(Pace(month, paid, done, less(paid, done)))
    return found


def table(months: Sequence[Month], completed: Mapping[str, Sequence[Pace]]) -> FundTable | None:
    """Return 双监控 month by month: paid, cumulated, rate, schedule, gap, and the completion of every indicator."""
    if not months:
        return None
    columns: list[Key] = [("paid",), ("cumulated",), ("rate",), ("schedule",), ("gap",)]
    columns += [(code, "completion") for code in completed]
    done = {code: {one.month: one.completion for one in pace} for code, pace in completed.items()}
    rows = []
    for one in months:
        told = (one.paid, one.cumulated, one.rate, one.due, one.gap, *(of.get(one.month) for of in done.values()))
        rows.append(Row((str(one.month),), dict(zip(columns, told, strict=True))))
    return FundTable("monitoring", tuple(columns), tuple(rows))


def alerts(months: Sequence[Month], pace: Sequence[Pace], year: int) -> list[Alert]:
    """Return the lines crossed in a year, each with the line and its authority (待核 where it is not confirmed)."""
    found = []
    for rule in rules("schedule", year):
        line = figure(rule["behind"])
        for month in months:
            lag = less(month.due, month.rate)
            if lag is not None and month.month < 12 and compared(lag, line) == 1:
                found.append(Alert(month.month, "behind", lag, line, rule["authority"]))
    for rule in rules("apart", year):
        line = figure(rule["points"])
        for one in pace:
            if one.apart is not None:
                apart = exactly(abs(one.apart.num), one.apart.den, PERCENT)
                if compared(apart, line) == 1:
                    found.append(Alert(one.month, "apart", apart, line, rule["authority"]))
    return found


def points(gap: Figure) -> str:
    """Return the gap between two rates in percentage points, as it prints.

    >>> points(figure("23.333%"))
    '23.33'
    """
    return str(gap.published(2)).removesuffix("%")


def completions(ledger: Ledger, year: int, indicator: str, target: Figure) -> dict[int, Figure]:
    """Return the completion of an indicator by month: what it had reached ÷ its target, where that is a figure."""
    found = {}
    for line in ledger.completions:
        month = month_of(line.month, year)
        reached = notation.figure(line.actual or "", expected=target.unit) if line.indicator == indicator else None
        done = rate(reached, target) if isinstance(reached, Figure) else None
        if month is not None and done is not None:
            found[month] = done
    return found
