"""收支小计与分项: a subtotal is the sum of its items, an item the sum of its parts (其中); parts alone stay below it.

Where some items of a column are not told (其中 lists only the larger ones) their sum may not exceed the subtotal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, compared
from jixiao.funds import accounts
from jixiao.funds.accounts import less
from jixiao.funds.check import differ, found
from jixiao.funds.ledger import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.accounts import Column
    from jixiao.funds.check import Case
    from jixiao.funds.ledger import AccountItem, Ledger

AUTHORITY = "caishe-2022-65"


def findings(case: Case) -> Iterator[Finding]:
    """Yield subtotals and items that their parts contradict, and parts of an item that is not there."""
    for number, row in enumerate(case.ledger.accounts):
        if row.under is not None and not _stands(case.ledger, row):
            yield found("account_subtotals", "error", [f"accounts/{number}/under"], what="account_subtotals.under",
                        printed=row.under, authority=AUTHORITY, scheme=row.scheme, item=row.item or "—",
                        under=row.under)  # fmt: skip
        if row.side == "balance":
            continue
        parts = accounts.items(case.ledger, row.scheme, row.side, under=row.item)
        for column in accounts.COLUMNS:
            yield from _column(case.ledger, number, row, parts, column)


def _stands(ledger: Ledger, part: AccountItem) -> bool:
    """Return whether the item that a part names is there, above it and not below."""
    above = {row.item: row.under for row in ledger.accounts if (row.scheme, row.side) == (part.scheme, part.side)}
    met, name = [part.item], part.under
    while name is not None and name in above and name not in met:
        met.append(name)
        name = above[name]
    return name is None


def _column(
    ledger: Ledger, number: int, row: AccountItem, parts: list[AccountItem], column: Column
) -> Iterator[Finding]:
    stated = accounts.amount(row, column)
    amounts = [amount for part in parts for amount in accounts.typed(ledger, part, column)]
    told = [amount for amount in amounts if amount is not None]
    summed = added(told)
    if not isinstance(stated, Figure) or not told or summed is None or not differ(stated, told):
        return
    if len(told) < len(amounts) and compared(summed, stated) == -1:
        return
    shown = summed.in_unit(stated.unit)
    yield found(
        "account_subtotals", "error", [f"accounts/{number}/{column}"], printed=str(stated), expected=str(shown),
        authority=AUTHORITY, scheme=row.scheme, stated=stated, sum=shown, gap=less(stated, shown),
        item=row.item or "小计",
    )  # fmt: skip
