"""资金明细: what an engine counts in a long ledger (counties by month by account), and the tables made of it.

The engine adds whole numbers of 分; divisions are made here. Every table is the same money, so that all of them foot:
one that does not is withheld (`DoesNotFoot`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jixiao.errors import CannotParse, DoesNotFoot
from jixiao.figures.figure import Figure, exactly
from jixiao.findings import Message, Place
from jixiao.funds.accounts import less, rate
from jixiao.funds.ledger import WAN, WHOLE, Notice, Payment
from jixiao.funds.tables import FundTable, Key, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.funds.ledger import Ledger

AMOUNTS = ("allocated", "received", "paid")
KEYS = ("region", "level", "account", "month")
Cents: TypeAlias = tuple[int, ...]


class Sums(NamedTuple):
    """The sums of a long ledger in 分: of all, and by each key it has; which amounts it has; how many lines.

    `negative` counts the lines with a receipt or payment below zero.
    """

    amounts: tuple[str, ...]
    lines: int
    whole: Cents
    by: Mapping[str, Mapping[str, Cents]]
    negative: int = 0


def joined(parts: Mapping[str, Sums], ledger: Ledger | None = None) -> Sums:
    """Return the sums of the files of one ledger; `CannotParse` names the file that lacks a column.

    A region is one whether a file names it by its code or as `ledger` does.
    """
    columns = list(dict.fromkeys(name for sums in parts.values() for name in (*sums.by, *sums.amounts)))
    for file, sums in parts.items():
        lacking = [name for name in columns if name not in (*sums.by, *sums.amounts)]
        if lacking:
            said, remedy = Message("funds.long.lacks", {"columns": lacking}), Message("funds.long.lacks.remedy")
            raise CannotParse(said, remedy=remedy, place=Place(file))
    every = list(parts.values())
    by: dict[str, dict[str, Cents]] = {key: {} for key in every[0].by}
    for sums in every:
        for key, groups in sums.by.items():
            for named, cents in groups.items():
                value = (ledger.code(named) or named) if ledger is not None and key == "region" else named
                met = by[key].get(value)
                by[key][value] = cents if met is None else _plus(met, cents)
    whole = every[0].whole
    for sums in every[1:]:
        whole = _plus(whole, sums.whole)
    return Sums(every[0].amounts, sum(one.lines for one in every), whole, by, sum(one.negative for one in every))


def _plus(one: Cents, other: Cents) -> Cents:
    return tuple(first + second for first, second in zip(one, other, strict=True))


def paid_by_month(ledger: Ledger, sums: Sums) -> Ledger:
    """Return a ledger with the payments of its files by month in place of its own, for 双监控."""
    if "month" not in sums.by or "paid" not in sums.amounts:
        return ledger
    at, allocated = sums.amounts.index("paid"), total(sums, "allocated")
    notices = (Notice(WHOLE, WHOLE, amount=allocated),) if allocated is not None else ()
    payments = [Payment(WHOLE, None, exactly(cents[at], 100, WAN), month) for month, cents in sums.by["month"].items()]
    return replace(ledger, levels=(), notices=notices, allocations=(), receipts=(), payments=tuple(payments))


def tables(sums: Sums, label: Callable[[str], str] = str) -> tuple[FundTable, ...]:
    """Return a table for every key: a row for each of its values, then the whole; `DoesNotFoot` where they differ.

    `label` gives what is printed for a region.
    """
    found = []
    for key, groups in sums.by.items():
        footed = tuple(map(sum, zip(*groups.values(), strict=True))) if groups else tuple(0 for _ in sums.amounts)
        if footed != sums.whole:
            raise DoesNotFoot(Message("funds.long.foot", {"key": key}), remedy=Message("funds.long.foot.remedy"))
        rows = [
            Row((label(value) if key == "region" else value,), _cells(sums.amounts, cents))
            for value, cents in sorted(groups.items())
        ]
        rows.append(Row((WHOLE,), _cells(sums.amounts, sums.whole)))
        found.append(FundTable(f"long_{key}", tuple(rows[-1].cells), tuple(rows)))
    return tuple(found)


def _cells(amounts: tuple[str, ...], cents: Cents) -> dict[Key, Figure | None]:
    figures = {name: exactly(amount, 100, WAN) for name, amount in zip(amounts, cents, strict=True)}
    found: dict[Key, Figure | None] = {(name,): figure for name, figure in figures.items()}
    if "paid" in figures:
        whole = figures.get("allocated") or figures.get("received")
        if whole is not None:
            found["rate",] = rate(figures["paid"], whole)
            found["unspent",] = less(whole, figures["paid"])
    return found


def total(sums: Sums, name: str) -> Figure | None:
    """Return the whole of one amount, None where the ledger has no such column."""
    return exactly(sums.whole[sums.amounts.index(name)], 100, WAN) if name in sums.amounts else None
