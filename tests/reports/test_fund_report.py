"""基金报告: the example's five parts, sentences that follow the ledger, and the tables behind the report."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from strategies import ledgers

from jixiao.documents.document import Chart, Heading, Paragraph, Table
from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation, Head, Reason
from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure, figure
from jixiao.figures.target_notation import target as read_target
from jixiao.funds.ledger import AccountItem, Completion, Ledger, MoneyLevel, Notice, Payment
from jixiao.funds.money import Funds
from jixiao.indicators.indicator import Group, Indicator
from jixiao.indicators.system import System
from jixiao.operations.check import check
from jixiao.reports import fund_narrative as narrative
from jixiao.reports import report
from jixiao.reports.charts import monitoring
from jixiao.reports.prose import printed, sentence
from jixiao.review.report import reviewed

PARTS = [
    "一、社会保险基金收支余总体情况",
    "二、各项基金预算完成及运行情况",
    "三、基金支出组织实施和绩效管理情况",
    "四、其他需要说明的问题",
    "五、附表",
    "附件1 社会保险支出绩效自评表",
]


@pytest.fixture(scope="module")
def funds(examples):
    return check(examples / "kashgar-2022-funds").value


def yi(text):
    return figure(f"{text}亿元")


def written(of):
    return report.write(report.kind_of(of), of)


def text_of(document):
    return "\n".join(block.text for block in document.blocks if isinstance(block, Heading | Paragraph))


def told(messages):
    return "".join(sentence(one) for one in messages)


def one_fund(*items, scheme="居民医保", **extra):
    lines = tuple(AccountItem(scheme, side, name, **amounts) for side, name, amounts in items)
    return assess(
        Evaluation(
            "fund", 2024, Head(project="某市社会保险基金支出"), funds=Funds(ledger=Ledger(accounts=lines, **extra))
        )
    )


def test_report_says_what_the_golden_file_says(funds, plain, golden):
    golden("reports/kashgar-2022-funds.txt", plain(written(funds)))


def test_report_has_five_parts_and_the_annexed_table(funds, plain):
    document = written(funds)

    assert [heading.text for _, heading in document.listed() if heading.level == 1] == PARTS
    assert "待补充" not in plain(document)
    assert report.gaps(funds) == []
    assert {table.form.partition("/")[0] for table in document.tables() if table.form} == {
        "fund_account_summary",
        "fund_composition",
        "fund_self_evaluation_table",
    }


def test_every_quoted_figure_is_the_value_at_its_path(funds):
    runs = [run for block in written(funds).blocks if isinstance(block, Paragraph) for run in block.runs if run.bind]
    of_tables = [run for run in runs if run.bind.startswith("funds/tables/")]

    assert len(of_tables) > 60
    for run in of_tables:
        assert run.text == printed(run.bind, published(funds, run.bind)), run.bind


def test_report_holds_before_its_own_review(funds):
    review = reviewed(written(funds))

    assert review.findings == ()
    assert review.coverage.checked > 150


@pytest.mark.parametrize("name", ["kashgar-2022-public-pension", "kashgar-2022-resident-pension"])
def test_self_evaluation_of_one_fund_without_a_ledger_gets_the_report_too(name, examples):
    document = written(check(examples / name).value)

    assert [heading.text for _, heading in document.listed() if heading.level == 1] == PARTS
    assert text_of(document).count("预算执行率（全年执行数÷全年预算数）为") == 1
    assert not [block for block in document.blocks if isinstance(block, Chart)]


def test_overall_sentences_of_the_example(funds):
    assert told(narrative.flow(funds, "income")) == (
        "2022年度2项基金总收入52.23亿元，比上年减少2.73亿元，下降4.97%，完成年度预算50.81亿元的102.79%。"
    )
    assert told(narrative.flow(funds, "expenditure", "城乡居民")) == (
        "2022年度城乡居民基金总支出6.45亿元，与上年持平，完成年度预算6.57亿元的98.17%。"
    )
    assert told(narrative.balance(funds)) == "当期结余10.47亿元，年末滚存结余89.59亿元。"


@pytest.mark.parametrize(
    ("this", "last", "words"),
    [
        ("12", "10", "，比上年增加2亿元，增长20%"),
        ("8", "10", "，比上年减少2亿元，下降20%"),
        ("10", "10", "，与上年持平"),
        ("10.001", "10", "，与上年基本持平"),
        ("9.999", "10", "，与上年基本持平"),
        ("1000.02", "1000", "，比上年增加0.02亿元"),
        ("3", "0", "，比上年增加3亿元"),
        ("0", "0", "，与上年持平"),
        ("0", "5", "，比上年减少5亿元，下降100%"),
        ("3", None, ""),
    ],
)
def test_change_is_told_in_its_own_direction(this, last, words):
    of = one_fund(("income", None, {"this_year": yi(this), "last_year": last and yi(last)}))

    assert told(narrative.flow(of, "income")).partition("亿元")[2] == f"{words}。"


@pytest.mark.parametrize(
    ("budget", "words"),
    [("8", "，完成年度预算8亿元的75%"), ("0", "，年度没有安排预算"), (None, "")],
)
def test_completion_names_the_budget_that_it_is_measured_on(budget, words):
    of = one_fund(("expenditure", None, {"this_year": yi("6"), "budget": budget and yi(budget)}))

    assert told(narrative.flow(of, "expenditure")) == f"2024年度居民医保基金总支出6亿元{words}。"


@pytest.mark.parametrize(
    ("income", "spent", "words"),
    [("5", "3", "当期结余2亿元"), ("3", "5", "当期收不抵支，缺口2亿元"), ("3", "3", "当期收支相抵")],
)
def test_a_gap_is_not_called_a_balance(income, spent, words):
    of = one_fund(
        ("income", None, {"this_year": yi(income)}),
        ("expenditure", None, {"this_year": yi(spent)}),
        ("balance", "滚存结余", {"this_year": yi("9"), "last_year": yi("7")}),
    )

    assert told(narrative.balance(of)) == f"{words}，年末滚存结余9亿元，上年末为7亿元。"


def test_composition_is_called_so_only_where_the_items_add_up(funds):
    assert told(narrative.made_of(funds, "income", "机关事业单位养老（改革）")).startswith(
        "收入由以下各项构成：保费收入38.04亿元，占91.77%；"
    )
    short = told(narrative.made_of(funds, "income", "城乡居民"))
    assert short.startswith("收入中：")
    assert (
        "财政补贴收入6.72亿元，占62.34%（其中：缴费补助收入0.98亿元、基础养老金补助收入5.58亿元、丧葬抚恤补助收入0.15亿元）"
        in short
    )


def test_notices_and_regions_are_told_from_the_ledger(examples):
    of = check(examples / "xinjiang-2024").value

    assert told(narrative.notices(of)).startswith(
        "2023年10月31日，财政部、国家医保局以财社〔2023〕139号文下达中央财政资金147027万元；"
    )
    assert told(narrative.notices(of, passed_on=True)).count("向下分解") == 3
    regions = told(narrative.regions_executed(of))
    assert "14个地区中有10个全部执行" in regions
    assert "和田地区预算数49272万元，执行数45788.18万元，执行率92.93%，未执行3483.82万元" in regions
    assert regions.endswith("克拉玛依市当年没有预算，不计执行率。")


def test_a_ledger_without_regions_or_notices_says_nothing_of_them(funds):
    assert narrative.notices(funds) == narrative.regions_executed(funds) == []
    assert narrative.flow(one_fund(), "income") == narrative.balance(one_fund()) == []


def test_each_fund_whose_indicators_stand_apart_has_its_own_annexed_table(funds):
    schemes = ("机关事业单位养老（改革）", "城乡居民")
    leaf = funds.evaluation.system("scored").find("S1")
    roots = tuple(Group(f"F{n}", name, None, (replace(leaf, code=f"F{n}01"),)) for n, name in enumerate(schemes, 1))
    of = assess(replace(funds.evaluation, systems=(System("scored", roots),), actuals={}, evidence=()))
    document = written(of)

    tables = [table for table in document.tables() if table.form and table.form.startswith("fund_self_evaluation")]
    assert [heading.text for _, heading in document.listed()][-2:] == [
        "附件1 机关事业单位养老（改革）基金支出绩效自评表",
        "附件2 城乡居民基金支出绩效自评表",
    ]
    values = [{cell.bind: cell.text for _, _, cell in table.cells() if cell.bind} for table in tables]
    assert [one["funds/total/revised_budget"] for one in values] == ["360800", "65700"]
    assert [one["funds/rate/budget_execution_rate"] for one in values] == ["97.87%", "98.17%"]


def test_missed_target_without_points_is_a_problem_with_its_reason_and_measure(funds):
    actual = funds.evaluation.actuals["P3"]
    low = replace(actual, value=figure("90%"))
    why = Reason("新参保人员资料不全", "上线前置校验")
    of = assess(replace(funds.evaluation, actuals={**funds.evaluation.actuals, "P3": low}, reasons={"P3": why}))
    text = text_of(written(of))

    assert "“首次待遇发放准确率”没有达到指标值≥95%，实际完成90%。原因：新参保人员资料不全。" in text
    assert "针对“首次待遇发放准确率”：上线前置校验。" in text


def test_monitoring_chart_shows_calendar_alert_line_forecast_and_completion():
    level, number = "中央财政资金", "甲社〔2024〕1号"
    paid = tuple(Payment(level, None, yi(amount), f"2024-0{month}") for month, amount in enumerate(("1", "2", "3"), 1))
    done = tuple(Completion("P1", f"2024-0{month}", f"{10 * month}人") for month in (1, 2, 3))
    notices = (Notice(number, level, amount=yi("24")),)
    ledger = Ledger((MoneyLevel(level),), notices=notices, payments=paid, completions=done)
    aided = Indicator("P1", "救助人数", target=read_target("≥100人"))
    of = assess(Evaluation("fund", 2024, systems=(System("scored", (aided,)),), funds=Funds(ledger=ledger)))

    chart = monitoring.chart(of)

    assert chart.says == (
        "截至3月底累计执行率25%，序时进度25%，救助人数完成率30%；按月均预计全年100%，该方法逐月预测的平均误差29.17%。"
    )
    rows = {}
    for row in chart.spec["data"]["values"]:
        rows.setdefault(row["name"], []).append((row["month"], row["rate"]))
    assert rows["累计执行率"] == [("1", "4.17"), ("2", "12.5"), ("3", "25")]
    assert rows["救助人数完成率"] == [("1", "10"), ("2", "20"), ("3", "30")]
    assert rows["预警线"][:2] == [("2", "6.67"), ("3", "15")]
    assert rows["序时进度"][-1] == ("12", "100")
    assert rows["预计"] == [("3", "25"), ("12", "100")]
    assert [block.spec for block in written(of).blocks if isinstance(block, Chart)] == [chart.spec]


def test_monitoring_chart_of_a_whole_year_foretells_nothing():
    level = "中央财政资金"
    paid = tuple(Payment(level, None, yi("1"), f"2024-{month:02}") for month in range(1, 13))
    ledger = Ledger((MoneyLevel(level),), notices=(Notice("一号", level, amount=yi("12")),), payments=paid)

    chart = monitoring.chart(assess(Evaluation("fund", 2024, funds=Funds(ledger=ledger))))

    assert chart.says == "截至12月底累计执行率100%，序时进度100%。"


def test_no_chart_without_months(funds):
    assert monitoring.chart(funds) is None


@settings(max_examples=20)
@given(ledgers)
def test_report_of_any_ledger_can_be_written_and_no_fall_is_called_growth(ledger):
    of = assess(Evaluation("fund", 2024, Head(project="某市基金", unit="某局"), funds=Funds(ledger=ledger)))
    document = written(of)

    assert document.tables() or not ledger.accounts
    for block in document.blocks:
        for before, run in zip(getattr(block, "runs", ()), getattr(block, "runs", ())[1:], strict=False):
            if run.bind and run.bind.endswith("/change/size"):
                change = published(of, run.bind.removesuffix("/size"))
                assert isinstance(change, Figure)
                assert before.text.endswith("增加" if change.num > 0 else "减少")
                assert isinstance(block, Paragraph)
    assert all(isinstance(table, Table) for table in document.tables())
