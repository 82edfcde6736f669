"""jixiao funds: the tables of a bundle on the screen, as JSON, and as files; the sixteen regional target tables."""

from __future__ import annotations

import json
import time
from importlib.resources import files

import jsonschema
import pytest
import yaml
from docx import Document
from openpyxl import Workbook, load_workbook

import jixiao
from jixiao.errors import CannotParse
from jixiao.evaluation import regional_targets
from jixiao.formats import fonts
from jixiao.operations.funds_documents import target_tables
from jixiao.operations.funds_shown import lines

SCHEMA = json.loads(files("jixiao").joinpath("schemas/funds-1.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def written(tmp_path_factory, examples):
    out = tmp_path_factory.mktemp("funds") / "out"
    begun = time.perf_counter()
    outcome = jixiao.funds_tables(examples / "xinjiang-2024", out)
    return outcome, out, time.perf_counter() - begun


def test_sixteen_target_tables_are_written_in_time(written, examples):
    outcome, out, seconds = written
    printed = yaml.load((examples / "xinjiang-2024" / "printed.yaml").read_text("utf-8"), yaml.BaseLoader)
    expected = list(printed["tables"]["targets"].items())

    book = load_workbook(out / "区域绩效目标表.xlsx")
    paper = Document(str(out / "区域绩效目标表.docx"))

    assert outcome.exit_code() == 0
    assert outcome.value.targets == len(expected) == 16
    assert book.sheetnames == [name for name, _ in expected]
    assert len(paper.tables) == 16
    for (name, money), table in zip(expected, paper.tables, strict=True):
        amounts = [row.cells[-1].text.strip() for row in table.rows[4:8]]
        assert [f"{amount}万元" for amount in amounts] == list(money.values()), name
    assert seconds < 5


def test_target_tables_say_the_same_goals(examples):
    evaluation = jixiao.check(examples / "xinjiang-2024").value.evaluation

    tables = target_tables(regional_targets.issued(evaluation))

    goals = {tuple(cell.text for row in table.grid[9:] for cell in row if cell) for table in tables}
    assert len(goals) == 1
    assert "医保综合监管能力" in next(iter(goals)), "as issued, before the amendment"


def test_json_fits_its_schema(written, examples):
    outcome, out, _ = written

    told = json.loads((out / "funds.json").read_text("utf-8"))
    jsonschema.validate(told, SCHEMA)
    assert told == jixiao.funds_json(outcome.value)
    kashgar = jixiao.funds_json(jixiao.funds_tables(examples / "kashgar-2022-funds").value)
    jsonschema.validate(kashgar, SCHEMA)
    cells = kashgar["tables"][0]["rows"][2]["cells"]
    assert cells["income/growth"]["text"].startswith("-4.97")
    assert cells["income/budget"]["text"].endswith("亿元") and cells["income/budget"]["unit"] == "元"


def test_contradicting_funds_are_withheld(examples, tmp_path):
    outcome = jixiao.funds_tables(examples / "kashgar-2022-funds", tmp_path / "out")

    assert outcome.exit_code() == 1
    assert not (tmp_path / "out").exists()


def test_draft_is_written_while_an_error_stands_and_says_so_on_every_page(examples, tmp_path):
    outcome = jixiao.funds_tables(examples / "kashgar-2022-funds", tmp_path / "out", draft=True)

    assert outcome.exit_code() == 1
    book = load_workbook(tmp_path / "out" / "资金表.xlsx")
    assert len(book.sheetnames) == 2
    assert all("草稿 2022年12月31日" in (sheet.oddFooter.left.text or "") for sheet in book.worksheets)
    paper = Document(str(tmp_path / "out" / "资金表.docx"))
    assert "草稿 2022年12月31日" in " ".join(part.text for part in paper.sections[0].footer.paragraphs)


@pytest.mark.parametrize(("lang", "locale"), [("zh", "zh_CN.UTF-8"), ("en", "en_US.UTF-8")])
def test_help_text(jixiao, golden, lang, locale):
    done = jixiao("funds", "--help", lang=locale)

    assert (done.returncode, done.stderr) == (0, "")
    golden(f"cli/help-funds.{lang}.txt", done.stdout)


def test_command_shows_tables_and_forecast(jixiao, tmp_path, examples):
    text = (examples / "xinjiang-2024" / "evaluation.yaml").read_text("utf-8")
    months = "    payments:\n      - {level: 地方财政资金, month: 1月, amount: 100}\n"
    (tmp_path / "evaluation.yaml").write_text(text.replace("    payments:\n", months).replace(
        "      - {of: payment, amount: 171564.18}", "      - {of: payment, amount: 171664.18}"), "utf-8")  # fmt: skip

    done = jixiao("funds", tmp_path)

    assert "资金执行情况（万元）" in done.stdout
    assert "1 月累计支付 100万元，执行进度 0.06%，序时进度 8.33%" in done.stdout
    assert "预计全年支付 1200万元" in done.stdout


LONG = """schema: evaluation/1
kind: transfer
year: 2024
as_of: 2024-12-31
head: {project: 示例, unit: 示例}
funds: {ledger: {files: [{file: data/ledger.csv, unit: 元}]}}
systems:
  scored:
    full: 10
    indicators:
      - {code: Z1, name: 预算执行率, weight: 10, target: 100%, rule: {id: execution_rate}}
actuals:
  Z1: {from: funds, measure: budget_execution_rate}
"""


def test_long_ledger_leaves_results_that_the_score_uses(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "evaluation.yaml").write_text(LONG, "utf-8")
    rows = ["地区,月份,分配数,支付数", *(f"6501{n:02},2024-01,100.50,80.4" for n in range(50))]
    (tmp_path / "data" / "ledger.csv").write_text("\n".join(rows) + "\n", "utf-8")

    before = jixiao.check(tmp_path)
    outcome = jixiao.funds_tables(tmp_path, tmp_path / "out")
    after = jixiao.check(tmp_path)

    assert before.value.card.total is None
    assert outcome.value.results == ("Z1",) and outcome.value.long.lines == 50
    assert str(after.value.actuals["Z1"].value) == "80%"
    assert [str(score.awarded) for score in after.value.card.scores.values()] == ["8.00"]
    (tmp_path / "data" / "ledger.csv").write_text("\n".join(rows[:-1]) + "\n", "utf-8")
    assert "result" in " ".join(finding.check for finding in jixiao.check(tmp_path).findings)


def test_long_ledger_in_several_files_is_summed_with_the_digests_of_all(tmp_path):
    (tmp_path / "data").mkdir()
    files = "[{file: data/east.csv, unit: 万元}, {file: data/west.csv, unit: 元}]"
    (tmp_path / "evaluation.yaml").write_text(LONG.replace("[{file: data/ledger.csv, unit: 元}]", files), "utf-8")
    (tmp_path / "data" / "east.csv").write_text("地区,分配数,支付数\n650100,1,0.5\n650200,1,1\n", "utf-8")
    (tmp_path / "data" / "west.csv").write_text("地区,分配数,支付数\n650100,10000,2500\n", "utf-8")

    outcome = jixiao.funds_tables(tmp_path, tmp_path / "out")

    assert (outcome.value.long.lines, list(lines(outcome.value.tables[0]))[1:]) == (
        3,
        [["乌鲁木齐市", "2.00", "0.75", "37.50%", "1.25"], ["克拉玛依市", "1.00", "1.00", "100.00%", "0.00"],
         ["合计", "3.00", "1.75", "58.33%", "1.25"]],
    )  # fmt: skip
    left = json.loads((tmp_path / "data" / "results" / "Z1.json").read_text("utf-8"))
    assert list(left["digests"]) == ["data/east.csv", "data/west.csv"]
    (tmp_path / "data" / "west.csv").write_text("地区,分配数,支付数\n650100,10000,2501\n", "utf-8")
    assert "result" in " ".join(finding.check for finding in jixiao.check(tmp_path).findings)
    (tmp_path / "data" / "west.csv").write_bytes((tmp_path / "data" / "east.csv").read_bytes())
    with pytest.raises(CannotParse) as caught:
        jixiao.funds_tables(tmp_path)
    assert caught.value.what.text("zh") == "与 east.csv 内容相同，会重复相加"


def test_long_ledger_comes_from_a_workbook(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "evaluation.yaml").write_text(LONG.replace("ledger.csv", "ledger.xlsx"), "utf-8")
    book = Workbook()
    for row in (["地区", "账户", "分配数", "支付数"], ["650100", "甲", "100.5", 80.4], ["650200", "乙", 0, None]):
        book.active.append(row)
    book.save(tmp_path / "data" / "ledger.xlsx")

    funded = jixiao.funds_tables(tmp_path).value

    assert list(lines(funded.tables[0]))[1:] == [
        ["乌鲁木齐市", "0.01", "0.01", "80.00%", "0.00"],
        ["克拉玛依市", "0.00", "0.00", "—", "0.00"],
        ["合计", "0.01", "0.01", "80.00%", "0.00"],
    ]


def test_long_ledger_is_monitored_by_month_and_names_its_regions(tmp_path):
    (tmp_path / "data").mkdir()
    regions = "regions: [{code: '990001', name: 甲县}, {code: '990002', name: 乙县}], files: ["
    (tmp_path / "evaluation.yaml").write_text(LONG.replace("files: [", regions), "utf-8")
    rows = ["地区,月份,分配数,支付数", "990001,2024-01,120,10", "甲县,2024-02,0,0", "990002,2024-03,0,5"]
    (tmp_path / "data" / "ledger.csv").write_text("\n".join(rows) + "\n", "utf-8")

    funded = jixiao.funds_tables(tmp_path, tmp_path / "out").value

    sheet = load_workbook(tmp_path / "out" / "资金表.xlsx")["双监控"]
    assert [row for row in sheet.iter_rows(min_row=3, values_only=True)] == [
        ("月份", "支付数", "累计支付", "执行率", "序时进度", "与序时进度之差"),
        ("1", 0, 0, 0.0833, 0.0833, 0),
        ("2", 0, 0, 0.0833, 0.1667, -0.0833),
        ("3", 0, 0, 0.125, 0.25, -0.125),
    ]
    assert len(Document(str(tmp_path / "out" / "资金表.docx")).inline_shapes) == (fonts.chinese() is not None)
    assert [row.label for row in funded.tables[0].rows] == ["甲县", "乙县", "合计"]
    assert [(one.month, str(one.rate)) for one in funded.monitored.months] == [(1, "8.3333%"), (2, "8.3333%"),
                                                                            (3, "12.5%")]  # fmt: skip
    assert [(one.month, one.kind) for one in funded.monitored.alerts] == [(3, "behind")]


def test_long_tables_become_csv(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "evaluation.yaml").write_text(LONG, "utf-8")
    rows = ["region,month,paid", *(f"{650100 + n},2024-01,1" for n in range(300))]
    (tmp_path / "data" / "ledger.csv").write_text("\n".join(rows) + "\n", "utf-8")

    outcome = jixiao.funds_tables(tmp_path, tmp_path / "out")

    told = (tmp_path / "out" / "资金明细：按地区.csv").read_text("utf-8-sig").splitlines()
    assert told[0] == "地区,支付数" and len(told) == 302
    assert told[-1] == "合计,0.03"
    assert list(lines(outcome.value.tables[0]))[-1] == ["合计", "0.03"]
