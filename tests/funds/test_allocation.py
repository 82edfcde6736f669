"""资金分配和人均补助: shares of a pool, and what is settled by head.

1. Shares are whole in the unit and add up to the pool exactly.
2. No share is a whole unit or more away from its exact value.
3. Multiplying every need by the same number changes nothing.
4. A share says how it came about, in both languages.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import jixiao
from jixiao import library
from jixiao.authorities import authority
from jixiao.figures.figure import exactly, figure, total
from jixiao.funds.allocation import Factor, by_factors, performance_coefficient
from jixiao.funds.ledger import WAN
from jixiao.funds.subsidies import findings, implied_heads, settled, standard

needs = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any)
WHOLE = figure("100%")
DIVIDED = """schema: evaluation/1
kind: transfer
year: 2024
head: {project: 示例补助资金, unit: 示例医保局}
funds:
  ledger:
    regions: [{code: "990001", name: 甲市}, {code: "990002", name: 乙市}]
    pools: [{amount: 1000}]
    factors: [{name: 救助人次, weight: 100%}]
    needs: [{factor: 救助人次, region: 甲市, need: 300人次}, {factor: 救助人次, region: 乙市, need: 300人次}]
    coefficients: [{region: 甲市, last_score: 92.5}, {region: 乙市, last_score: 88}]
