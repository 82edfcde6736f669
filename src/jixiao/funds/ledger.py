"""资金台账: notices, allocations, receipts and payments as they were made; every total is derived from them.

Amounts are signed (a second batch may take money back) and exact. What nobody can sum by hand (counties by month by
account) is not held here but lies in the `files`, read by an engine.

>>> from jixiao.figures.figure import figure
>>> two = [Allocation("一号", "650100", figure("3054.91万元")), Allocation("二号", "650100", figure("1615.09万元"))]
>>> notices = (Notice("一号", "中央", batch="第一批"), Notice("二号", "中央", batch="第二批"))
>>> ledger = Ledger(levels=(MoneyLevel("中央"),), notices=notices, allocations=tuple(two))
>>> str(ledger.sum_of("allocation", region="650100")), str(ledger.sum_of("allocation", batch="第二批"))
('4670万元', '1615.09万元')
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from jixiao.figures.figure import Figure, total
from jixiao.figures.units import Unit
from jixiao.figures.unread import Unread
from jixiao.funds.control import (
    Approval,
    BankAccount,
    Duty,
    Equalisation,
    Filing,
    Limit,
    Movement,
    Reconciliation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Amount: TypeAlias = Figure | Unread | None
Kind = Literal["allocation", "receipt", "payment"]
KINDS: tuple[Kind, ...] = ("allocation", "receipt", "payment")
Side = Literal["income", "expenditure", "balance"]
WHOLE = "合计"
WAN = Unit("万元", "元", 10**4)
ZERO = Figure(0, 1, WAN)


@dataclass(frozen=True, slots=True)
class MoneyLevel:
    """Whose money it is, as the forms name it (中央财政资金); `tier` is central, province, prefecture or county."""

    name: str
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRegion:
    """A region that money may go to, with its six-digit code; without a name, the packaged one of the year.

    `why` is the reason for what it had not executed when the year ended.
    """

    code: str
    name: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that allocates money. `amount` is the total it states, `passes_on` the number of the notice above it.

    `received_on` is the day on which the government here received it, `date` the day it was issued; both as text.
    `region` is who it was addressed to, None for the whole. `stage` says whether its money was in the budget at the
    beginning of the year (original, 年初预算) or came with an adjustment.
    """

    number: str
    level: str = ""
    date: str | None = None
    issuer: str | None = None
    batch: str | None = None
    amount: Amount = None
    received_on: str | None = None
    passes_on: str | None = None
    region: str | None = None
    document: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """What a notice gives to a region (None: kept at the level itself)."""

    notice: str
    region: str | None = None
    amount: Amount = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that arrived in a region's account, or (region None) at the top."""

    level: str
    region: str | None = None
    amount: Amount = None
    on: str | None = None
    account: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid in a month (`2024-03`), or in the whole year where no month is said, and what for (资助参保)."""

    level: str
    region: str | None = None
    amount: Amount = None
    month: str | None = None
    account: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A total that somebody typed: of which lines (all those that its other fields name), and how much.

    `of` is a kind of line, or a column of the final settlement: prepaid, due, over, deduction.
    """

    of: str
    amount: Amount = None
    level: str | None = None
    batch: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class AccountItem:
    """A row of a fund's account: budget, this year, last year.

    `side` is income, expenditure or balance; without an `item` it is the subtotal of its side. `under` names the item
    that it is a part of (其中).
    """

    scheme: str
    side: str
    item: str | None = None
    under: str | None = None
    budget: Amount = None
    this_year: Amount = None
    last_year: Amount = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme that the money belongs to, by its id; dated rules are switched by it."""

    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A region's share of an indicator's target, as text (≥1200人次); one without shares is the same for all."""

    indicator: str
    region: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Money that is to be divided among the regions by factors, and the notice that does it (for comparison)."""

    amount: Amount = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class NeedFactor:
    """A need factor of an allocation with its weight, as text (60%)."""

    name: str
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """A region's need under a factor, as text with its unit (300人次)."""

    factor: str
    region: str | None = None
    need: str | None = None


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What a region's share is multiplied by: fiscal capacity, and performance, or last year's score that gives it."""

    region: str | None = None
    capacity: str | None = None
    performance: str | None = None
    last_score: str | None = None


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What is paid for a head: the packaged standard of a year (the evaluated one) and tier, or one typed per head.

    `tier` is the class of province that the centre's share goes by (first to fifth), `paid_by` whose part is settled:
    central (unless said), local or all. A typed amount stands with its document.
    """

    year: str | None = None
    tier: str | None = None
    paid_by: str | None = None
    per_head: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a region as texts (82.88万人): expected at prepayment, actual at settlement, insured on a day.

    `prepaid` is what was really given and `due` what the settlement states, where somebody typed them; `late` is the
    money that came after the end of the year.
    """

    region: str | None = None
    expected: str | None = None
    actual: str | None = None
    insured: str | None = None
    on: str | None = None
    prepaid: Amount = None
    due: Amount = None
    late: Amount = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """How far an indicator had got by the end of a month, as text (for 双监控)."""

    indicator: str
    month: str
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A long ledger in a file of the bundle (Parquet, CSV, Excel), its amounts in `unit` (元 unless said)."""

    file: str
    unit: str | None = None


