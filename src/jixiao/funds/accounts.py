"""基金收支余: the account of a fund by scheme: income, expenditure and balance against budget and last year.

A subtotal is what its row states, else the sum of its items, and an item the sum of its parts (其中) where nothing else
is stated; that both agree is for a check to say.

    当期结余 = 收入 − 支出        增幅 = (本年 − 上年) ÷ 上年        执行预算 = 本年 ÷ 预算
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from jixiao.figures.figure import Figure, exactly, ratio
from jixiao.figures.units import PERCENT
from jixiao.funds.ledger import added

if TYPE_CHECKING:
    from jixiao.funds.ledger import AccountItem, Amount, Ledger, Side

Column = Literal["budget", "this_year", "last_year"]
COLUMNS: tuple[Column, ...] = ("budget", "this_year", "last_year")
SIDES: tuple[Side, ...] = ("income", "expenditure", "balance")


def schemes(ledger: Ledger) -> list[str]:
    """Return the schemes (险种) in the order of their first rows."""
    return list(dict.fromkeys(item.scheme for item in ledger.accounts))


def items(ledger: Ledger, scheme: str, side: str, under: str | None = None) -> list[AccountItem]:
    """Return the items of one side, or the parts (其中) of one of its items."""
    return [
        item
        for item in ledger.accounts
        if item.scheme == scheme and item.side == side and item.item is not None and item.under == under
    ]


def stated(ledger: Ledger, scheme: str, side: str, column: Column) -> Amount:
    """Return the subtotal that a row without an item states."""
    rows = [item for item in ledger.accounts if (item.scheme, item.side, item.item) == (scheme, side, None)]
    return amount(rows[0], column) if rows else None


def amount(item: AccountItem, column: Column) -> Amount:
    """Return one amount of a row."""
    return {"budget": item.budget, "this_year": item.this_year, "last_year": item.last_year}[column]


def known(ledger: Ledger, item: AccountItem, column: Column) -> Figure | None:
    """Return an item's amount: what its row states, else the sum of its parts; None where one of them is not known."""
    return added(typed(ledger, item, column))


def typed(ledger: Ledger, item: AccountItem, column: Column, above: tuple[str | None, ...] = ()) -> list[Amount]:
    """Return the amounts that make up an item: its own where its row states one, else those of its parts (其中)."""
    own = amount(item, column)
    if own is not None or item.item is None:
        return [own]
    parts = [] if item.item in above else items(ledger, item.scheme, item.side, item.item)
    below = (*above, item.item)
    return [one for part in parts for one in typed(ledger, part, column, below)] or [None]


def common(ledger: Ledger, side: str) -> list[str]:
    """Return the items that more than one scheme has on a side, in the order of their first rows."""
    met: dict[str, set[str]] = {}
    for row in ledger.accounts:
        if row.side == side and row.item is not None:
            met.setdefault(row.item, set()).add(row.scheme)
    return [item for item, of in met.items() if len(of) > 1]


def over_schemes(ledger: Ledger, side: str, item: str, column: Column) -> Figure | None:
    """Return an item summed over all schemes that have it; None where one of them is not known."""
    return added(known(ledger, row, column) for row in ledger.accounts if (row.side, row.item) == (side, item))


def subtotal(ledger: Ledger, side: str, column: Column, scheme: str | None = None) -> Figure | None:
    """Return the subtotal of a side for a scheme, or over all schemes; None where a part of it is not known."""
    if scheme is None:
        parts = [subtotal(ledger, side, column, one) for one in schemes(ledger)]
        return added(parts) if parts else None
    own = stated(ledger, scheme, side, column)
    if own is not None:
        return own if isinstance(own, Figure) else None
    parts_of = items(ledger, scheme, side)
    return added(known(ledger, item, column) for item in parts_of) if parts_of else None


def surplus(ledger: Ledger, column: Column, scheme: str | None = None) -> Figure | None:
    """Return income less expenditure (当期结余)."""
    return less(subtotal(ledger, "income", column, scheme), subtotal(ledger, "expenditure", column, scheme))


def less(one: Figure | None, other: Figure | None) -> Figure | None:
    """Return the exact difference of two amounts of one base, None where one is missing."""
    if one is None or other is None or one.unit.base != other.unit.base:
        return None
    return exactly(one.num * other.den - other.num * one.den, one.den * other.den, one.unit)


def growth(this: Figure | None, last: Figure | None) -> Figure | None:
    """Return (this − last) ÷ last, signed; None where there is no last year or it was nought."""
    change = less(this, last)
    return None if change is None or last is None else ratio(change, last, PERCENT)


def rate(part: Figure | None, whole: Figure | None) -> Figure | None:
    """Return part ÷ whole in percent; None where one is missing or the whole is nought: 0/0 has no rate."""
    if part is None or whole is None or part.unit.base != whole.unit.base:
        return None
    return ratio(part, whole, PERCENT)
