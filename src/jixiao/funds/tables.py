"""资金表: the fund tables as rows of exact figures, from which forms, reports and claims print; nothing is rounded.

A table has columns and rows; every cell is a figure or None (nothing known, or 0/0: no rate). A cell is named by the
key of its row and the key of its column, `funds/tables/execution/喀什地区/中央财政资金/rate`.

- `allocation` 分解下达情况: by region; of every level each batch, 小计 where there are several, then 合计/合计.
- `execution` 资金执行情况: by region; of every level and of 合计: budget, received, executed, rate, unspent.
- `targets` 区域绩效目标的年度金额: 中央下达 (central money only), the whole, then by region: total and every level.
- `accounts` 基金收支余总体情况: by scheme and 合计; of income and expenditure: budget, this_year, last_year, change,
  growth, execution; of balance: budget, this_year, last_year (rolling), surplus (当期结余).
- `composition` 收支构成: by scheme, side and item, and by 合计, side and item for those that several schemes have:
  budget, this_year, last_year, change, growth, execution, share.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jixiao.figures.figure import Figure
from jixiao.funds import accounts, regions
from jixiao.funds.accounts import growth, less, rate
from jixiao.funds.ledger import WHOLE, ZERO, Ledger, added

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.findings import Message
    from jixiao.funds.ledger import AccountItem
    from jixiao.funds.money import Funds

Key: TypeAlias = tuple[str, ...]
SUBTOTAL = "小计"
ISSUED = "中央下达"
EXECUTION = ("budget", "received", "executed", "rate", "unspent")
COMPARED = ("budget", "this_year", "last_year", "change", "growth", "execution")


class Row(NamedTuple):
    """A row: its key, its figures by the key of their column, what it is a part of (其中), how it came about."""

    key: Key
    cells: Mapping[Key, Figure | None]
    under: str | None = None
    steps: tuple[Message, ...] = ()

    @property
    def label(self) -> str:
        """Return what stands in front of the row."""
        return self.key[-1]


class FundTable(NamedTuple):
    """A table: its id, the keys of its columns in order, its rows, the total row first or last as it is printed."""

    id: str
    columns: tuple[Key, ...]
    rows: tuple[Row, ...]

    def row(self, *key: str) -> Row:
        """Return a row; `KeyError` for one that is not there."""
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            raise KeyError("/".join(key))
        return found

    def path(self, row: Row, column: Key) -> str:
        """Return the path of a cell, as forms bind it."""
        return "/".join(("funds/tables", self.id, *row.key, *column))


def allocation(ledger: Ledger, year: int) -> FundTable:
    """Return 分解下达情况: a row for the whole, then one for each region, without money too."""
    columns: list[Key] = []
    for level in ledger.level_names():
        batches = ledger.batches(level)
        columns += [(level, batch) for batch in batches] if len(batches) > 1 else []
        columns.append((level, SUBTOTAL))
    columns.append((WHOLE, WHOLE))
    sums = _sums(ledger)

    def cells(code: str | None) -> dict[Key, Figure | None]:
        found: dict[Key, Figure | None] = {
            (level, name): _picked(sums, level, code, None if name == SUBTOTAL else name)
            for level, name in columns[:-1]
        }
        subtotals = [figure for key, figure in found.items() if key[-1] == SUBTOTAL]
        found[WHOLE, WHOLE] = added(subtotals)
        return found

    return FundTable("allocation", tuple(columns), _by_region(ledger, year, cells))


def execution(ledger: Ledger, year: int) -> FundTable:
    """Return 资金执行情况: budget, received, executed, rate and unspent by level and over all, region by region."""
    levels = ledger.level_names()

    def cells(code: str | None) -> dict[Key, Figure | None]:
        found: dict[Key, Figure | None] = {}
        money = [_money(ledger, level, code) for level in levels]
        for level, amounts in zip((*levels, WHOLE), (*money, _together(money)), strict=True):
            budget, received, paid = amounts
            told = (budget, received, paid, rate(paid, budget), less(budget, paid))
            found |= {(level, name): figure for name, figure in zip(EXECUTION, told, strict=True)}
        return found

    columns = tuple((level, name) for level in (*levels, WHOLE) for name in EXECUTION)
    return FundTable("execution", columns, _by_region(ledger, year, cells))


def targets(ledger: Ledger, year: int) -> FundTable:
    """Return the yearly amounts of the regional targets: what the centre issued, the whole, then every region."""
    levels = ledger.level_names()
    central = {level.name for level in ledger.levels if level.tier == "central"}

    def cells(code: str | None) -> dict[Key, Figure | None]:
        money = [_money(ledger, level, code)[0] for level in levels]
        return _with_total(levels, money)

    issued = _with_total(levels, [ledger.budget(level) if level in central else ZERO for level in levels])
    rows = _by_region(ledger, year, cells)
    return FundTable("targets", tuple(issued), ((Row((ISSUED,), issued), *rows) if central else rows))


def _with_total(levels: list[str], money: list[Figure | None]) -> dict[Key, Figure | None]:
    return {("total",): added(money), **{(level,): amount for level, amount in zip(levels, money, strict=True)}}


def account_summary(ledger: Ledger) -> FundTable:
    """Return 基金收支余总体情况: schemes, then their sum; raw amounts, printed in whatever unit a form asks for."""

    def cells(scheme: str | None) -> dict[Key, Figure | None]:
        found: dict[Key, Figure | None] = {}
        for side in ("income", "expenditure"):
            amounts = [accounts.subtotal(ledger, side, column, scheme) for column in accounts.COLUMNS]
            found |= {(side, name): figure for name, figure in zip(COMPARED, _compared(*amounts), strict=True)}
        for column in accounts.COLUMNS:
            found["balance", column] = accounts.subtotal(ledger, "balance", column, scheme)
        return {**found, ("balance", "surplus"): accounts.surplus(ledger, "this_year", scheme)}

    schemes = accounts.schemes(ledger)
    rows = [Row((scheme,), cells(scheme)) for scheme in schemes]
    rows += [Row((WHOLE,), cells(None))] if schemes else []
    return FundTable("accounts", tuple(rows[0].cells) if rows else (), tuple(rows))


def composition(ledger: Ledger) -> FundTable:
    """Return 收支构成: every item of income and expenditure with its share of its side; then what schemes share."""
    rows = [
        Row((item.scheme, item.side, item.item), _item(ledger, item), item.under)
        for item in ledger.accounts
        if item.item is not None and item.side != "balance"
    ]
    for side in ("income", "expenditure"):
        for name in accounts.common(ledger, side):
            rows.append(Row((WHOLE, side, name), _over_schemes(ledger, side, name)))
    columns: tuple[Key, ...] = tuple((name,) for name in (*COMPARED, "share"))
    return FundTable("composition", columns, tuple(rows))


def tables(funds: Funds, year: int) -> tuple[FundTable, ...]:
    """Return every table that the funds give, an empty one left out."""
    ledger = funds.ledger
    if ledger is None:
        return ()
    found = [allocation(ledger, year), targets(ledger, year)] if ledger.allocations else []
    found += [execution(ledger, year)] if ledger.payments else []
    found += [account_summary(ledger), composition(ledger)] if ledger.accounts else []
    return tuple(table for table in found if table.rows)


def at(funds: Funds, year: int, path: str) -> Figure | None:
    """Return the figure at a path below `funds/tables/`; `KeyError` for a cell that no table has."""
    return _cells(_Asked(funds, year))[path]


class _Asked:
    """Which funds and year are asked for: the very same value, whose tables need not be computed again."""

    __slots__ = ("funds", "year")

    def __init__(self, funds: Funds, year: int) -> None:
        self.funds, self.year = funds, year

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.funds is self.funds and other.year == self.year

    def __hash__(self) -> int:
        return hash((id(self.funds), self.year))


@lru_cache(maxsize=4)
def _cells(asked: _Asked) -> dict[str, Figure | None]:
    return {
        "/".join((table.id, *row.key, *column)): figure
        for table in tables(asked.funds, asked.year)
        for row in table.rows
        for column, figure in row.cells.items()
    }


def _by_region(ledger: Ledger, year: int, cells: Callable[[str | None], dict[Key, Figure | None]]) -> tuple[Row, ...]:
    whole = Row((WHOLE,), cells(None))
    return (whole, *(Row((regions.label(ledger, code, year),), cells(code)) for code in regions.listed(ledger)))


def _sums(ledger: Ledger) -> dict[tuple[str, str | None, str | None], Figure | None]:
    """Return the allocations by level, region and batch, and by level and region, each with its whole."""
    parts: dict[tuple[str, str | None, str | None], list[Figure | None]] = {}
    for line in ledger.allocations:
        amount = line.amount if isinstance(line.amount, Figure) else None
        level, code, batch = ledger.level_of(line), ledger.code(line.region), ledger.batch_of(line)
        for key in {(level, code, batch), (level, code, None), (level, None, batch), (level, None, None)}:
            parts.setdefault(key, []).append(amount)
    return {key: added(amounts) for key, amounts in parts.items()}


def _picked(
    sums: Mapping[tuple[str, str | None, str | None], Figure | None], level: str, code: str | None, batch: str | None
) -> Figure | None:
    """Return a sum, a zero where there are no lines: nothing was allocated there."""
    return sums.get((level, code, batch), added(())) if sums else None


Amounts: TypeAlias = tuple[Figure | None, Figure | None, Figure | None]


def _money(ledger: Ledger, level: str, code: str | None) -> Amounts:
    """Return budget, received and executed of a level in a region (None: in all)."""
    if code is None:
        return ledger.budget(level), ledger.sum_of("receipt", level=level), ledger.sum_of("payment", level=level)
    received = ledger.sum_of("receipt", level=level, region=code)
    by_region = any(line.region is not None for line in ledger.receipts)
    return (
        ledger.sum_of("allocation", level=level, region=code),
        received if by_region else None,
        ledger.sum_of("payment", level=level, region=code),
    )


def _together(money: list[Amounts]) -> Amounts:
    budgets, receipts, payments = zip(*money, strict=True) if money else ((), (), ())
    return added(budgets), added(receipts), added(payments)


def _compared(
    budget: Figure | None, this: Figure | None, last: Figure | None
) -> tuple[Figure | None, Figure | None, Figure | None, Figure | None, Figure | None, Figure | None]:
    return budget, this, last, less(this, last), growth(this, last), rate(this, budget)


def _item(ledger: Ledger, item: AccountItem) -> dict[Key, Figure | None]:
    told = [accounts.known(ledger, item, column) for column in accounts.COLUMNS]
    return _shared(told, accounts.subtotal(ledger, item.side, "this_year", item.scheme))


def _over_schemes(ledger: Ledger, side: str, name: str) -> dict[Key, Figure | None]:
    told = [accounts.over_schemes(ledger, side, name, column) for column in accounts.COLUMNS]
    return _shared(told, accounts.subtotal(ledger, side, "this_year"))


def _shared(told: list[Figure | None], whole: Figure | None) -> dict[Key, Figure | None]:
    """Return the columns of the composition, with the share that this year's amount has of its side."""
    found = (*_compared(*told), rate(told[1], whole))
    return {(name,): figure for name, figure in zip((*COMPARED, "share"), found, strict=True)}
