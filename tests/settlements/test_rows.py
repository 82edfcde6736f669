"""Rows E05–E12, C05, C06 and C08 of the list of systems, and rules R53–R55, each by what a person does."""

from __future__ import annotations

import importlib.util
from fractions import Fraction
from pathlib import Path

import pytest

import jixiao as library
from jixiao.errors import CannotParse
from jixiao.findings import Message
from jixiao.settlements.cells import Cell
from jixiao.settlements.tables import Terms
from jixiao.settlements.values import measure, value

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)
read, write, NUMBER, RECORDS = small.read, small.write, small.NUMBER, small.RECORDS

LIMIT = "medical_aid: {limit: {value: 30000元, source: 本地文件, mark: confirmed}}\n"


def benefit(group, own=None, **bill):
    return library.settlements_benefit(group, "653100", 2022, {"scope": "0", "basic": "0", **bill}, own).value


def of_whole(made, name, period="2024"):
    found = value(made, name, Cell(None, None, period))
    return found.id if isinstance(found, Message) else Fraction(found.figure.num, found.figure.den)


@pytest.fixture(scope="module")
def engine():
    with small.opened("polars") as machine:
        yield machine


CONTRIBUTION = {
    "psn_no": "p1", "insutype": "390", "insu_admdvs": "653121", "clct_time": "2022-01-05", "clct_flag": "1",
    "revs_flag": "Z", "psn_clct_amt": "0", "aid_clct_amt": "360",
}  # fmt: skip


def test_E05_subsidised_enrolment_by_person_and_in_all(engine):
    by_group = {
        group: benefit(group).contribution for group in ("特困人员", "低保对象", "防贫监测脱贫人口", "普通居民")
    }
    rows = [CONTRIBUTION, {**CONTRIBUTION, "psn_no": "p2", "aid_clct_amt": "240"}, {**CONTRIBUTION, "psn_no": "p3", "aid_clct_amt": "200"},
            {**CONTRIBUTION, "psn_no": "p4", "aid_clct_amt": "0"}, {**CONTRIBUTION, "psn_no": "p5", "revs_flag": "R"}]  # fmt: skip

    made = small.computed(engine, rows, Terms(2022), "contributions")

    assert [(one.subsidy, one.own) for one in by_group.values()] == [
        (36000, 0),
        (24000, 12000),
        (20000, 16000),
        (0, 36000),
    ]
    assert [of_whole(made, f"subsidised_enrolment.{name}", "2022") for name in ("persons", "visits", "amount")] == [
        3,
        3,
        800,
    ]


@pytest.mark.parametrize(
    ("group", "own_part"),
    [
        ("特困", 0),
        ("孤儿", 0),
        ("低保", 120),
        ("脱贫不稳定户", 120),
        ("边缘易致贫户", 120),
        ("突发严重困难户", 120),
        ("防贫监测脱贫人口", 160),
    ],
)
def test_R53_the_contribution_after_subsidy(group, own_part):
    assert benefit(group).contribution.own == own_part * 100


