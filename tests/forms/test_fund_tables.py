"""资金表: the fund tables of the examples and of random ledgers are written and read back, in anybody's layout."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from strategies import ledgers

from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Evaluation
from jixiao.figures.figure import figure
from jixiao.figures.units import unit
from jixiao.formats import bundle, excel_read, excel_write, html_read, word_read
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import form, forms, forms_for
from jixiao.forms.placing import Wording, placed
from jixiao.forms.read import read
from jixiao.forms.recognise import recognise
from jixiao.forms.write import printed, write
from jixiao.funds.ledger import AccountItem, Ledger
from jixiao.funds.money import Funds

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OF_TRANSFER = ("fund_allocation_table", "fund_execution_table", "fund_management_table")
OF_FUND = ("fund_account_summary", "fund_composition")
EVERY = [*(("xinjiang-2024", one) for one in OF_TRANSFER), *(("kashgar-2022-funds", one) for one in OF_FUND)]
READERS = {"xlsx": excel_read, "docx": word_read, "html": html_read}


def wan(text):
    return figure(f"{text}万元")


@pytest.fixture(scope="module")
def example():
    found = {}

    def evaluation(name):
        return found.setdefault(name, bundle.read(EXAMPLES / name).evaluation)

    return evaluation


@pytest.fixture
def taken():
    """Return a function that reads a table into an evaluation: the form's id, the evaluation, and what was found."""

    def read_in(evaluation, table):
        known, match = recognise(forms_for(evaluation), table)
        changed, findings = absorbed(evaluation, known, read(known, table, match, None))
        return known.id, changed, findings

    return read_in


def said(findings):
    return {(one.check, one.printed, one.expected) for one in findings if one.check != "form_row_gone"}


@pytest.mark.parametrize("case", EVERY, ids=str)
@pytest.mark.parametrize("kind", ["xlsx", "docx", "html"])
def test_written_table_reads_back_unchanged(case, kind, example, saved, taken):
    evaluation, form_id = example(case[0]), case[1]
    path = saved(write(form(form_id), assess(evaluation)), kind)

    tables = [one for one in READERS[kind].read(path).tables() if recognise(forms_for(evaluation), one)]
    assert len(tables) == 1
    assert taken(evaluation, tables[0]) == (form_id, evaluation, [])


@pytest.mark.parametrize(("name", "form_id"), EVERY)
def test_our_own_table_is_recognised_without_its_evaluation(name, form_id, example):
    found = recognise(forms(), write(form(form_id), assess(example(name))))

    assert found is not None
    assert found[0].id == form_id


def test_forms_belong_where_the_ledger_has_something_for_them(example):
    def mine(name):
        return tuple(one.id for one in forms_for(example(name)) if one.id in (*OF_TRANSFER, *OF_FUND))

    assert mine("xinjiang-2024") == OF_TRANSFER
    assert mine("kashgar-2022-funds") == OF_FUND
    assert mine("kashgar-2022-public-pension") == ()


def test_execution_prints_rates_by_level_and_over_all_and_what_is_left(example):
    of = assess(example("xinjiang-2024"))
    at = printed(form("fund_execution_table"), of)

    def row(region):
        base = f"funds/tables/execution/{region}"
        paths = (f"{base}/中央财政资金/rate", f"{base}/地方财政资金/rate", f"{base}/合计/rate", f"{base}/合计/unspent")
        return [at[path].text for path in paths]

    assert row("合计") == ["97.56%", "100.00%", "97.58%", "4247.82"]
    assert row("和田地区") == ["92.87%", "100.00%", "92.93%", "3483.82"]
    assert row("克拉玛依市") == ["—", "—", "—", "0"]  # 0/0 has no rate


def test_heads_stand_over_two_rows_and_the_total_has_no_number(example):
    table = write(form("fund_allocation_table"), assess(example("xinjiang-2024")))

    heads = [[cell and (cell.text, cell.rows, cell.cols) for cell in row] for row in table.grid[:2]]
    assert heads[0][2:6] == [("中央财政资金", 1, 3), None, None, ("地方财政资金", 2, 1)]
    assert heads[1][2:5] == [("第一批", 1, 1), ("第二批", 1, 1), ("小计", 1, 1)]
    assert [row[0].text for row in table.grid[2:5]] == ["", "1", "2"]
    assert table.head_rows == 2


