"""资金台账的含义: the ledger's flat tables, from their checked shapes to the Ledger and back.

Amounts take the unit of the funds. Every table is a list of records; a record's fields are texts, but for the amounts.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from jixiao.figures.notation import figure
from jixiao.funds import control
from jixiao.funds import ledger as parts
from jixiao.funds.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jixiao.figures.units import Unit
    from jixiao.formats.bundle_ledger_schema import LedgerShape
    from jixiao.funds.ledger import Amount

RECORDS: dict[str, type[Any]] = {
    "levels": parts.MoneyLevel, "regions": parts.LedgerRegion, "notices": parts.Notice,
    "allocations": parts.Allocation, "receipts": parts.Receipt, "payments": parts.Payment, "totals": parts.Total,
    "accounts": parts.AccountItem, "files": parts.LedgerFile, "quantities": parts.Quantity,
    "programmes": parts.Programme, "completions": parts.Completion,
    "pools": parts.Pool, "factors": parts.NeedFactor, "needs": parts.Need, "coefficients": parts.Coefficient,
    "subsidies": parts.Subsidy, "heads": parts.Heads, "duties": control.Duty,
    "equalisation": control.Equalisation, "approvals": control.Approval, "bank_accounts": control.BankAccount,
    "movements": control.Movement, "reconciliations": control.Reconciliation, "filings": control.Filing,
    "limits": control.Limit,
}  # fmt: skip
STARTED = {  # the tables that a bundle of a kind shows before anything stands in them
    "fund": ("accounts",),
    "transfer": ("levels", "regions", "notices", "allocations", "receipts", "payments"),
}
AMOUNTS = (
    "amount", "budget", "this_year", "last_year", "prepaid", "due", "late", *control.BOOKS, *control.SHARED,
)  # fmt: skip


def decoded(shape: LedgerShape, measure: Unit) -> Ledger | None:
    """Return the ledger that a shape means, None where it says nothing; an amount that cannot be read is `Unread`."""
    tables = {
        name: tuple(
            record(**{key: _meant(key, text, measure) for key, text in row.model_dump().items()})
            for row in getattr(shape, name)
            if row.model_dump(exclude_unset=True)
        )
        for name, record in RECORDS.items()
    }
    return Ledger(**tables) if any(tables.values()) else None


def _meant(key: str, text: str | None, measure: Unit) -> Any:
    return figure(text, expected=measure) if key in AMOUNTS and text is not None else text


def encoded(ledger: Ledger | None, spelt: Callable[[Amount], str | None]) -> dict[str, list[dict[str, str]]]:
    """Return the tables of a ledger as texts; `spelt` says how an amount is written."""
    if ledger is None:
        return {}
    found = {}
    for name in RECORDS:
        rows = []
        for record in getattr(ledger, name):
            told = {spec.name: getattr(record, spec.name) for spec in fields(record)}
            texts = {key: spelt(value) if key in AMOUNTS else value for key, value in told.items()}
            rows.append({key: text for key, text in texts.items() if text not in (None, "")})
        if rows:
            found[name] = rows
    return found


def blank(kind: str) -> dict[str, list[dict[str, str]]]:
    """Return the tables that a new bundle of a kind begins with, one empty record in each."""
    return {
        name: [dict.fromkeys((spec.name for spec in fields(RECORDS[name]) if spec.name != "document"), "")]
        for name in STARTED.get(kind, ())
    }


def amounts(ledger: Ledger | None) -> Iterator[Amount]:
    """Yield every amount that a ledger holds, in the order of its tables."""
    for name in RECORDS if ledger is not None else ():
        for record in getattr(ledger, name):
            for key in AMOUNTS:
                if hasattr(record, key):
                    yield getattr(record, key)
