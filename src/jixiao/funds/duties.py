"""分担责任: what every level has to give for the heads, what it gave, and what it is short of.

    due = heads × the level's 元/人        short = due − given, where it gave less: 次年结算扣减，由本级补足

Heads are the actual ones, before settlement those expected; what a level gave are its receipts, else its allocations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.figures import notation
from jixiao.figures.figure import Figure, exactly, total
from jixiao.funds.accounts import less
from jixiao.funds.final_settlement import PEOPLE, PER_HEAD
from jixiao.funds.ledger import WAN, WHOLE, added
from jixiao.funds.subsidies import prepaid
from jixiao.funds.tables import FundTable, Key, Row

if TYPE_CHECKING:
    from jixiao.funds.ledger import Ledger

COLUMNS = ("per_head", "burden", "given", "short")


class Share(NamedTuple):
    """A level's part: per head, its burden (due), given, short (never below nought); None where it cannot be told."""

    level: str
    per_head: Figure | None
    burden: Figure | None
    given: Figure | None
    short: Figure | None


def shares(ledger: Ledger) -> list[Share]:
    """Return what every level that has a duty owes and gave."""
    people = heads(ledger)
    return [_share(ledger, duty.level, read(duty.per_head), people) for duty in ledger.duties]


def heads(ledger: Ledger) -> Figure | None:
    """Return how many heads are paid for, None where a region's are not known."""
    found = [notation.figure(of.actual or of.expected or "", expected=PEOPLE) for of in ledger.heads]
    known = [one for one in found if isinstance(one, Figure) and one.unit.base == PEOPLE.base]
    return total(known) if known and len(known) == len(found) else None


def read(per_head: str | None) -> Figure | None:
    """Return an amount for a head above nought, None for any other text."""
    found = notation.figure(per_head or "", expected=PER_HEAD)
    return found if isinstance(found, Figure) and found.unit.base == PER_HEAD.base and found.num > 0 else None


def table(ledger: Ledger) -> FundTable | None:
    """Return the duties by level, then the whole; None where there are none."""
    if not ledger.duties:
        return None
    columns: tuple[Key, ...] = tuple((name,) for name in COLUMNS)
    found = shares(ledger)
    rows = [Row((one.level,), dict(zip(columns, one[1:], strict=True))) for one in found]
    whole = (None, *(added(getattr(one, name) for one in found) for name in COLUMNS[1:]))
    return FundTable("duties", columns, (*rows, Row((WHOLE,), dict(zip(columns, whole, strict=True)))))


def _share(ledger: Ledger, level: str, per_head: Figure | None, people: Figure | None) -> Share:
    due = prepaid(people, per_head) if people is not None and per_head is not None else None
    given = ledger.sum_of("receipt", level=level) if ledger.receipts else ledger.budget(level)
    gap = less(due, given)
    return Share(level, per_head, due, given, gap if gap is None or gap.num > 0 else exactly(0, 1, WAN))
