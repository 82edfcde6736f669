"""分账核算: every scheme has accounts of its own, an account is one scheme's, and no money goes from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds import accounts
from jixiao.funds.check import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "caishe-2017-144#separate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield accounts that stand there twice or serve two schemes, money between schemes, schemes without an account."""
    ledger = case.ledger
    owner: dict[str, str | None] = {}
    for number, account in enumerate(ledger.bank_accounts):
        if account.name in owner:
            yield found("account_separation", "error", [f"bank_accounts/{number}"], what="account_separation.twice",
                        printed=account.name, authority=AUTHORITY, name=account.name)  # fmt: skip
        owner.setdefault(account.name, account.scheme)
    for number, move in enumerate(ledger.movements):
        one, other = owner.get(move.out_of or ""), owner.get(move.into or "")
        if one is not None and other is not None and one != other:
            yield found("account_separation", "error", [f"movements/{number}"], authority=AUTHORITY, one=one,
                        other=other, out_of=move.out_of, into=move.into)  # fmt: skip
    kept = {account.scheme for account in ledger.bank_accounts if account.kind == "special_account"}
    for scheme in accounts.schemes(ledger) if owner else ():
        if scheme not in kept:
            yield found("account_separation", "warning", ["bank_accounts"], what="account_separation.none",
                        authority=AUTHORITY, scheme=scheme)  # fmt: skip
