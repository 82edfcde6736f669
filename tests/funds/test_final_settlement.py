"""补助清算: cases in `settlements/*.yaml` that an evaluator can follow by hand, and what a user sees of them.

`table` gives for each region the printed columns: 预计人数, 预拨, 实际人数, 应拨, 多拨, 下年扣减 (万元); `because` how it came
about. No case may raise a finding of its own.

1. Columns foot: every column of the whole is the sum of the regions'.
2. What is too much is prepaid less due; a deduction is never below nought.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from docx import Document
from hypothesis import given
from openpyxl import load_workbook
from strategies import ledgers

import jixiao
from jixiao.figures.figure import total
from jixiao.formats.bundle_decode import decoded
from jixiao.formats.bundle_schema import BundleShape
from jixiao.funds.accounts import less
from jixiao.funds.check import findings
from jixiao.funds.final_settlement import COLUMNS, final_settlement, table
from jixiao.operations.funds_shown import explained, lines

CASES = [
    pytest.param(case, id=case["name"])
    for path in sorted((Path(__file__).parent / "settlements").glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
]


@pytest.mark.parametrize("case", CASES)
def test_settlement_is_that_of_the_hand(case):
    tree = {"schema": "evaluation/1", "kind": "transfer", "year": case["year"], "funds": {"ledger": case["ledger"]}}
    evaluation, _ = decoded(BundleShape.model_validate(tree), {})

    found = table(evaluation.funds.ledger, evaluation.year)

    _, *printed = lines(found)
    assert {name: cells for name, *cells in printed} == case["table"]
    assert {name: [step.text("zh") for step in found.row(name).steps] for name in case["because"]} == case["because"]
    assert all(step.text("en") for row in found.rows for step in row.steps)
    said = findings(evaluation.funds, evaluation.year, evaluation.kind)
    assert [one.because.text("zh") for one in said if "settlement" in one.check or "total" in one.check] == []


@given(ledgers)
def test_columns_foot(ledger):
    known, found = final_settlement(ledger, 2023), table(ledger, 2023)

    if found is None:
        assert known is None or known.lines == ()
        return
    *rows, whole = found.rows
    for name in COLUMNS:
        parts = [row.cells[name,] for row in rows]
        if None in parts:
            assert whole.cells[name,] is None
        else:
            assert whole.cells[name,].same_as(total(parts))  # 1
    for row in rows:
        assert row.cells["over",] == less(row.cells["prepaid",], row.cells["due",])  # 2
        assert row.cells["deduction",] is None or row.cells["deduction",].num >= min(
            0, *(line.late.num for line in ledger.heads if getattr(line.late, "num", 0))
        )


BUNDLE = """schema: evaluation/1
kind: transfer
year: 2023
head: {project: 示例补助资金, unit: 示例医保局}
funds:
  ledger:
    subsidies: [{tier: first}]
    heads:
      - {region: "653100", expected: 82.88万人, actual: 81.35万人, insured: 813500人, on: 2023-12-31, document: 清算表}
      - {region: "653200", expected: 600000人, actual: 601000人, insured: 601000人, document: 清算表}
    totals: [{of: due, amount: TOTAL}]
"""


def test_settlement_is_written_with_its_derivation(tmp_path):
    (tmp_path / "evaluation.yaml").write_text(BUNDLE.replace("TOTAL", "72422.4"), "utf-8")

    outcome = jixiao.funds_tables(tmp_path, tmp_path / "out")

    assert outcome.exit_code() == 0
    book = load_workbook(tmp_path / "out" / "资金表.xlsx")
    assert book.sheetnames == ["人均补助清算", "人均补助清算：计算过程"]
    rows = [row for row in book["人均补助清算"].iter_rows(values_only=True) if row[0] in ("喀什地区", "合计")]
    assert rows == [
        ("喀什地区", 828800, 42434.56, 813500, 41651.2, 783.36, 783.36),
        ("合计", 1428800, 73154.56, 1414500, 72422.4, 732.16, 783.36),
    ]
    paper = Document(str(tmp_path / "out" / "资金表.docx"))
    assert "应拨 = 实际 81.35万人 × 512元/人 = 41651.2万元" in paper.tables[1].rows[1].cells[1].text
    told = json.loads((tmp_path / "out" / "funds.json").read_text("utf-8"))
    jsonschema.validate(told, json.loads(files("jixiao").joinpath("schemas/funds-1.json").read_text("utf-8")))
    assert told["tables"][0]["rows"][1]["steps"][-1] == "少拨 51.2万元，下年补足"
    assert explained(outcome.value.tables[0], "en").caption == "Settlement of subsidies by head: derivation"


def test_settlement_total_that_differs_is_refused_with_its_line(jixiao, tmp_path):
    (tmp_path / "evaluation.yaml").write_text(BUNDLE.replace("TOTAL", "72400"), "utf-8")

    done = jixiao("funds", tmp_path, "--out", tmp_path / "out")

    assert done.returncode == 1 and not (tmp_path / "out").exists()
    assert "evaluation.yaml:11" in done.stderr
    assert "登记的合计 72400万元 不等于各分项之和 72422.4万元，相差 -22.4万元" in done.stderr
