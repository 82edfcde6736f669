"""内控台账的表: the adjustment fund, the reconciliation of the books and the reports that were due, as fund tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, compared, figure, ratio
from jixiao.figures.units import PERCENT
from jixiao.funds import regions
from jixiao.funds.accounts import less
from jixiao.funds.control import BOOKS
from jixiao.funds.dated import day
from jixiao.funds.ledger import WHOLE, ZERO, added
from jixiao.funds.tables import FundTable, Key, Row

if TYPE_CHECKING:
    from jixiao.funds.control import Equalisation, Filing, Reconciliation
    from jixiao.funds.ledger import Amount, Ledger

_MOVED = ("owed", "contributed", "granted", "paid_out")


def equalisation(ledger: Ledger, year: int) -> FundTable | None:
    """Return 区域调剂: what every region owed, gave, was granted and got, then the fund from opening to closing."""
    if not ledger.equalisation:
        return None
    columns: tuple[Key, ...] = tuple((name,) for name in ("opening", *_MOVED, "net", "closing"))
    rows = [
        Row((regions.label(ledger, one.region, year),), dict(zip(columns, _of_region(one), strict=True)))
        for one in ledger.equalisation
        if one.region is not None
    ]
    opening = added(known(one.opening) for one in ledger.equalisation if one.region is None)
    sums = [added(known(getattr(one, name)) for one in members(ledger)) for name in _MOVED]
    net = less(sums[3], sums[1])
    whole = (opening, *sums, net, less(opening, net))
    return FundTable("equalisation", columns, (*rows, Row((WHOLE,), dict(zip(columns, whole, strict=True)))))


def members(ledger: Ledger) -> list[Equalisation]:
    """Return the regions' parts in the adjustment fund."""
    return [one for one in ledger.equalisation if one.region is not None]


def known(amount: Amount) -> Figure | None:
    """Return an amount that was read, nought for one that is not there: nothing was owed, given or granted."""
    return ZERO if amount is None else amount if isinstance(amount, Figure) else None


def reconciliation(ledger: Ledger) -> FundTable | None:
    """Return 对账: each month's amounts side by side in all books, with the widest gap between two of them."""
    if not ledger.reconciliations:
        return None
    columns: tuple[Key, ...] = tuple((name,) for name in (*BOOKS, "widest"))
    rows = [
        Row((one.month, one.item or ""), dict(zip(columns, (*books(one).values(), gap(one)), strict=True)))
        for one in ledger.reconciliations
    ]
    return FundTable("reconciliation", columns, tuple(rows))


def books(of: Reconciliation) -> dict[str, Figure | None]:
    """Return what each set of books says."""
    told = {name: getattr(of, name) for name in BOOKS}
    return {name: amount if isinstance(amount, Figure) else None for name, amount in told.items()}


def gap(of: Reconciliation) -> Figure | None:
    """Return the widest gap between two sets of books, None with fewer than two."""
    told = [amount for amount in books(of).values() if amount is not None]
    gaps = [less(one, other) for one in told for other in told if one is not other]
    widest: Figure | None = None
    for found in gaps:
        if found is not None and (widest is None or compared(found, widest) == 1):
            widest = found
    return widest


def filings(ledger: Ledger) -> FundTable | None:
    """Return 报表报送: of each report how many were due, how many were sent in time, and their share."""
    if not ledger.filings:
        return None
    columns: tuple[Key, ...] = (("count",), ("in_time",), ("in_time_rate",))
    kinds = dict.fromkeys(one.report for one in ledger.filings)
    rows = [Row((kind,), _counted([one for one in ledger.filings if one.report == kind])) for kind in kinds]
    rows += [Row((WHOLE,), _counted(list(ledger.filings)))] if len(rows) > 1 else []
    return FundTable("filings", columns, tuple(rows))


def in_time(of: Filing) -> bool:
    """Return whether a report was sent on its last day or before."""
    until, sent = day(of.until), day(of.sent)
    return until is not None and sent is not None and sent <= until


def _counted(of: list[Filing]) -> dict[Key, Figure | None]:
    due, sent = figure(f"{len(of)}份"), figure(f"{sum(map(in_time, of))}份")
    return {("count",): due, ("in_time",): sent, ("in_time_rate",): ratio(sent, due, PERCENT)}


def _of_region(of: Equalisation) -> tuple[Figure | None, ...]:
    told = [known(getattr(of, name)) for name in _MOVED]
    return (None, *told, less(told[3], told[1]), None)
