"""资金地区: what tables call the regions of a ledger, and the order they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.funds.ledger import KINDS
from jixiao.regions import short_name

if TYPE_CHECKING:
    from jixiao.funds.ledger import Ledger


def label(ledger: Ledger, region: str | None, year: int) -> str:
    """Return what a table prints for a region of the ledger: its own name, the packaged one, else what was typed."""
    code = ledger.code(region)
    own = next((known.name for known in ledger.regions if known.code == code), None)
    return own or (short_name(code, year) if code else None) or region or ""


def listed(ledger: Ledger) -> list[str]:
    """Return the codes of the regions in their order: those declared, those without money too, then any others."""
    used = [line.region for kind in KINDS for line in ledger.lines(kind)]
    codes = [known.code for known in ledger.regions] + [ledger.code(region) or "" for region in used]
    return [code for code in dict.fromkeys(codes) if code]
