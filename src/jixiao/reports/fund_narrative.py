"""基金文字: sentences on income, expenditure, growth and balance, on notices and regions, written from the ledger.

Every figure is quoted from a cell of a fund table. A change says in words which way it went and prints its size; what
did not change, or not by as much as would print, is 持平. Each rate names what it is measured on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Run
from jixiao.evaluation.published import published
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.funds import accounts, regions
from jixiao.funds.check import differ
from jixiao.funds.ledger import WHOLE
from jixiao.reports.prose import Row, joined, quoted

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.funds.ledger import AccountItem, Ledger, Side

_ACCOUNTS, _ITEMS, _EXECUTION = "funds/tables/accounts", "funds/tables/composition", "funds/tables/execution"
_SUFFIX = "基金"


def flow(of: Assessment, side: Side, scheme: str | None = None) -> list[Message]:
    """Return what a scheme (None: all of them) took in or paid out, against last year and the budget."""
    at = f"{_ACCOUNTS}/{scheme or WHOLE}/{side}"
    if _at(of, f"{at}/this_year") is None:
        return []
    said = {"year": quoted(of, "year"), "name": name_of(of, scheme), "this": quoted(of, f"{at}/this_year")}
    return [Message(f"report_fund.flow.{side}", {**said, "compared": _row([*moved(of, at), *completed(of, at)])})]


def moved(of: Assessment, at: str) -> list[Message]:
    """Return which way an amount went since last year, by how much, and how much of last year's amount that is."""
    change, growth = _at(of, f"{at}/change"), _at(of, f"{at}/growth")
    if change is None:
        return []
    if not change.num:
        return [Message("report_fund.unmoved")]
    size = quoted(of, f"{at}/change/size")
    if _prints_nought(size):
        return [Message("report_fund.hardly_moved")]
    way = "rose" if change.num > 0 else "fell"
    rate = quoted(of, f"{at}/growth/size") if growth is not None else None
    if rate is None or _prints_nought(rate):
        return [Message(f"report_fund.{way}", {"size": size})]
    return [Message(f"report_fund.{way}_by", {"size": size, "rate": rate})]


def completed(of: Assessment, at: str) -> list[Message]:
    """Return how much of the yearly budget an amount is; that nothing was budgeted where the budget is nought."""
    budget, execution = _at(of, f"{at}/budget"), _at(of, f"{at}/execution")
    if budget is None:
        return []
    if execution is None:
        return [Message("report_fund.unbudgeted")] if not budget.num else []
    amounts = {"budget": quoted(of, f"{at}/budget"), "execution": quoted(of, f"{at}/execution")}
    return [Message("report_fund.completed", amounts)]


def balance(of: Assessment, scheme: str | None = None) -> list[Message]:
    """Return the surplus or the gap of the year and the rolling balance, against the end of last year."""
    at = f"{_ACCOUNTS}/{scheme or WHOLE}/balance"
    surplus, rolling, before = (_at(of, f"{at}/{name}") for name in ("surplus", "this_year", "last_year"))
    said = []
    if surplus is not None:
        way = "gap" if surplus.num < 0 else "surplus" if surplus.num else "even"
        said.append(Message(f"report_fund.{way}", {"size": quoted(of, f"{at}/surplus/size")}))
    if rolling is not None:
        way = "rolling" if rolling.num >= 0 else "rolling_gap"
        said.append(Message(f"report_fund.{way}", {"size": quoted(of, f"{at}/this_year/size")}))
    if rolling is not None and before is not None:
        said.append(Message("report_fund.rolled", {"before": quoted(of, f"{at}/last_year")}))
    return [Message("report_fund.balance", {"parts": joined(said, "，")})] if said else []


def made_of(of: Assessment, side: Side, scheme: str) -> list[Message]:
    """Return what an income or expenditure consists of, each item with its share, its own parts in brackets.

    Items that do not add up to it are not said to be all of it.
    """
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    items = accounts.items(ledger, scheme, side)
    parts = [_part(of, ledger, item) for item in items if _stands(ledger, item)]
    whole = accounts.subtotal(ledger, side, "this_year", scheme)
    amounts = [amount for item in items for amount in accounts.typed(ledger, item, "this_year")]
    all_of_it = len(parts) == len(items) and not differ(whole, amounts)
    told = f"report_fund.{'made_of' if all_of_it else 'among'}.{side}"
    return [Message(told, {"parts": joined(parts, "；")})] if parts else []