Line: TypeAlias = Allocation | Receipt | Payment


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of it; nothing printed is stored but the `totals` and subtotals that are checked against their parts."""

    levels: tuple[MoneyLevel, ...] = ()
    regions: tuple[LedgerRegion, ...] = ()
    notices: tuple[Notice, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    payments: tuple[Payment, ...] = ()
    totals: tuple[Total, ...] = ()
    accounts: tuple[AccountItem, ...] = ()
    files: tuple[LedgerFile, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    programmes: tuple[Programme, ...] = ()
    completions: tuple[Completion, ...] = ()
    pools: tuple[Pool, ...] = ()
    factors: tuple[NeedFactor, ...] = ()
    needs: tuple[Need, ...] = ()
    coefficients: tuple[Coefficient, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    heads: tuple[Heads, ...] = ()
    duties: tuple[Duty, ...] = ()
    equalisation: tuple[Equalisation, ...] = ()
    approvals: tuple[Approval, ...] = ()
    bank_accounts: tuple[BankAccount, ...] = ()
    movements: tuple[Movement, ...] = ()
    reconciliations: tuple[Reconciliation, ...] = ()
    filings: tuple[Filing, ...] = ()
    limits: tuple[Limit, ...] = ()

    def level_names(self) -> list[str]:
        """Return the levels of money in their order: those declared, then those that only a line names."""
        used = [notice.level for notice in self.notices]
        used += [line.level for line in self.receipts] + [line.level for line in self.payments]
        return [name for name in dict.fromkeys((*(level.name for level in self.levels), *used)) if name]

    def notice(self, number: str) -> Notice | None:
        """Return the notice of a number."""
        return next((notice for notice in self.notices if notice.number == number), None)

    def code(self, region: str | None) -> str | None:
        """Return the code of a region that is named by its code or by its name, the text itself for an unknown one."""
        if region is None:  # the whole, and not the first region that goes by its packaged name
            return None
        return next((known.code for known in self.regions if region in (known.code, known.name)), region)

    def lines(self, kind: Kind) -> tuple[Line, ...]:
        """Return the lines of one kind."""
        if kind == "allocation":
            return self.allocations
        return self.receipts if kind == "receipt" else self.payments

    def level_of(self, line: Line) -> str:
        """Return whose money a line is; an allocation's is its notice's."""
        if not isinstance(line, Allocation):
            return line.level
        notice = self.notice(line.notice)
        return notice.level if notice is not None else ""

    def batch_of(self, line: Line) -> str | None:
        """Return the batch of an allocation: that of its notice, else the notice's number."""
        if not isinstance(line, Allocation):
            return None
        notice = self.notice(line.notice)
        return (notice.batch if notice is not None else None) or line.notice

    def batches(self, level: str) -> list[str]:
        """Return the batches in which money of a level was allocated, in the order of the notices."""
        order = [notice.batch or notice.number for notice in self.notices]
        used = {self.batch_of(line) for line in self.allocations if self.level_of(line) == level}
        return [batch for batch in dict.fromkeys(order) if batch in used]

    def sum_of(
        self, kind: Kind, *, level: str | None = None, region: str | None = None, batch: str | None = None
    ) -> Figure | None:
        """Return the exact sum of the lines that are named, zero where there are none of them.

        None where the ledger has no line of this kind at all, or one that could not be read. Of receipts of the
        whole, those at the top count where there are any: what regions received came out of them.
        """
        if not self.lines(kind):
            return None
        code = self.code(region)
        found = [
            line
            for line in self.lines(kind)
            if (level is None or self.level_of(line) == level)
            and (region is None or self.code(line.region) == code)
            and (batch is None or self.batch_of(line) == batch)
        ]
        return added(line.amount for line in (self._top(found) if kind == "receipt" and region is None else found))

    def _top(self, receipts: list[Line]) -> Iterator[Line]:
        """Yield of each level the receipts at the top, or those of the regions where there are none at the top."""
        at_top = {self.level_of(line) for line in receipts if line.region is None}
        for line in receipts:
            if line.region is None or self.level_of(line) not in at_top:
                yield line

    def original_budget(self, level: str) -> Figure | None:
        """Return what a level gave before any adjustment: that of its original notices, None where there are none."""
        begun = {notice.number for notice in self.notices if notice.stage == "original" and notice.level == level}
        if not begun:
            return None
        notices = tuple(notice for notice in self.notices if notice.number in begun)
        lines = tuple(line for line in self.allocations if line.notice in begun)
        return replace(self, notices=notices, allocations=lines).budget(level)

    def budget(self, level: str) -> Figure | None:
        """Return what was allocated of a level's money; without lines, what its lowest notices state."""
        if any(self.level_of(line) == level for line in self.allocations):
            return self.sum_of("allocation", level=level)
        passed = {notice.passes_on for notice in self.notices}
        stated = [notice for notice in self.notices if notice.level == level and notice.number not in passed]
        return added(notice.amount for notice in stated) if self.notices else None


def following(last: Ledger) -> Ledger:
    """Return the ledger of the following year, to be filled: levels, regions, factors, and last year's accounts."""
    accounts = (replace(item, budget=None, this_year=None, last_year=item.this_year) for item in last.accounts)
    return Ledger(
        levels=last.levels,
        regions=tuple(replace(region, why=None) for region in last.regions),
        programmes=last.programmes,
        factors=last.factors,
        subsidies=tuple(replace(one, year=None, per_head=None, document=None) for one in last.subsidies),
        bank_accounts=last.bank_accounts,
        limits=last.limits,
        accounts=tuple(replace(item, document=None) for item in accounts),
    )


def added(amounts: Iterable[Amount]) -> Figure | None:
    """Return the sum of amounts, a zero of 万元 for none, None where one of them is missing, unread or no money."""
    parts = list(amounts)
    if not parts:
        return ZERO
    known = [part for part in parts if isinstance(part, Figure)]
    if len(known) < len(parts) or len({part.unit.base for part in known}) > 1:
        return None
    return total(known)