"""


def factor(amounts, name="需求人次", weight=WHOLE):
    return Factor(name, weight, {f"地区{number}": exactly(amount) for number, amount in enumerate(amounts)})


@given(needs, st.integers(1, 10**7), st.integers(1, 50))
def test_shares_add_up_and_scale(amounts, pool, times):
    money = exactly(pool * 10**4, 1, WAN)
    shared = by_factors(money, [factor(amounts)])

    assert total(share.amount for share in shared.shares).same_as(money)  # 1
    for share in shared.shares:
        gap = share.amount.num * share.exact.den - share.exact.num * share.amount.den
        assert share.amount.num % 10**4 == 0 and share.amount.den == 1
        assert abs(gap) < 10**4 * share.exact.den * share.amount.den  # 2
    again = by_factors(money, [factor([amount * times for amount in amounts])])
    assert [share.amount for share in again.shares] == [share.amount for share in shared.shares]  # 3


def test_share_says_how_it_came_about():
    factors = [
        Factor("救助人次", figure("60%"), {"甲": figure("300人次"), "乙": figure("700人次")}),
        Factor("困难群众", figure("40%"), {"甲": figure("50人"), "乙": figure("50人")}),
    ]

    shared = by_factors(figure("1000万元"), factors, capacity={"甲": figure("1.2")}, performance={"乙": figure("0.9")})

    assert [(share.region, str(share.amount)) for share in shared.shares] == [("甲", "450万元"), ("乙", "550万元")]
    assert [step.text("zh") for step in shared.shares[0].steps] == [
        "救助人次：300人次 ÷ 1000人次 × 权重 60% = 0.18",
        "困难群众：50人 ÷ 100人 × 权重 40% = 0.2",
        "得分 = 需求 0.38 × 财力调节系数 1.2 × 绩效调节系数 1 = 0.456",
        "分配数 = 1000万元 × 0.456 ÷ 1.014 = 449.7041万元，按最大余数取整为 450万元",
    ]
    assert all(step.text("en") for share in shared.shares for step in share.steps)  # 4


@pytest.mark.parametrize(
    ("pool", "given_factors", "check"),
    [
        ("0万元", [factor([1, 2])], "pool"),
        ("-5万元", [factor([1, 2])], "pool"),
        ("10.5万元", [factor([1, 2])], "not_whole"),
        ("10万元", [factor([0, 0])], "all_zero"),
        ("10万元", [], "all_zero"),
        ("10万元", [factor([1, 2], weight=figure("90%"))], "weights"),
        ("10万元", [factor([1, -2])], "negative"),
        ("10万元", [factor([1, 2], weight=figure("50%")), factor([1], "另一因素", figure("50%"))], "regions"),
    ],
)
def test_pool_that_cannot_be_divided_says_why(pool, given_factors, check):
    shared = by_factors(figure(pool), given_factors)

    assert shared.shares == ()
    assert f"funds_allocation_{check}" in {finding.check for finding in shared.findings}
    assert all(finding.because.text("zh") and finding.remedy.text("en") for finding in shared.findings)


def test_coefficients_of_all_regions_nought_leave_nothing_to_divide():
    nought = {"地区0": figure("0"), "地区1": figure("0")}

    shared = by_factors(figure("10万元"), [factor([1, 2])], performance=nought)

    assert [finding.check for finding in shared.findings] == ["funds_allocation_all_zero"]


def test_negative_coefficient_is_refused():
    shared = by_factors(figure("10万元"), [factor([1, 2])], capacity={"地区0": figure("-1")})

    assert [finding.check for finding in shared.findings] == ["funds_allocation_coefficient"]


@pytest.mark.parametrize(
    ("score", "coefficient"), [("90", "1.1"), ("89.99", "1.0"), ("80", "1.0"), ("60", "0.9"), ("59.99", "0.8")]
)
def test_performance_coefficient_by_last_years_score(score, coefficient):
    assert performance_coefficient(figure(score), 2024).same_as(figure(coefficient))


def test_pool_of_a_bundle_is_divided_by_last_years_scores(tmp_path):
    (tmp_path / "evaluation.yaml").write_text(DIVIDED, "utf-8")

    outcome = jixiao.funds_tables(tmp_path, tmp_path / "out")

    assert outcome.exit_code() == 0
    told = jixiao.funds_json(outcome.value)["tables"]
    sharing = next(table for table in told if table["id"] == "sharing")
    assert [(row["key"], row["cells"]["amount"]["text"]) for row in sharing["rows"]] == [
        ("甲市", "524万元"),
        ("乙市", "476万元"),
        ("合计", "1000万元"),
    ]
    assert sharing["rows"][0]["steps"] == [
        "上年得分 92.5，绩效调节系数 1.1（分档待核）",
        "救助人次：300人次 ÷ 600人次 × 权重 100% = 0.5",
        "得分 = 需求 0.5 × 财力调节系数 1 × 绩效调节系数 1.1 = 0.55",
        "分配数 = 1000万元 × 0.55 ÷ 1.05 = 523.8095万元，按最大余数取整为 524万元",
    ]
    book = load_workbook(tmp_path / "out" / "资金表.xlsx")
    assert "因素法分配结果：计算过程" in book.sheetnames


def test_every_dated_figure_has_its_source_and_its_mark():
    subsidies = library.read("funds/subsidies.yaml")
    bandings = library.read("funds/performance.yaml")["bandings"]
    held = library.read("funds/rules.yaml")
    dated = [rule for name, rules in held.items() if name != "programmes" for rule in rules]

    assert all(row["authority"] and row["amount"].endswith("元/人") for row in subsidies["standard"])
    marked = [*subsidies["standard"], *subsidies["central"].values(), *bandings, *dated]
    assert {row["mark"] for row in marked} <= {"confirmed", "seed", "unconfirmed"}
    assert all(authority(row["authority"]).title for row in (*bandings, *dated))


def test_subsidy_standards_of_2023_and_2024():
    assert [str(standard(year).central) for year in (2023, 2024)] == ["512元/人", "536元/人"]
    assert standard(2022).mark == "unconfirmed" and standard(2024, "third").mark == "unconfirmed"
    assert standard(1999) is None and standard(2024, "sixth") is None


def test_settlement_takes_back_what_was_prepaid_for_nobody():
    head = standard(2023).central

    last = settled(figure("82.88万人"), figure("81.35万人"), head)

    assert [str(last.prepaid), str(last.due), str(last.over)] == ["42434.56万元", "41651.2万元", "783.36万元"]
    assert str(last.deduction) == "783.36万元"
    assert last.steps[-1].text("zh") == "多拨 783.36万元，下年扣减"
    late = settled(figure("80万人"), figure("81.35万人"), head, late=figure("10万元"))
    assert (str(late.over), str(late.deduction)) == ("-691.2万元", "10万元")
    assert settled(figure("80万人"), None, head).over is None


def test_money_for_more_heads_than_are_insured_is_found():
    central, insured = figure("42433万元"), figure("813500人")

    found = findings(central, figure("512元/人"), insured, prepayment=True)

    assert str(implied_heads(central, figure("512元/人")).published(0)) == "828770人"
    assert found[0].severity == "warning"
    assert found[0].because.text("zh") == "42433万元 按 512元/人 折合 828770人，比参保的 813500人 多 15270人（1.88%）"
    assert findings(central, figure("512元/人"), insured, prepayment=False)[0].severity == "error"
    assert findings(central, figure("536元/人"), insured, prepayment=False) == []
