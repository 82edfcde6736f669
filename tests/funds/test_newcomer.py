"""新手记台账: a new bundle shows where the ledger goes; typed in YAML or in the workbook it gives the same tables."""

from __future__ import annotations

import json
import re

import pytest
from openpyxl import load_workbook

LEDGER = {
    "levels": [{"name": "中央财政资金", "tier": "central"}],
    "regions": [{"code": "650100"}, {"code": "650200"}],
    "notices": [{"number": "甲社〔2024〕1号", "level": "中央财政资金", "date": "2024-03-01", "amount": "100"}],
    "allocations": [
        {"notice": "甲社〔2024〕1号", "region": "650100", "amount": "60"},
        {"notice": "甲社〔2024〕1号", "region": "650200", "amount": "40"},
    ],
    "receipts": [{"level": "中央财政资金", "amount": "100"}],
    "payments": [
        {"level": "中央财政资金", "region": "650100", "amount": "45", "month": "2024-06"},
        {"level": "中央财政资金", "region": "650200", "amount": "40", "month": "2024-09"},
    ],
}


def typed_in_yaml(path, ledger):
    """Write every table over the blank record that stands in its place."""
    text = path.read_text("utf-8")
    for table, rows in ledger.items():
        lines = "".join(f"      - {{{', '.join(f'{k}: {v}' for k, v in row.items())}}}\n" for row in rows)
        text, done = re.subn(rf"(    {table}:\n)      - \{{.*\}}\n", lambda found, new=lines: found[1] + new, text)
        assert done == 1, table
    path.write_text(text, "utf-8")


def typed_in_workbook(path, ledger):
    """Write every table into the sheet of a new workbook, under the heads that stand there."""
    from jixiao.formats.workbook_layout import sheets

    book = load_workbook(path)
    for table, rows in ledger.items():
        layout = next(sheet for sheet in sheets() if sheet.section == f"funds/ledger/{table}")
        sheet = book[layout.name]
        for number, row in enumerate(rows, start=2):
            for name, value in row.items():
                column = layout.columns[layout.column(name)]
                sheet.cell(number, layout.column(name) + 1, column.choices.get(value, value))
    book.save(path)


@pytest.fixture
def both(jixiao, tmp_path):
    """Return a new bundle as YAML and one as a workbook, the same ledger typed into both."""
    for name, options in (("文件夹", ()), ("工作簿", ("--workbook",))):
        assert jixiao("new", name, "--kind", "transfer", "--year", "2024", *options).returncode == 0
    typed_in_yaml(tmp_path / "文件夹" / "evaluation.yaml", LEDGER)
    book = next((tmp_path / "工作簿").glob("*.xlsx"))
    typed_in_workbook(book, LEDGER)
    return tmp_path / "文件夹", book


def test_ledger_typed_in_yaml_and_in_the_workbook_is_the_same(jixiao, both, tmp_path):
    folder, book = both

    told = [jixiao("funds", str(place), "--json") for place in (folder, book)]
    assert [one.returncode for one in told] == [0, 0], told[0].stderr
    of_yaml, of_book = (json.loads(one.stdout) for one in told)
    assert of_yaml == of_book
    execution = next(table for table in of_book["tables"] if table["id"] == "execution")
    row = next(row for row in execution["rows"] if row["key"] == "乌鲁木齐市")
    assert row["cells"]["合计/rate"]["text"] == "75%"

    assert jixiao("workbook", str(book), "--out", "再存").returncode == 0
    assert json.loads(jixiao("funds", "再存", "--json").stdout) == of_book


def test_mistake_in_the_workbook_is_told_by_sheet_and_cell(jixiao, both):
    _, book = both
    opened = load_workbook(book)
    opened["资金分配"]["C2"] = "61"
    opened["资金支付"]["C3"] = "-40"
    opened.save(book)

    done = jixiao("funds", str(book))
    told = done.stderr.replace("\n", "")

    assert done.returncode == 1
    assert "资金文件!F2" in told and "甲社〔2024〕1号 载明 100万元，分配到各地的合计是 101万元，相差 -1万元" in told
    assert "资金支付!C3" in told and "支付数 -40万元 为负" in told


def test_word_that_a_list_does_not_offer_is_told_with_those_it_does(jixiao, both):
    _, book = both
    opened = load_workbook(book)
    opened["资金级次"]["B2"] = "国家级"
    opened.save(book)

    told = jixiao("funds", str(book)).stderr.replace("\n", "")

    assert "资金级次!B2" in told and "「级次」一列不能是「国家级」，可选：中央、省级、市级、县级" in told


def test_mistake_in_yaml_is_told_by_line(jixiao, both):
    path = both[0] / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("amount: 60}", "amount: 61}"), "utf-8")
    at = (
        path.read_text("utf-8")
        .splitlines()
        .index("      - {number: 甲社〔2024〕1号, level: 中央财政资金, date: 2024-03-01, amount: 100}")
    )

    done = jixiao("funds", str(both[0]))

    assert done.returncode == 1
    assert f"evaluation.yaml:{at + 1}" in done.stderr.replace("\n", "")


@pytest.mark.parametrize(("kind", "tables"), [("fund", ["accounts"]), ("transfer", list(LEDGER)), ("third-party", [])])
def test_new_bundle_shows_the_tables_of_its_kind(jixiao, tmp_path, kind, tables):
    from jixiao.formats.workbook_layout import sheets

    jixiao("new", "甲", "--kind", kind, "--year", "2024")
    jixiao("new", "乙", "--kind", kind, "--year", "2024", "--workbook")

    text = (tmp_path / "甲" / "evaluation.yaml").read_text("utf-8")
    assert [name for name in LEDGER | {"accounts": ()} if f"    {name}:\n      - {{" in text] == tables
    names = load_workbook(next((tmp_path / "乙").glob("*.xlsx"))).sheetnames
    ledger = [sheet for sheet in sheets() if sheet.section.startswith("funds/ledger/") and sheet.name in names]
    assert sorted(sheet.section.rpartition("/")[2] for sheet in ledger) == sorted(tables)
