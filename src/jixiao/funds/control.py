"""资金内控台账: what an office keeps beside its money: who agreed, which accounts it went by, what other books say.

Every record is a line of a table of the ledger; amounts are exact, everything else is text as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from jixiao.figures.figure import Figure
    from jixiao.figures.unread import Unread

    Amount: TypeAlias = Figure | Unread | None

BOOKS = ("business", "finance", "bank", "treasury", "tax")
SHARED = ("opening", "owed", "contributed", "granted", "paid_out")
KINDS = ("income", "special_account", "expenditure", "treasury", "payer", "payee")


@dataclass(frozen=True, slots=True)
class Approval:
    """A step by which an allocation was agreed before its notice was issued: how it ended, when, where it says so."""

    notice: str
    step: str | None = None
    state: str | None = None
    date: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account that money goes through: its name, its kind, and the one scheme (险种) that it is kept for.

    The kind is income (收入户), special_account (财政专户), expenditure (支出户), treasury (国库), payer (who pays in)
    or payee (who is paid).
    """

    name: str
    kind: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """Money that went out of one account into another."""

    out_of: str | None = None
    into: str | None = None
    amount: Amount = None
    on: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """An amount of a month as each set of books has it: business, finance, bank, treasury and tax, as far as known."""

    month: str
    item: str | None = None
    business: Amount = None
    finance: Amount = None
    bank: Amount = None
    treasury: Amount = None
    tax: Amount = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """A report that was due (月报, 季报, 年报): of which period, until which day, and the day it was sent."""

    report: str
    period: str | None = None
    until: str | None = None
    sent: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A warning line for a key figure: a cell of a fund table (`accounts/合计/expenditure/growth`) or a measure."""

    figure: str
    floor: str | None = None
    ceiling: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a level has to give for every head, as text (76.8元/人); what it gave are its receipts in the ledger."""

    level: str
    per_head: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Equalisation:
    """A region's part in the adjustment fund (区域调剂): what it owed and paid in, what it was granted and got.

    Without a region it is the adjustment fund itself, with what it had when the year began.
    """

    region: str | None = None
    opening: Amount = None
    owed: Amount = None
    contributed: Amount = None
    granted: Amount = None
    paid_out: Amount = None
    document: str | None = None
