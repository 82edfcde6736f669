"""资金: what was budgeted, received and executed, by source; totals are derived, never typed where parts are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jixiao.figures.figure import Figure, total
from jixiao.figures.unread import Unread
from jixiao.funds import accounts

if TYPE_CHECKING:
    from jixiao.funds.ledger import Ledger

Column = Literal["original_budget", "revised_budget", "received", "executed"]
COLUMNS: tuple[Column, ...] = ("original_budget", "revised_budget", "received", "executed")


@dataclass(frozen=True, slots=True)
class Money:
    """One row of money, in the base unit 元 and printed in its own; None where nothing was said."""

    original_budget: Figure | Unread | None = None
    revised_budget: Figure | Unread | None = None
    received: Figure | Unread | None = None
    executed: Figure | Unread | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of money, such as 中央, 自治区, 自治州, with its amounts."""

    name: str
    money: Money


@dataclass(frozen=True, slots=True)
class Balance:
    """The fund at the end of the year: its rolling balance and the year's expenditure, each with its document."""

    rolling: Figure | Unread | None = None
    expenditure: Figure | Unread | None = None
    rolling_document: str | None = None
    expenditure_document: str | None = None


@dataclass(frozen=True, slots=True)
class Funds:
    """The money of one evaluation. `stated` holds totals that have no parts; `executed_basis` says what 执行 means.

    The basis is `special_account` (paid into the 财政专户) or `treasury` (paid out of the treasury). With a ledger the
    sources are derived from it: one for each level of money, whatever was given; where it has none and none were given,
    one for each scheme of its accounts, whose expenditure is what was executed.
    """

    sources: tuple[Source, ...] = ()
    stated: Money = Money()
    executed_basis: str | None = None
    balance: Balance | None = None
    ledger: Ledger | None = None

    def __post_init__(self) -> None:
        """Derive the sources from the ledger, so that no amount is stored twice."""
        derived = _derived(self.ledger) if self.ledger is not None else ()
        alike = [source.name for source in self.sources] == [source.name for source in derived]
        if derived and (alike or not self.sources or (self.ledger is not None and self.ledger.level_names())):
            object.__setattr__(self, "sources", derived)

    def total(self, column: Column) -> Figure | None:
        """Return the sum over the sources, the stated total where the sources are silent, or None."""
        parts = [getattr(source.money, column) for source in self.sources]
        if parts and all(isinstance(part, Figure) for part in parts):
            return total(parts)
        stated = getattr(self.stated, column)
        return stated if isinstance(stated, Figure) and not any(isinstance(part, Figure) for part in parts) else None


def _derived(ledger: Ledger) -> tuple[Source, ...]:
    levels = ledger.level_names()
    return (
        tuple(_of_level(ledger, name) for name in levels)
        if levels
        else tuple(_of_scheme(ledger, name) for name in accounts.schemes(ledger))
    )


def _of_level(ledger: Ledger, level: str) -> Source:
    """Return one level's money as its ledger has it; nothing is said about what the ledger has no lines of."""
    received, paid = ledger.sum_of("receipt", level=level), ledger.sum_of("payment", level=level)
    return Source(level, Money(ledger.original_budget(level), ledger.budget(level), received, paid))


def _of_scheme(ledger: Ledger, scheme: str) -> Source:
    budget = accounts.subtotal(ledger, "expenditure", "budget", scheme)
    paid = accounts.subtotal(ledger, "expenditure", "this_year", scheme)
    return Source(scheme, Money(None, budget, None, paid))