def test_typed_payment_goes_into_its_line_and_what_follows_from_it_is_compared(example, taken):
    evaluation = example("xinjiang-2024")
    table = write(form("fund_execution_table"), assess(evaluation))
    changed = _typed(table, "334", "270")  # 未执行, which follows
    changed = _typed(changed, "4336", "4400")  # the payment of 中央财政资金 and, in another cell, the sum of the levels

    known, after, findings = taken(evaluation, changed)

    at = next(n for n, line in enumerate(evaluation.funds.ledger.payments) if line.region == "650100")
    assert known == "fund_execution_table"
    assert str(after.funds.ledger.payments[at].amount.in_unit(unit("万元"))) == "4400万元"
    assert replace(after.funds.ledger, payments=evaluation.funds.ledger.payments) == evaluation.funds.ledger
    assert said(findings) == {
        ("form_computed", "92.85%", "94.22%"),
        ("form_computed", "169564.18", "169628.18"),
        ("form_computed", "171564.18", "171628.18"),
        ("form_computed", "97.56%", "97.59%"),
        ("form_computed", "97.58%", "97.62%"),
        ("form_computed", "4247.82", "4183.82"),
    }


ALLOCATION = """
单位：万元	>	>	>	>	>	>
序号	地区	中央财政资金	>	>	自治区财政资金	合计
^	^	第一批	第二批	小计	^	^
全区	>	147027	26785	173812	2000	175812
1	乌鲁木齐市	3054.91	1615.09	4670	0	4670
3	伊犁州	11890.82	-1770.82	10120	300	10402
"""
EXECUTION = """
序号	地区	中央财政资金	>	>	自治区财政资金	>	>	预算金额合计	执行数合计	总体执行率
^	^	预算金额	执行数	执行率	预算金额	执行数	执行率	^	^	^
全区	>	17.3812	16.956418	97.56%	0.2	0.2	100%	17.5812	17.156418	97.58%
1	乌鲁木齐市	0.467	0.4336	92.85%	0	0	0%	0.467	0.4336	92.85%
14	和田地区	4.8872	4.538818	92.77%	0.04	0.04	100%	4.9272	4.578818	92.93%
"""
ACCOUNTS = """
险种	>	机关事业单位养老（改革）	城乡居民	合计:
预算	基金收入小计	39.15	11.66	50.81
^	基金支出小计	36.08	6.57	42.65
2022年	基金收入小计	41.45	10.78	52.23
^	基金支出小计	35.31	6.45	41.76
2021年	基金收入小计	43.23	11.73	54.96
^	基金支出小计	32.89	6.45	39.34
收入对比分析	增长	-1.78	-0.95	-2.73
^	增幅%	-4.12%	8.1%	-4.97%
^	执行预算%	105.87%	92.45%	102.79%
支出对比分析	增长	2.42	0	2.42
^	增幅%	7.36%	0%	6.15%
^	执行预算%	97.87%	98.17%	97.91%
"""


