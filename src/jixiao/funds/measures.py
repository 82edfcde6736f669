"""资金类指标值: measures that are computed from the funds, each with its parts kept.

`execution_rate` divides by the money received (third-party frame, 财预〔2020〕10号), `budget_execution_rate` by the
revised budget (self-evaluation form): two rates that must never stand for one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, exactly, ratio
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.funds import accounts
from jixiao.indicators.indicator import Measured

if TYPE_CHECKING:
    from jixiao.funds.ledger import Amount
    from jixiao.funds.money import Column, Funds

RATES: dict[str, tuple[Column, Column]] = {
    "receipt_rate": ("received", "revised_budget"),
    "execution_rate": ("executed", "received"),
    "budget_execution_rate": ("executed", "revised_budget"),
}
NAMES = (*RATES, "reserve_months")


def measure(funds: Funds, name: str) -> tuple[Figure, Measured] | Message:
    """Return the exact value of a measure with its parts, or the reason why it cannot be computed."""
    if name in RATES:
        return _rate(funds, name, *RATES[name])
    if name == "reserve_months":
        return _reserve_months(funds)
    return Message("funds.unknown_measure", {"measure": name, "known": list(NAMES)})


def _rate(funds: Funds, name: str, part: Column, whole: Column) -> tuple[Figure, Measured] | Message:
    over, under = funds.total(part), funds.total(whole)
    if over is None or under is None:
        return Message(
            "funds.missing",
            {"columns": [_called(column) for column in (part, whole) if funds.total(column) is None]},
        )
    rate = ratio(over, under, PERCENT)
    if rate is None:
        return Message("funds.zero", {"column": _called(whole)})
    return rate, Measured("funds", name, {part: over, whole: under})


def _called(column: str) -> Message:
    """Return an amount as people call it, with its key in a bundle."""
    name = Message(f"bundle.field.{column.rpartition('/')[2]}")
    return Message("funds.called", {"name": name, "key": column})


def _balance(funds: Funds) -> tuple[Amount, Amount]:
    """Return the rolling balance and the year's expenditure: as stated, else as the ledger's accounts have them."""
    if funds.balance is not None:
        return funds.balance.rolling, funds.balance.expenditure
    if funds.ledger is None:
        return None, None
    return (
        accounts.subtotal(funds.ledger, "balance", "this_year"),
        accounts.subtotal(funds.ledger, "expenditure", "this_year"),
    )


def _reserve_months(funds: Funds) -> tuple[Figure, Measured] | Message:
    """Rolling balance ÷ the year's expenditure × 12 (基金滚存结余可支配月数)."""
    rolling, spent = _balance(funds)
    if not isinstance(rolling, Figure) or not isinstance(spent, Figure):
        return Message("funds.missing", {"columns": [_called("balance/rolling"), _called("balance/expenditure")]})
    if spent.num == 0:
        return Message("funds.zero", {"column": _called("balance/expenditure")})
    months = unit("个月")
    assert months is not None
    value = exactly(rolling.num * spent.den * 12, rolling.den * spent.num, months)
    return value, Measured("funds", "reserve_months", {"rolling": rolling, "expenditure": spent})
