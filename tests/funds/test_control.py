"""内控台账: original budgets, duties by level, the adjustment fund, reconciled books, reports in time, as tables."""

from __future__ import annotations

from hypothesis import given
from strategies import ledgers

from jixiao.figures.figure import Figure, figure
from jixiao.funds import control, control_tables, duties
from jixiao.funds.ledger import (
    Allocation,
    Heads,
    Ledger,
    Notice,
    Receipt,
    added,
)
from jixiao.funds.money import Funds


def wan(text):
    return figure(f"{text}万元")


def texts(table, *key):
    return {"/".join(name): value and str(value) for name, value in table.row(*key).cells.items()}


def test_budget_of_the_beginning_of_the_year_is_that_of_its_notices():
    notices = (Notice("一号", "中央", stage="original"), Notice("二号", "中央", stage="adjustment"))
    ledger = Ledger(
        notices=notices, allocations=(Allocation("一号", None, wan("486")), Allocation("二号", None, wan("26")))
    )
    source = Funds(ledger=ledger).sources[0]

    assert (str(source.money.original_budget), str(source.money.revised_budget)) == ("486万元", "512万元")
    stated = Ledger(notices=(Notice("一号", "中央", amount=wan("9"), stage="original"),))
    assert str(stated.original_budget("中央")) == "9万元"
    assert Ledger(notices=(Notice("一号", "中央", amount=wan("9")),)).original_budget("中央") is None


def test_duty_of_a_level_is_its_amount_for_every_head_and_only_what_is_missing_is_short():
    ledger = Ledger(
        duties=(control.Duty("中央", "512元/人"), control.Duty("自治州", "158元/人")),
        heads=(Heads("652800", actual="1万人"), Heads("652900", expected="5000人")),
        receipts=(Receipt("中央", amount=wan("800")), Receipt("自治州", amount=wan("200"))),
    )
    table = duties.table(ledger)

    assert texts(table, "中央") == {"per_head": "512元/人", "burden": "768万元", "given": "800万元", "short": "0万元"}
    assert texts(table, "自治州")["short"] == "37万元"
    assert texts(table, "合计") == {"per_head": None, "burden": "1005万元", "given": "1000万元", "short": "37万元"}
    assert duties.table(Ledger()) is None


def test_adjustment_fund_closes_with_what_it_had_and_took_in_less_what_it_paid():
    ledger = Ledger(
        equalisation=(
            control.Equalisation(None, wan("100")),
            control.Equalisation("653101", None, wan("50"), wan("40"), wan("0"), wan("0")),
            control.Equalisation("653121", None, wan("20"), wan("20"), wan("60"), wan("55")),
        )
    )
    table = control_tables.equalisation(ledger, 2024)

    assert texts(table, "653121")["net"] == "35万元"
    whole = texts(table, "合计")
    assert (whole["opening"], whole["contributed"], whole["paid_out"], whole["closing"]) == (
        "100万元", "60万元", "55万元", "105万元",
    )  # fmt: skip


def test_books_are_laid_side_by_side_with_their_widest_gap():
    month = control.Reconciliation("1月", "收入", business=wan("10"), bank=wan("12"), tax=wan("9"))
    alone = control.Reconciliation("2月", "收入", business=wan("10"))
    table = control_tables.reconciliation(Ledger(reconciliations=(month, alone)))

    assert texts(table, "1月", "收入")["widest"] == "3万元"
    assert texts(table, "2月", "收入")["widest"] is None


def test_reports_in_time_are_counted_by_kind():
    sent = [control.Filing("月报", f"{n}月", f"2024-0{n}-10", f"2024-0{n}-{day}") for n, day in ((2, "10"), (3, "11"))]
    table = control_tables.filings(Ledger(filings=(*sent, control.Filing("年报", None, "2025-01-31"))))

    assert texts(table, "月报") == {"count": "2份", "in_time": "1份", "in_time_rate": "50%"}
    assert texts(table, "合计")["in_time_rate"] == "33.3333%"


@given(ledgers)
def test_tables_of_any_ledger_foot(ledger):
    """Regions add up to the adjustment fund, levels to what all have to give."""
    table = control_tables.equalisation(ledger, 2024)
    for name in ("owed", "contributed", "granted", "paid_out") if table is not None else ():
        *parts, whole = [row.cells[name,] for row in table.rows]
        known = all(isinstance(part, Figure) for part in parts)
        assert (whole is not None) == known and (not known or added(parts).same_as(whole))
    table = duties.table(ledger)
    for name in ("burden", "given") if table is not None else ():
        *parts, whole = [row.cells[name,] for row in table.rows]
        assert whole is None or added(parts).same_as(whole)