def items_moved(of: Assessment, side: Side, scheme: str) -> list[Message]:
    """Return the items of a side, each with its parts, of which the budget or last year's amount is known."""
    ledger = of.evaluation.funds.ledger
    assert ledger is not None
    told = []
    items = accounts.items(ledger, scheme, side)
    for item in [one for above in items for one in (above, *accounts.items(ledger, scheme, side, above.item))]:
        at = f"{_ITEMS}/{scheme}/{side}/{item.item}"
        compared = [*moved(of, at), *completed(of, at)] if _stands(ledger, item) else []
        if compared:
            said = {"name": item.item, "this": quoted(of, f"{at}/this_year"), "compared": _row(compared)}
            told.append(Message("report_fund.item", said))
    return [Message("report_fund.items", {"items": joined(told, "。")})] if told else []


def notices(of: Assessment, *, passed_on: bool = False) -> list[Message]:
    """Return the notices that brought the money, or those by which it was passed on, in their order.

    Money that nobody above allocated is brought by the notice that divides it here.
    """
    ledger = of.evaluation.funds.ledger
    lines = ledger.notices if ledger is not None else ()
    given = {line.notice for line in ledger.allocations} if ledger is not None else set()
    said = []
    for at, notice in enumerate(lines):
        onward = notice.passes_on is not None or notice.number in given
        if isinstance(notice.amount, Figure) and onward == passed_on:
            day_of = day(notice.date) if notice.date else None
            on = (
                Message("report_fund.notice.on", {"date": str(day_of)})
                if day_of
                else Message("report_fund.notice.undated")
            )
            args = {"number": notice.number, "issuer": notice.issuer or "", "level": notice.level, "on": on}
            kind = "passed_on" if passed_on else "issued"
            amount = quoted(of, f"funds/ledger/notices/{at}/amount")
            said.append(Message(f"report_fund.notice.{kind}", {**args, "amount": amount}))
    return [Message("report_fund.notices", {"parts": joined(said)})] if said else []


def regions_executed(of: Assessment) -> list[Message]:
    """Return how many regions executed all of their budget, and what the others left, by 执行数 ÷ 预算数."""
    ledger = of.evaluation.funds.ledger
    codes = regions.listed(ledger) if ledger is not None and ledger.payments else []
    names = [regions.label(ledger, code, of.evaluation.year) for code in codes] if ledger is not None else []
    full, short, idle = [], [], []
    for name in names:
        rate, at = _at(of, f"{_EXECUTION}/{name}/{WHOLE}/rate"), f"{_EXECUTION}/{name}/{WHOLE}"
        if rate is None:
            idle.append(Message("report_fund.region.name", {"name": name}))
        elif rate.num >= rate.den:
            full.append(name)
        else:
            args = {part: quoted(of, f"{at}/{part}") for part in ("budget", "executed", "rate", "unspent")}
            short.append(Message("report_fund.region.short", {**args, "name": name}))
    if not names:
        return []
    said = [Message("report_fund.regions", {"count": str(len(names)), "full": str(len(full))})]
    said += [Message("report_fund.regions.short", {"parts": joined(short)})] if short else []
    return [*said, *([Message("report_fund.regions.idle", {"names": idle})] if idle else [])]


def name_of(of: Assessment, scheme: str | None = None) -> str:
    """Return what a scheme's fund is called, or all of them together: a single one by its own name."""
    ledger = of.evaluation.funds.ledger
    names = accounts.schemes(ledger) if ledger is not None else []
    if scheme is None and len(names) != 1:
        return Message("report_fund.all", {"count": str(len(names))}).text("zh")
    name = scheme or names[0]
    return name if name.endswith((_SUFFIX, f"{_SUFFIX}）")) else f"{name}{_SUFFIX}"


def _part(of: Assessment, ledger: Ledger, item: AccountItem) -> Message:
    at = f"{_ITEMS}/{item.scheme}/{item.side}"
    args = {"name": item.item, "amount": quoted(of, f"{at}/{item.item}/this_year")}
    below = [
        Message("report_fund.part.plain", {"name": one.item, "amount": quoted(of, f"{at}/{one.item}/this_year")})
        for one in accounts.items(ledger, item.scheme, item.side, item.item)
        if _stands(ledger, one)
    ]
    told = "report_fund.part.plain"
    if _at(of, f"{at}/{item.item}/share") is not None:
        told, args = "report_fund.part.shared", {**args, "share": quoted(of, f"{at}/{item.item}/share")}
    return (
        Message("report_fund.part.of_which", {"part": Message(told, args), "parts": below})
        if below
        else Message(told, args)
    )


def _stands(ledger: Ledger, item: AccountItem) -> bool:
    return accounts.known(ledger, item, "this_year") is not None


def _at(of: Assessment, path: str) -> Figure | None:
    """Return the figure of a cell, None where there is no such table or nothing stands."""
    try:
        value = published(of, path)
    except KeyError:
        return None
    return value if isinstance(value, Figure) else None


def _prints_nought(run: Run) -> bool:
    return not any(digit in "123456789" for digit in run.text)


def _row(parts: list[Message]) -> Row:
    return Row(tuple(parts), "")
