"""资金路径: money goes only between the accounts that are on the list, along the paths that 收支两条线 allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure
from jixiao.findings import Message
from jixiao.funds.check import found
from jixiao.funds.dated import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#two-lines"
_LINES = {
    "receipts": ("special_account", "income", "treasury"),
    "payments": ("expenditure", "special_account", "treasury"),
}


def findings(case: Case) -> Iterator[Finding]:
    """Yield movements by accounts that nobody knows or by a path that is not allowed, and odd accounts of lines."""
    ledger = case.ledger
    kinds = {account.name: account.kind for account in ledger.bank_accounts}
    for number, move in enumerate(ledger.movements):
        at = f"movements/{number}"
        for end in ("out_of", "into"):
            if getattr(move, end) not in kinds:
                name = getattr(move, end)
                yield found("account_paths", "error", [f"{at}/{end}"], what="account_paths.unknown", printed=name,
                            authority=AUTHORITY, name=name or "—", known=list(kinds) or ["—"])  # fmt: skip
        path = [kinds.get(move.out_of or ""), kinds.get(move.into or "")]
        for rule in rules("account_paths", case.year) if None not in path else ():
            if path not in rule["paths"]:
                yield found("account_paths", "error", [at], authority=rule["authority"], out_of=move.out_of,
                            into=move.into, one=_kind(path[0]), other=_kind(path[1]),
                            amount=_amount(move.amount))  # fmt: skip
    for table, allowed in _LINES.items():
        for number, line in enumerate(getattr(ledger, table) if kinds else ()):
            kind = kinds.get(line.account or "")
            if line.account is not None and kind is not None and kind not in allowed:
                yield found("account_paths", "error", [f"{table}/{number}/account"], what=f"account_paths.{table}",
                            printed=line.account, authority=AUTHORITY, name=line.account, kind=_kind(kind))  # fmt: skip


def _kind(kind: str | None) -> Message:
    return Message(f"funds.account.{kind}")


def _amount(amount: object) -> object:
    return amount if isinstance(amount, Figure) else "—"
