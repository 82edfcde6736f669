"""养老金三项核查: paid after death, paid twice, not entitled; months and amounts exact, on every engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jixiao.enrolment.identity import full
from jixiao.enrolment.pension import checked
from jixiao.enrolment.registers import Held, Register

A, B, C, D = (full(65010219500101001 + step) for step in (0, 10, 20, 30))
PAYMENTS = ("certno", "psn_name", "insu_admdvs", "pay_month", "pay_amount", "pay_kind")


def held(engine, role, columns, rows):
    return Held(Register(role, role, ()), engine.frame(dict.fromkeys(columns, "text"), rows), columns)


def run(engine, payments, deaths=(), barred=()):
    return checked(
        engine,
        held(engine, "payments", PAYMENTS, payments),
        held(engine, "deaths", ("certno", "psn_name", "die_date"), deaths),
        held(engine, "barred", ("certno", "psn_name", "why"), barred),
        date(2024, 6, 30),
    )


def told(made):
    return [(one.check, one.number, one.months, one.excess) for one in made.found]


def test_months_after_the_month_of_death_are_too_much(engine):
    rows = [(A, "甲", "652800", month, "183.50", "居民养老") for month in ("202403", "202404", "202405")]

    made = run(engine, rows, deaths=[(A, "甲", "2024-03-02")])

    assert told(made) == [("after_death", int(A[:17]), 2, Decimal("367.00"))]
    assert [payment.month for payment in made.found[0].payments] == ["202404", "202405"]


def test_two_pensions_in_one_month_leave_the_larger(engine):
    rows = [(B, "乙", "652800", "202404", "183.50", "居民养老"), (B, "乙", "650100", "202404", "2100", "职工养老"),
            (B, "乙", "650100", "202405", "2100", "职工养老")]  # fmt: skip

    assert told(run(engine, rows)) == [("twice", int(B[:17]), 1, Decimal("183.50"))]


def test_everything_paid_to_somebody_not_entitled_is_too_much(engine):
    rows = [
        (C.lower(), "丙", "652800", "202404", "1,183.50", "居民养老"),
        (D, "丁", "652800", "202404", "100", "居民养老"),
    ]

    made = run(engine, rows, barred=[(C, "丙", "服刑")])

    assert told(made) == [("not_entitled", int(C[:17]), 1, Decimal("1183.50"))]
    assert made.found[0].ground == "服刑"


def test_another_name_on_a_list_says_nothing_and_what_is_unreadable_is_counted(engine):
    rows = [(A, "甲", "652800", "202404", "一百", "居民养老"), ("x", "戊", "652800", "202404", "100", "居民养老")]

    made = run(engine, rows, deaths=[(A, "另一人", "2020-01-01")])

    assert (told(made), made.rows, made.unusable, made.unread) == ([], 2, 1, 1)