def test_E06_R54_critical_illness_with_the_tilt_for_hardship_groups_and_no_cap(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(LIMIT, "utf-8")

    assert benefit("普通居民", scope="16700", basic="0").split.critical == 700000  # (16700 − 6700) × 70%
    assert benefit("低保", own, scope="13350", basic="0").split.critical == 750000  # (13350 − 3350) × 75%
    assert benefit("低保", own, scope="10003350", basic="0").split.critical == 750000000
    assert benefit("低保", own, scope="3350", basic="0").split.critical == 0


def test_E06_a_rate_of_critical_illness_cover_below_sixty_percent_is_refused(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("critical_illness: {groups: {ordinary: {rate: {value: 59.99%, source: 本地}}}}\n", "utf-8")

    with pytest.raises(CannotParse) as problem:
        benefit("普通居民", own)

    assert problem.value.what.id == "settlements.parameter.low"


def test_E07_R55_medical_aid_within_the_limit_level_by_level_with_counts_and_amounts(jixiao, tmp_path):
    (tmp_path / "own.yaml").write_text(LIMIT, "utf-8")
    bill = {"psn_no": "p1", "psn_idet_type": "低保", "inscp_scp_amt": "3000", "hifp_pay": "1000", "town_check": "2022-03-01",
            "county_check": "2022-03-02", "prefecture_check": "2022-03-05"}  # fmt: skip
    write(tmp_path / "bills.csv", [bill, {**bill, "psn_no": "p2", "county_check": ""}, {**bill, "psn_no": "p3", "town_check": "2022-04-01"},
                                   {**bill, "psn_no": "p4", "psn_idet_type": "普通居民", "town_check": ""}])  # fmt: skip
    words = [
        tmp_path / "bills.csv",
        "--region",
        "653100",
        "--year",
        "2022",
        "--parameters",
        tmp_path / "own.yaml",
        "--out",
        tmp_path / "out",
    ]

    done = jixiao("settlements", "benefits", *words)

    assert [(row["aid"], row["approved"]) for row in read(tmp_path / "out/benefits.csv")] == [
        ("1400.00", "是"), ("1400.00", "否"), ("1400.00", "否"), ("0.00", "否")
    ]  # fmt: skip
    assert done.returncode == 1
    assert "医疗救助 低保对象：3 人次，4200.00 元" in done.stdout
    assert "2 行算出了救助，但没有逐级审核完" in done.stdout + done.stderr


def test_the_three_funds_and_the_person_add_up_to_the_bill_exactly(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(LIMIT, "utf-8")
    for scope in (1, 333, 335001, 1234567, 99999999):
        found = benefit("特困", own, scope=f"{scope / 100:.2f}", basic=f"{scope // 3 / 100:.2f}").split
        assert found.basic + found.critical + found.aid + found.left == scope


def test_E08_a_benefit_that_is_not_on_the_national_list_is_refused(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("dental_care: {limit: {value: 500元}}\n", "utf-8")

    with pytest.raises(CannotParse) as problem:
        benefit("普通居民", own)

    assert problem.value.what.id == "settlements.parameter.unlisted"


def test_E09_one_stop_settlement_by_prefecture(engine):
    rows = [small.settlement(1, maf_pay="5"), small.settlement(2, maf_pay="5", setl_type="1"),
            small.settlement(3, maf_pay="5", insu_admdvs="653101"), small.settlement(4, insu_admdvs="653101", setl_type="1")]  # fmt: skip

    made = small.computed(engine, rows)

    rates = {
        cell.region: value(made, "one_stop.settlements", cell).figure
        for cell in made.cells("settlements")
        if cell.scheme is None
    }
    assert {region: (rate.num, rate.den) for region, rate in rates.items()} == {
        None: (2, 3),
        "652800": (1, 2),
        "653100": (1, 1),
    }


def test_E10_a_monthly_table_of_the_three_coverages(jixiao, tmp_path):
    library.settlements_sample(4000, 3, tmp_path / "s")

    done = jixiao(
        "settlements", "measures", tmp_path / "s", "--monthly", "--only", "case_payment", "--out", tmp_path / "out"
    )

    table = read(tmp_path / "out/case_payment.csv")
    months = [row for row in table if row["地区"] == row["制度"] == "全部" and "-" in row["时期"]]
    assert list(table[0])[3:] == ["DRG/DIP 医疗机构覆盖率", "DRG/DIP 病例覆盖率", "DRG/DIP 基金支出覆盖率"]
    assert [row["时期"] for row in months] == [f"2024-{month:02d}" for month in range(1, 13)]
    assert months[0]["DRG/DIP 病例覆盖率"] in done.stdout


def test_E11_a_register_of_outpatient_policies_with_their_dates(jixiao, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "policies:\n- {subject: chronic_disease, title: 高血压三级, region: '653121', value: 1200元, since: 2022-05-01, until: 2022-12-31}\n",
        "utf-8",
    )

    def held(day):
        found = library.settlements_policies("653121", day, own).value
        return {policy.title for policy in found if policy.subject != "basic_pension"}

    done = jixiao("settlements", "policies", "--region", "653121", "--on", "2024-06-01")

    assert "高血压三级" in held("2022-05-01") & held("2022-12-31")
    assert "高血压三级" not in held("2022-04-30") | held("2023-01-01")
    assert "职工基本医疗保险门诊共济保障实施办法" not in held("2023-12-31")
    assert "新政办发〔2024〕13号" in done.stdout
    assert {policy.subject for policy in library.settlements_policies("653121").value} == {
        "outpatient_pooling", "two_diseases", "chronic_disease", "basic_pension"
    }  # fmt: skip


PAYMENT = {
    "psn_no": "p1", "insu_admdvs": "653121", "pay_month": "2022-06", "pay_date": "2022-06-25", "due_amount": "93",
    "pay_amount": "93", "first_flag": "0",
}  # fmt: skip


def test_E12_pension_levels_and_payments_by_the_25th_month_by_month(engine):
    levels = {
        day: [one.value for one in library.settlements_policies("653121", day).value if one.subject == "basic_pension"]
        for day in ("2022-06-30", "2022-07-01")
    }
    rows = [PAYMENT, {**PAYMENT, "psn_no": "p2", "pay_date": "2022-06-26"}, {**PAYMENT, "psn_no": "p3", "pay_date": ""},
            {**PAYMENT, "pay_month": "2022-07", "pay_date": "2022-07-01", "due_amount": "98", "pay_amount": "98", "first_flag": "1"},
            {**PAYMENT, "pay_month": "2022-07", "pay_date": "2022-07-25", "due_amount": "98", "pay_amount": "93", "first_flag": "1"}]  # fmt: skip

    made = small.computed(
        engine, [{name: text or None for name, text in row.items()} for row in rows], Terms(2022, "month"), "payments"
    )

    assert levels == {"2022-06-30": ["93元"], "2022-07-01": ["98元"]}
    assert of_whole(made, "on_time_payment.by_25th", "2022-06") == Fraction(1, 3)
    assert of_whole(made, "on_time_payment.by_25th", "2022-07") == 1
    assert of_whole(made, "first_payment.accuracy", "2022-07") == Fraction(1, 2)
    assert of_whole(made, "first_payment.accuracy", "2022-06") == "settlements.why.zero"


CASE = {
    "case_no": "c1", "fixmedins_code": "H1", "insu_admdvs": "653121", "check_date": "2024-05-01", "outcome": "0",
    "recovered_amount": "0", "penalty_amount": "0", "found_by": "1", "exposed_flag": "0", "reward_amount": "0",
}  # fmt: skip


def test_C05_cases_of_supervision_with_transfers_exposures_rewards_and_growth(engine):
    rows = [{**CASE, "case_no": f"c{at}", **said} for at, said in enumerate(
        [{}, {"outcome": "3"}, {"outcome": "6", "fixmedins_code": "H2"}, {"outcome": "5", "fixmedins_code": "H2"},
         {"outcome": "7", "fixmedins_code": "H3"}, {"outcome": "8", "fixmedins_code": "H4", "exposed_flag": "1"},
         {"outcome": "4", "fixmedins_code": "H5", "penalty_amount": "50", "recovered_amount": "100"},
         {"found_by": "3", "reward_amount": "200", "outcome": "2", "recovered_amount": "1000", "fixmedins_code": "H6"},
         {"check_date": "2023-05-01", "recovered_amount": "500", "outcome": "2"}])]  # fmt: skip

    made = small.computed(engine, rows, Terms(2024), "supervision")

    names = (
        "checked",
        "handled",
        "suspended",
        "terminated",
        "to_judicial",
        "to_discipline",
        "to_others",
        "exposed",
        "reported",
        "rewards",
        "money",
    )
    assert [of_whole(made, f"supervision.{name}") for name in names] == [6, 6, 1, 1, 1, 1, 1, 1, 1, 200, 1150]
    grown = measure(made, "supervision.recovered", {"against": "2023"})
    assert Fraction(grown[0].num, grown[0].den) == Fraction(1100 - 500, 500)


def test_C06_the_feed_of_the_automatic_audit_is_counted(engine):
    rows = [CASE, {**CASE, "case_no": "c2", "found_by": "2", "outcome": "2", "recovered_amount": "88.80"}]

    made = small.computed(engine, rows, Terms(2024), "supervision")

    assert of_whole(made, "supervision.smart_audit") == 1
    assert of_whole(made, "supervision.smart_recovered") == Fraction("88.80")


def test_C08_alert_lines_with_lists_that_alone_name_persons(jixiao, tmp_path):
    rows = [
        {
            "证件号码" if name == "psn_no" else name: text
            for name, text in small.settlement(at, psn_no=NUMBER, setl_time=f"2024-0{at}-15").items()
        }
        for at in (1, 2)
    ]
    write(tmp_path / "records.csv", rows)
    (tmp_path / "settlements.yaml").write_text(RECORDS, "utf-8")

    done = jixiao("settlements", "alerts", tmp_path, "--out", tmp_path / "out")
    printed = jixiao("settlements", "alerts", tmp_path, "--json")

    (person,) = read(tmp_path / "out/high_cost_year.csv")
    assert (person["psn_no"], person["visits"], person["bill"]) == (NUMBER, "2", "2000.00")
    assert {row["period"] for row in read(tmp_path / "out/alerts.csv") if not row["region"]} == {"2024-01", "2024-02"}
    assert [row["amount"] for row in read(tmp_path / "out/cost_per_visit.inpatient.csv")] == ["1000.00", "1000.00"]
    assert (tmp_path / "out/high_cost_year.csv").stat().st_mode & 0o077 == 0
    assert (tmp_path / "out/cost_per_visit.inpatient.csv").stat().st_mode & 0o077 == 0
    for text in (
        done.stdout,
        done.stderr,
        printed.stdout,
        printed.stderr,
        (tmp_path / "out/alerts.csv").read_text("utf-8"),
    ):
        assert NUMBER not in text
    assert "110105***********X" in printed.stdout