FOREIGN = {
    "两行表头的分解下达表": ("xinjiang-2024", ALLOCATION, None, "fund_allocation_table", "10402", "10420"),
    "以亿元为单位的执行情况表": ("xinjiang-2024", EXECUTION, "亿元", "fund_execution_table", "92.77%", "92.87%"),
    "险种在表头的收支余表": ("kashgar-2022-funds", ACCOUNTS, "亿元", "fund_account_summary", "8.1%", "-8.10%"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_somebody_elses_table_is_known_and_its_difference_is_shown(case, example, laid_out, taken):
    name, text, in_unit, form_id, typed, ours = FOREIGN[case]
    table = replace(laid_out(text), unit=in_unit)

    known, after, findings = taken(example(name), table)

    assert known == form_id
    assert after == example(name)
    assert said(findings) == {("form_computed", typed, ours)}


def test_stated_subtotal_of_a_ledger_in_wan_is_taken_from_a_table_in_yi(taken):
    lines = (
        AccountItem("居民医保", "income", budget=wan("120000"), this_year=wan("123456.78"), last_year=wan("110000")),
        AccountItem("居民医保", "expenditure", budget=wan("100000"), this_year=wan("98000"), last_year=wan("0")),
    )
    evaluation = Evaluation("fund", 2024, funds=Funds(ledger=Ledger(accounts=lines)))
    table = write(form("fund_account_summary"), assess(evaluation))
    assert [cell.text for cell in table.grid[3] if cell] == ["本年", "基金收入", "12.35", "12.35"]
    assert [cell.text for cell in table.grid[-2] if cell] == ["增幅", "—", "—"]

    _, unchanged, nothing = taken(evaluation, table)
    _, after, findings = taken(evaluation, _typed(table, "9.80", "9.9"))

    assert (unchanged, nothing) == (evaluation, [])
    assert str(after.funds.ledger.accounts[1].this_year) == "9.9"
    assert after.funds.ledger.accounts[1].this_year.same_as(wan("99000"))
    assert after.funds.total("executed").same_as(wan("99000"))  # the sources follow the ledger
    assert ("form_computed", "2.55", "2.45") in said(findings)


MIXED = """
险种	收支	项目	预算数（万元）	本年数（亿元）	上年数（元）	增减额（亿元）	增幅	完成预算
城乡居民	基金支出	基础养老金支出	58700	5.85	566000000	0.19	3.36%	99.66%
城乡居民	基金支出	个人账户养老金支出	4300	0.42	44000000	-0.03	-4.55%	97.67%
"""


def test_unit_in_the_head_of_a_column_is_that_columns(example, laid_out, taken):
    evaluation, table = example("kashgar-2022-funds"), laid_out(MIXED)

    found, match = recognise(forms_for(evaluation), table)
    reading = read(found, table, match)
    _, after, findings = taken(evaluation, table)

    row = "funds/tables/composition/+2"
    at = {name: reading.values[f"{row}/{name}"] for name in ("budget", "this_year", "last_year", "change")}
    assert at == {"budget": "4300万元", "this_year": "0.42", "last_year": "44000000元", "change": "-0.03"}
    assert after == evaluation
    assert said(findings) == {("form_computed", "-0.03", "-0.02")}


def test_items_of_one_name_in_two_funds_are_told_apart_when_a_row_is_missing(taken):
    def item(scheme, amount):
        return AccountItem(scheme, "income", "利息收入", this_year=wan(amount), last_year=wan("100"))

    ledger = Ledger(accounts=(item("职工医保", "20000"), item("居民医保", "30000")))
    evaluation = Evaluation("fund", 2024, funds=Funds(ledger=ledger))
    table = write(form("fund_composition"), assess(evaluation))
    short = replace(_typed(table, "3.00", "4.00"), keys=())
    short = replace(short, grid=(short.grid[0], *short.grid[3:]))  # the first fund's rows are gone

    _, after, findings = taken(evaluation, short)

    assert [cell and cell.text for cell in table.grid[2][:5]] == [None, None, "小计", "—", "2.00"]
    assert after.funds.ledger.accounts[0] == ledger.accounts[0]
    assert after.funds.ledger.accounts[1].this_year.same_as(wan("40000"))
    assert "form_row_gone" in {one.check for one in findings}


@settings(max_examples=15)
@given(ledgers)
def test_tables_of_any_ledger_read_back_unchanged(ledger):
    evaluation = Evaluation("fund", 2024, funds=Funds(ledger=ledger), texts={"allocation_basis": "按因素分配"})
    of = assess(evaluation)
    mine = [one for one in forms_for(evaluation) if one.id in (*OF_TRANSFER, *OF_FUND)]

    assert mine
    for one in mine:
        table = write(one, of)
        found, match = recognise(forms_for(evaluation), table)
        assert found.id == one.id
        assert absorbed(evaluation, one, read(one, table, match, None)) == (evaluation, [])
    assert excel_write.write([write(one, of) for one in mine])[:2] == b"PK"


def _typed(table, before, after):
    """Return the table with every cell that says one thing saying another, as if typed over."""
    grid = [
        tuple(cell and (replace(cell, text=after, value=None) if cell.text == before else cell) for cell in row)
        for row in table.grid
    ]
    return replace(table, grid=tuple(grid))


@pytest.mark.parametrize("form_id", OF_FUND)
def test_template_of_the_form_has_a_place_for_every_figure(form_id, example, saved):
    of = assess(example("kashgar-2022-funds"))
    (table,) = excel_read.read(saved(write(form(form_id), of), "xlsx")).tables()

    placing = placed(forms_for(of.evaluation), table, of, Wording())

    values = {path for path, cell in printed(placing.form, of).items() if cell.hint}
    assert placing.findings == []
    assert values <= {spot.path for spot in placing.spots if spot.standing == spot.ours.text}
