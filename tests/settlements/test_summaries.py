"""Summary files: what a platform has counted is checked row by row, refused where it was changed, and binds."""

from __future__ import annotations

import csv
import importlib.util
import io
from pathlib import Path

import polars as pl
import pytest

import jixiao as library
from jixiao.errors import CannotParse
from jixiao.settlements.sql import heads

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)
platforms = small.load(Path(__file__).parent / "platforms.py")


@pytest.fixture
def summary(tmp_path):
    library.settlements_sample(1500, 2, tmp_path / "s")
    rows = pl.read_parquet(tmp_path / "s/settlements/*.parquet").select(pl.all().cast(pl.String)).to_dicts()
    statement = library.settlements_sql(tmp_path / "s", "duckdb", stored="settlements").value
    with (tmp_path / "settlements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads("settlements"))
        writer.writerows(platforms.duckdb_platform("settlements", rows, statement))
    (tmp_path / "settlements.yaml").write_text(
        "schema: settlements/1\nyear: 2024\nsummaries: {settlements: settlements.csv}\n", encoding="utf-8"
    )
    return tmp_path


def changed(folder, change):
    path = folder / "settlements.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(change(rows))


def one_more(rows):
    rows[3][10] = str(int(rows[3][10]) + 1)
    return rows


def one_scheme_less(rows):
    return [row for row in rows if not (row[1] == "652800" and row[2] == "resident")]


def one_row_less(rows):
    return [row for row in rows if not (row[1] == "652800" and row[2] == "")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (one_more, "settlements.summary.check"),
        (one_row_less, "settlements.summary.foot"),
        (one_scheme_less, "settlements.summary.foot"),
        (lambda rows: [row[:-1] for row in rows], "settlements.summary.head"),
        (lambda rows: [rows[0], rows[1][:-2], *rows[2:]], "settlements.summary.fields"),
        (lambda rows: [rows[0], ["00000000", *rows[1][1:]], *rows[2:]], "settlements.summary.definition"),
    ],
)
def test_a_summary_that_was_changed_is_refused(summary, change, why):
    changed(summary, change)

    with pytest.raises(CannotParse) as problem:
        library.settlements_measures(summary)

    assert problem.value.what.id == why


def test_a_summary_of_other_code_sets_is_refused(summary):
    path = summary / "settlements.yaml"
    path.write_text(path.read_text("utf-8") + "codes: {med_type: {inpatient: ['2199']}}\n", "utf-8")

    with pytest.raises(CannotParse) as problem:
        library.settlements_measures(summary)

    assert problem.value.what.id == "settlements.summary.definition"


def test_a_summary_binds_into_a_bundle(summary, tmp_path):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "evaluation.yaml").write_text(
        """\
schema: evaluation/1
kind: self-evaluation
year: 2024
head: {project: 示例项目, unit: 示例医保局}
systems:
  scored:
    full: 10
    indicators:
      - code: A
        name: 产出
        weight: 10
        children:
          - {code: A1, name: 享受待遇人数, weight: 10, target: ≥1人, rule: {id: proportional}}
actuals:
  A1: {from: settlements, measure: beneficiaries.persons}
""",
        encoding="utf-8",
    )

    outcome = library.settlements_measures(summary, bundle=bundle)

    assert outcome.value.written == ("A1",)
    assert "settlements.csv" in (bundle / "data/results/A1.json").read_text("utf-8")
