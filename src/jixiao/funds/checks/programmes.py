"""资金项目: a programme that dated rules are switched by is one that they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds.check import found
from jixiao.funds.dated import programmes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.findings import Finding
    from jixiao.funds.check import Case

AUTHORITY = "budget-law#accurate"


def findings(case: Case) -> Iterator[Finding]:
    """Yield programmes that no rule knows: their rules would be left out in silence."""
    for number, programme in enumerate(case.ledger.programmes):
        if programme.name not in programmes():
            known = [f"{name} {entry['zh']}" for name, entry in programmes().items()]
            yield found("programmes", "error", [f"programmes/{number}"], printed=programme.name, authority=AUTHORITY,
                        name=programme.name, known=known)  # fmt: skip
