"""Measures: random small tables give the oracle's answer on every engine, and single traps are held one by one."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from jixiao.findings import Message
from jixiao.settlements.cells import Cell
from jixiao.settlements.measure import measures
from jixiao.settlements.tables import Terms
from jixiao.settlements.values import value

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)

drawn = small.load(Path(__file__).parent / "drawn.py")
# An engine's share of the examples: Polars takes a twentieth of a second for one, the others more.
SHARE = {"polars": 1, "duckdb": 8, "spark": 20}


@pytest.mark.parametrize("name", drawn.TABLES)
def test_every_engine_answers_as_the_oracle_when_tables_are_random(engine, name):
    @settings(
        max_examples=max(2, settings.default.max_examples // SHARE[engine.name]),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(drawn.TABLES[name], st.booleans())
    def run(rows, monthly):
        rows = drawn.keyed(name, rows)

        made = small.told(small.computed(engine, rows, Terms(2024, "month" if monthly else "year"), name))

        assert made == small.answered(rows, name, monthly=monthly)

    run()


def test_dates_without_hyphens_mean_the_same(engine):
    hyphens = [small.settlement(1, setl_time="2024-03-15 10:00:00"), small.settlement(2, setl_time="2024-12-01")]
    compact = [small.settlement(1, setl_time="20240315100000"), small.settlement(2, setl_time="20241201")]

    made = small.told(small.computed(engine, compact, Terms(2024, "month")))

    assert made == small.answered(hyphens, monthly=True)


def test_the_oracle_answers_every_measure():
    known = {
        name
        for table, (columns, at, _) in small.oracle.TABLES.items()
        for name, *_ in small.oracle.answer(
            [EMPTY | columns | {at: "2024-01-01", "insu_admdvs": "652801"}], table=table
        )
    }

    assert known == {*measures()}


EMPTY = dict.fromkeys(
    [*small.ORDINARY, "pay_date", "pay_month", "due_amount", "pay_amount", "first_flag", "aid_clct_amt", "outcome",
     "found_by", "exposed_flag", "reward_amount", "recovered_amount", "penalty_amount"]
) | {"insutype": "390"}  # fmt: skip


def of_year(made, name, **cell):
    found = value(made, name, Cell(cell.get("region"), cell.get("scheme"), "2024"))
    return found.id if isinstance(found, Message) else Fraction(found.figure.num, found.figure.den)


def test_a_person_in_two_regions_is_one_person_in_the_whole(engine):
    rows = [small.settlement(1), small.settlement(2, insu_admdvs="653101"), small.settlement(3, insutype="310")]

    made = small.computed(engine, rows)

    assert of_year(made, "beneficiaries.persons") == 1
    assert of_year(made, "beneficiaries.persons", region="652800") == 1
    assert of_year(made, "beneficiaries.persons", region="653100", scheme="resident") == 1
    assert of_year(made, "beneficiaries.visits") == 3


def test_rows_that_do_not_meet_the_condition_are_no_distinct_value(engine):
    rows = [small.settlement(1), small.settlement(2, psn_no="p2", fund_pay_sumamt="0")]

    assert of_year(small.computed(engine, rows), "beneficiaries.persons") == 1


def test_a_rate_of_the_whole_is_no_average_of_rates(engine):
    rows = [
        small.settlement(1, inscp_scp_amt="100", hifp_pay="100"),
        small.settlement(2, inscp_scp_amt="900", hifp_pay="0", insu_admdvs="653101"),
    ]

    made = small.computed(engine, rows)

    assert of_year(made, "inpatient_scope_ratio.pool") == Fraction(1, 10)
    assert of_year(made, "inpatient_scope_ratio.pool", region="652800") == 1


def test_the_scope_ratio_and_the_actual_ratio_have_denominators_of_their_own(engine):
    made = small.computed(engine, [small.settlement(1, hifmi_pay="60", maf_pay="40", fund_pay_sumamt="600")])

    assert of_year(made, "inpatient_scope_ratio.pool") == Fraction(500, 800)
    assert of_year(made, "inpatient_scope_ratio.pool_critical") == Fraction(560, 800)
    assert of_year(made, "inpatient_scope_ratio.pool_critical_aid") == Fraction(600, 800)
    assert of_year(made, "inpatient_actual_ratio.all") == Fraction(600, 1000)


def test_nothing_below_is_not_computable_and_never_zero(engine):
    made = small.computed(engine, [small.settlement(1, med_type="11")])

    assert of_year(made, "inpatient_scope_ratio.pool") == "settlements.why.zero"
    assert of_year(made, "cost_per_visit.inpatient") == "settlements.why.zero"
    assert of_year(made, "beneficiaries.inpatient_persons") == 0


@pytest.mark.parametrize(
    ("said", "unusable", "usable"),
    [
        ({"hifp_pay": "1,234.50"}, "fund_expenditure.pool", "fund_expenditure.total"),
        ({"hifp_pay": "12.345"}, "inpatient_scope_ratio.pool", "inpatient_actual_ratio.all"),
        ({"medfee_sumamt": "-1000", "inscp_scp_amt": "-2000"}, "fund_expenditure.total", "beneficiaries.visits"),
        ({"inscp_scp_amt": "1000.01"}, "inpatient_scope_ratio.pool", "fund_expenditure.pool"),
        ({"med_type": "9988"}, "cost_per_visit.inpatient", "fund_expenditure.total"),
        ({"psn_no": None}, "beneficiaries.persons", "beneficiaries.visits"),
    ],
)
def test_a_faulty_row_spoils_what_rests_on_it_unless_it_is_set_aside(engine, said, unusable, usable):
    rows = [small.settlement(1), small.settlement(2, **said)]

    made, apart = small.computed(engine, rows), small.computed(engine, rows, Terms(2024, set_aside=True))

    assert str(of_year(made, unusable)).startswith("settlements.why.")
    assert not isinstance(of_year(apart, unusable), str)
    if "medfee_sumamt" not in said:
        assert not isinstance(of_year(made, usable), str)
