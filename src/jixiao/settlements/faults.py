"""问题行: rows that contradict themselves; what rests on them is not computable unless they are set aside.

`unread.X` an amount, day or place that cannot be read (a text with commas, more than two decimals); `missing.X` an
expense that is not stated; `negative` a negative total without the refund flag; `over_scope` an in-scope expense above
the whole bill; `no_person`, `no_institution` a row that counts and names none.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import narwhals as nw

from jixiao.settlements.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.settlements.tables import Held

_TOTALS = ("medfee_sumamt", "fund_pay_sumamt")


def fault_conditions(held: Held) -> dict[str, nw.Expr]:
    """Return what is wrong with a row by the name of the fault; only what can occur in the columns that are there."""
    of, there = table(held.given.table), set(held.columns)
    found: dict[str, nw.Expr] = {}
    for name in held.columns:
        column = of.columns[name]
        if column.kind in ("amount", "day", "region") and name in held.unread and name != "insu_admdvs":
            found[f"unread.{name}"] = nw.col(f"{name}!")
        if column.kind == "amount" and not column.null_is_zero:
            known = ~nw.col(f"{name}!") if name in held.unread else nw.lit(True)
            found[f"missing.{name}"] = nw.col(name).is_null() & known
    totals = [nw.col(name) < 0 for name in _TOTALS if name in there]
    if totals:
        found["negative"] = reduce(or_, (total.fill_null(False) for total in totals))
    if {"inscp_scp_amt", "medfee_sumamt"} <= there:
        found["over_scope"] = (nw.col("inscp_scp_amt") > nw.col("medfee_sumamt")).fill_null(False)
    for name, fault in (("psn_no", "no_person"), ("fixmedins_code", "no_institution")):
        if name in there:
            found[fault] = nw.col(name).is_null()
    return found


def faultless(faults: Mapping[str, nw.Expr]) -> nw.Expr:
    """Return whether a row has none of the faults that can be set aside; a row without a person still counts."""
    grave = [fault for name, fault in faults.items() if not name.startswith("no_")]
    return ~reduce(or_, grave, nw.lit(False))


def touched(fault: str) -> tuple[str, ...]:
    """Return the columns that cannot be trusted in a row with a fault.

    >>> touched("unread.hifp_pay"), touched("over_scope")
    (('hifp_pay',), ('inscp_scp_amt', 'medfee_sumamt'))
    """
    kind, _, column = fault.partition(".")
    if column:
        return (column,)
    if kind == "negative":
        return tuple(name for name, of in table("settlements").columns.items() if of.kind == "amount")
    return {"over_scope": ("inscp_scp_amt", "medfee_sumamt"), "no_person": ("psn_no",)}.get(kind, ())
