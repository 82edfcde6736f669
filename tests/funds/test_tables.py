"""资金表: what a ledger derives: totals, tables with their rates, regional targets, monitoring by month.

The small fund: 中央 gives 100 万元 in a first batch and takes 20 back in a second, 自治区 adds 10; two regions, and a
third one without money. 乌鲁木齐市 is paid 50 of its 60, 伊犁州 all of its 30.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from strategies import ledgers

from jixiao.evaluation import regional_targets
from jixiao.evaluation.assess import assess
from jixiao.evaluation.following import following
from jixiao.evaluation.model import Evaluation
from jixiao.evaluation.paths import get
from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure, exactly, figure
from jixiao.figures.target_notation import target
from jixiao.funds import accounts, monitoring, regions, tables
from jixiao.funds.ledger import (
    AccountItem,
    Allocation,
    Ledger,
    LedgerRegion,
    MoneyLevel,
    Notice,
    Payment,
    Quantity,
    Receipt,
    added,
)
from jixiao.funds.measures import measure
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Actual, Group, Indicator, Typed
from jixiao.indicators.system import System

CENTRAL, LOCAL = "中央财政资金", "地方财政资金"
NOTICES = (
    Notice("一号", CENTRAL, batch="第一批"),
    Notice("二号", CENTRAL, batch="第二批"),
    Notice("三号", LOCAL),
)


def wan(text):
    return figure(f"{text}万元")


SMALL = Ledger(
    levels=(MoneyLevel(CENTRAL, "central"), MoneyLevel(LOCAL, "province"), MoneyLevel("其他资金")),
    regions=(LedgerRegion("650100"), LedgerRegion("650200"), LedgerRegion("654000")),
    notices=NOTICES,
    allocations=(
        Allocation("一号", "650100", wan("50")),
        Allocation("一号", "654000", wan("50")),
        Allocation("二号", "654000", wan("-20")),
        Allocation("三号", "650100", wan("10")),
    ),
    receipts=(Receipt(CENTRAL, amount=wan("80")), Receipt(LOCAL, amount=wan("10"))),
    payments=(
        Payment(CENTRAL, "650100", wan("40"), "2024-03"),
        Payment(LOCAL, "650100", wan("10"), "2024-06"),
        Payment(CENTRAL, "654000", wan("30"), "6月"),
    ),
)


def texts(row):
    return {"/".join(key): str(value) if value is not None else None for key, value in row.cells.items()}


def test_sources_are_derived_from_the_ledger_and_cannot_be_typed_over():
    funds = Funds(sources=(Source(CENTRAL, Money(executed=wan("999"))),), ledger=SMALL)

    assert [
        (source.name, str(source.money.revised_budget), str(source.money.executed)) for source in funds.sources
    ] == [
        (CENTRAL, "80万元", "70万元"),
        (LOCAL, "10万元", "10万元"),
        ("其他资金", "0万元", "0万元"),
    ]
    assert str(measure(funds, "budget_execution_rate")[0].published(2)) == "88.89%"
    assert str(measure(funds, "receipt_rate")[0]) == "100%"


def test_typed_sources_stay_without_a_ledger_of_levels():
    typed = (Source("中央", Money(executed=wan("5"))),)

    assert Funds(sources=typed, ledger=Ledger(regions=SMALL.regions)).sources == typed


def test_allocation_table_keeps_regions_without_money():
    table = tables.allocation(SMALL, 2024)

    assert [row.label for row in table.rows] == ["合计", "乌鲁木齐市", "克拉玛依市", "伊犁州"]
    assert texts(table.row("伊犁州")) == {
        f"{CENTRAL}/第一批": "50万元",
        f"{CENTRAL}/第二批": "-20万元",
        f"{CENTRAL}/小计": "30万元",
        f"{LOCAL}/小计": "0万元",
        "其他资金/小计": "0万元",
        "合计/合计": "30万元",
    }
    assert texts(table.row("克拉玛依市"))["合计/合计"] == "0万元"


def test_money_at_the_top_is_not_that_of_a_region_without_a_name_of_its_own():
    assert str(SMALL.sum_of("receipt")) == "90万元"
    assert SMALL.sum_of("receipt", region="650100").num == 0


def test_execution_table_has_rates_by_level_and_unspent_money():
    row = texts(tables.execution(SMALL, 2024).row("乌鲁木齐市"))

    assert {name: row[f"{CENTRAL}/{name}"] for name in tables.EXECUTION} == {
        "budget": "50万元",
        "received": None,
        "executed": "40万元",
        "rate": "80%",
        "unspent": "10万元",
    }
    assert row["其他资金/rate"] is None, "0 ÷ 0 has no rate"
    assert row["合计/unspent"] == "10万元"


@given(ledgers)
def test_regions_add_up_to_the_whole_and_levels_to_the_total(ledger):
    table = tables.allocation(ledger, 2024)

    if table.rows and all(isinstance(line.amount, Figure) and line.region for line in ledger.allocations):
        known = {level for level in ledger.level_names()}
        if all(ledger.level_of(line) in known for line in ledger.allocations):
            whole, *parts = [row.cells["合计", "合计"] for row in table.rows]
            if whole is not None and parts and None not in parts:
                assert added(parts).same_as(whole)


def test_cells_are_published_by_path():
    of = assess(Evaluation("transfer", 2024, funds=Funds(ledger=SMALL)))

    assert str(published(of, f"funds/tables/execution/乌鲁木齐市/{CENTRAL}/rate")) == "80%"
    assert str(published(of, "funds/total/revised_budget")) == "90万元"
    with pytest.raises(KeyError):
        published(of, "funds/tables/execution/不存在/合计/rate")


def test_every_cell_has_the_path_it_is_published_at():
    of = assess(Evaluation("transfer", 2024, funds=Funds(ledger=SMALL)))

    for table in tables.tables(of.evaluation.funds, 2024):
        for row in table.rows:
            for key, value in row.cells.items():
                assert published(of, table.path(row, key)) == value


def goals():
    nodes = (Indicator("P1", "救助人次", None, target("≥100人次")), Indicator("P2", "知晓率", None, target("≥80%")))
    return (System("scored", (Group("P", "产出", None, nodes),)),)


def test_regional_targets_have_the_same_goals_and_their_own_money():
    evaluation = Evaluation("transfer", 2024, systems=goals(), funds=Funds(ledger=SMALL))

    issued = dict(regional_targets.issued(evaluation))

    assert list(issued) == ["中央下达", "合计", "乌鲁木齐市", "克拉玛依市", "伊犁州"]
    assert {str(get(one, "scored/P2/target")) for one in issued.values()} == {"≥80%"}
    assert str(issued["中央下达"].funds.total("revised_budget")) == "80万元"
    assert str(issued["克拉玛依市"].funds.total("revised_budget")) == "0万元"
    assert [str(get(issued["乌鲁木齐市"], f"funds/sources/{name}/revised_budget")) for name in (CENTRAL, LOCAL)] == [
        "50万元",
        "10万元",
    ]


def test_split_quantities_have_to_add_up():
    shares = (Quantity("P1", "650100", "≥70人次"), Quantity("P1", "654000", "≥30人次"))
    split = replace(SMALL, quantities=shares)
    evaluation = Evaluation("transfer", 2024, systems=goals(), funds=Funds(ledger=split))

    issued = dict(regional_targets.issued(evaluation))

    assert list(regional_targets.findings(evaluation)) == []
    assert str(get(issued["乌鲁木齐市"], "scored/P1/target")) == "≥70人次"
    assert str(get(issued["合计"], "scored/P1/target")) == "≥100人次"


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (("≥70人次", "≥31人次"), "指标 P1 各地目标值合计 101人次，总目标值是 100人次"),
        (("≥70人次", "提高"), "指标 P1 的区域目标值或总目标值不是数，不能相加"),
        (("≥70人次", "≥30人"), "指标 P1 的区域目标值或总目标值不是数，不能相加"),
    ],
)
def test_split_quantities_that_do_not_add_up_are_found(shares, said):
    split = replace(SMALL, quantities=tuple(Quantity("P1", "650100", text) for text in shares))
    evaluation = Evaluation("transfer", 2024, systems=goals(), funds=Funds(ledger=split))

    found = list(regional_targets.findings(evaluation))

    assert [finding.because.text("zh") for finding in found] == [said]
    assert found[0].paths[0] == "funds/ledger/quantities/0"


def test_names_of_regions_follow_the_year():
    ledger = Ledger(regions=(LedgerRegion("652100"), LedgerRegion("990000", "示范区")))

    assert [regions.label(ledger, code, 2012) for code in ("652100", "990000")] == ["吐鲁番地区", "示范区"]
    assert regions.label(ledger, "888888", 2012) == "888888"


def paid(*amounts):
    lines = tuple(Payment(CENTRAL, amount=wan(text), month=f"{n}月") for n, text in enumerate(amounts, 1))
    return Ledger(notices=(Notice("一号", CENTRAL, amount=wan("120")),), payments=lines)


def test_progress_tells_every_month_and_its_gap():
    months = monitoring.progress(paid("10", "0", "20"), 2024)

    assert [
        (one.month, str(one.cumulated), str(one.rate.published(2)), str(one.gap.published(2))) for one in months
    ] == [
        (1, "10万元", "8.33%", "0%"),
        (2, "10万元", "8.33%", "-8.33%"),
        (3, "30万元", "25%", "0%"),
    ]
    assert monitoring.progress(SMALL, 2024)[3].paid.num == 0, "a month without payments counts as nought"


def test_even_payments_are_foretold_without_error():
    months = monitoring.progress(paid("10", "10", "10", "10"), 2024)

    told = monitoring.forecast(months, wan("120"))

    assert (str(told.paid), str(told.rate), told.method, told.error.num) == ("120万元", "100%", "even", 0)


def test_payments_that_speed_up_are_foretold_by_the_last_months():
    months = monitoring.progress(paid("1", "1", "1", "20", "20", "20"), 2024)

    told = monitoring.forecast(months, wan("120"))

    assert told.method == "recent"
    assert str(told.paid) == "183万元"
    assert told.error.num > 0


def test_nothing_is_foretold_from_nothing():
    assert monitoring.forecast([]) is None
    assert monitoring.forecast(monitoring.progress(paid("10"), 2024)).error is None


def test_alerts_name_the_month_and_the_line():
    months = monitoring.progress(paid("10", "0", "0"), 2024)
    pace = monitoring.paces(months, {3: figure("40%")})

    crossed = monitoring.alerts(months, pace, 2024)

    assert [(one.month, one.kind, str(one.by.published(2)), str(one.line)) for one in crossed] == [
        (3, "behind", "16.67%", "10%"),
        (3, "apart", "31.67%", "20%"),
    ]


def test_exactly_on_the_line_is_no_alert():
    months = monitoring.progress(paid("0", "18"), 2024)

    assert months[1].due.same_as(exactly(2, 12)) and str(months[1].rate) == "15%"
    assert monitoring.alerts(months, [], 2024) == []


ACCOUNTS = Ledger(
    accounts=(
        AccountItem("居民医保", "income", this_year=wan("100"), budget=wan("90")),
        AccountItem("居民医保", "expenditure", "住院", this_year=wan("50")),
        AccountItem("居民医保", "expenditure", "门诊", this_year=wan("30")),
        AccountItem("居民医保", "balance", this_year=wan("60")),
    )
)


def test_accounts_give_expenditure_growth_and_reserve_months():
    funds = Funds(ledger=ACCOUNTS)
    row = tables.account_summary(ACCOUNTS).row("合计")

    assert [(source.name, str(source.money.executed)) for source in funds.sources] == [("居民医保", "80万元")]
    assert str(row.cells["income", "execution"].published(2)) == "111.11%"
    assert str(row.cells["balance", "surplus"]) == "20万元" and row.cells["income", "growth"] is None
    assert str(measure(funds, "reserve_months")[0]) == "9个月"
    assert str(tables.composition(ACCOUNTS).row("居民医保", "expenditure", "住院").cells["share",]) == "62.5%"


def test_item_without_an_amount_is_the_sum_of_its_parts_and_shared_items_are_summed_over_schemes():
    def spent(scheme, item, this, last=None, under=None):
        return AccountItem(scheme, "expenditure", item, under, None, this and wan(this), last and wan(last))

    rows = (
        spent("机关", "待遇", "30", "20"), spent("居民", "待遇", None, "5"), spent("居民", "基础", "8", None, "待遇"),
        spent("居民", "个人", "2", None, "待遇"), spent("居民", "转移", "10"),
    )  # fmt: skip
    table = tables.composition(Ledger(accounts=rows))

    of_residents = texts(table.row("居民", "expenditure", "待遇"))
    assert (of_residents["this_year"], of_residents["growth"], of_residents["share"]) == ("10万元", "100%", "50%")
    together = texts(table.row("合计", "expenditure", "待遇"))
    assert (together["this_year"], together["change"], together["growth"], together["share"]) == (
        "40万元", "15万元", "60%", "80%",
    )  # fmt: skip
    assert [row.key for row in table.rows if row.key[0] == "合计"] == [("合计", "expenditure", "待遇")]


def test_growth_of_an_indicator_is_against_last_year():
    heads = Indicator("P1", "领取人数", last_year=figure("4.28万人"))
    first = Indicator("P2", "新增人数")
    said = {code: Actual(figure("4.4万人"), Typed("年报")) for code in ("P1", "P2")}
    of = assess(Evaluation("fund", 2022, systems=(System("scored", (heads, first)),), actuals=said))

    assert str(published(of, "scored/P1/growth").published(2)) == "2.8%"
    assert published(of, "scored/P2/growth") is None


def test_growth_from_nought_has_no_rate():
    assert accounts.growth(wan("5"), wan("0")) is None
    assert str(accounts.growth(wan("41.45"), wan("43.23")).published(2)) == "-4.12%"


def test_following_year_keeps_regions_and_turns_this_year_into_last():
    later = following(Evaluation("fund", 2024, funds=Funds(ledger=ACCOUNTS)), 2025).funds.ledger

    assert [(str(item.last_year), item.this_year) for item in later.accounts] == [
        ("100万元", None),
        ("50万元", None),
        ("30万元", None),
        ("60万元", None),
    ]
    assert following(Evaluation("transfer", 2024, funds=Funds(ledger=SMALL)), 2025).funds.sources == tuple(
        Source(name, Money()) for name in (CENTRAL, LOCAL, "其他资金")
    )
