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
    from jixiao.funds.ledger import AccountItem

AUTHORITY = "caishe-2022-65"


def findings(case: Case) -> Iterator[Finding]:
    """Yield subtotals and items that their parts contradict."""
    for number, row in enumerate(case.ledger.accounts):
        if row.side == "balance":
            continue
        parts = accounts.items(case.ledger, row.scheme, row.side, under=row.item)
        for column in accounts.COLUMNS:
            yield from _column(number, row, parts, column)


def _column(number: int, row: AccountItem, parts: list[AccountItem], column: Column) -> Iterator[Finding]:
    stated = accounts.amount(row, column)
    amounts = [accounts.amount(part, column) for part in parts]
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
