"""金额写法: amounts in one unit within a column, in plain digits, and not finer than a cent (分).

A figure like 0.30000000000000004 comes from binary floating point; full-width digits come from another program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.figures.figure import Figure
from jixiao.funds.check import found
from jixiao.funds.control import BOOKS, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"
_COLUMNS = {
    "notices": ("amount",), "allocations": ("amount",), "receipts": ("amount",), "payments": ("amount",),
    "totals": ("amount",), "pools": ("amount",),
    "heads": ("prepaid", "due", "late"), "accounts": ("budget", "this_year", "last_year"),
    "movements": ("amount",), "equalisation": SHARED, "reconciliations": BOOKS,
}  # fmt: skip


def findings(case: Case) -> Iterator[Finding]:
    """Yield amounts that are no money, are written oddly, and columns that mix units."""
    for table, columns in _COLUMNS.items():
        for column in columns:
            cells = [
                (f"{table}/{number}/{column}", amount)
                for number, record in enumerate(getattr(case.ledger, table))
                if isinstance(amount := getattr(record, column), Figure)
            ]
            yield from _mixed(cells)
            for at, amount in cells:
                yield from _spelt(at, amount)


def _mixed(cells: list[tuple[str, Figure]]) -> Iterator[Finding]:
    """Yield the first amount whose unit is another than that of the first in its column."""
    units = list(dict.fromkeys(amount.unit.name for _, amount in cells if amount.unit.base == "元"))
    if len(units) > 1:
        at = next(at for at, amount in cells if amount.unit.name == units[1])
        yield found("notation", "warning", [at], what="notation.mixed", authority=AUTHORITY, units=units)


def _spelt(at: str, amount: Figure) -> Iterator[Finding]:
    args: dict[str, Any] = {"printed": str(amount), "authority": AUTHORITY, "spelt": str(amount)}
    if amount.unit.base != "元":
        yield found("notation", "error", [at], what="notation.no_money", **args)
    elif (amount.num * 100) % amount.den:
        yield found("notation", "error", [at], what="notation.finer_than_cent", **args)
    elif amount.spelt is not None and any("０" <= mark <= "９" for mark in amount.spelt):
        yield found("notation", "warning", [at], what="notation.full_width", **args)
