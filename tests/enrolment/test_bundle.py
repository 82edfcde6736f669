"""绑定: an indicator takes its actual value from a comparison, and explain goes down to its parts and its inputs."""

from __future__ import annotations

import json

import polars as pl
import pytest

import jixiao as library

EVALUATION = """\
schema: evaluation/1
kind: self-evaluation
year: 2024
head: {project: 示例项目, unit: 示例医保局}
systems:
  scored:
    full: 30
    indicators:
      - code: A
        name: 产出指标
        weight: 30
        children:
          - {code: A1, name: 居民重复参保人数, weight: 10, target: ≤100人, rule: {id: all_or_nothing}}
          - {code: A2, name: 清查后参保人数, weight: 10, target: ≥1人, rule: {id: all_or_nothing}}
          - {code: A3, name: 资助参保政策覆盖率, weight: 10, target: ≥99%, rule: {id: proportional}}
actuals:
  A1: {from: enrolment, measure: duplicates, where: {scheme: resident}}
  A2: {from: enrolment, measure: insured_after_clean_up}
  A3: {from: enrolment, measure: aid_coverage, where: {group: 低保}}
evidence:
  - {title: 参保数据, proves: [A1, A2, A3]}
"""


@pytest.fixture
def bundle(tmp_path):
    """Return a bundle with registers of 1,500 persons and a list of the entitled: 49 are insured, one is not."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "evaluation.yaml").write_text(EVALUATION, encoding="utf-8")
    registers = folder / "data" / "registers"
    library.enrolment_sample(1500, 5, registers)
    own = pl.read_parquet(registers / "own" / "part-00.parquet").head(49)
    listed = [*own["certno"], "11010519491231002X"]
    pl.DataFrame({"certno": listed, "insu_admdvs": ["650100"] * 50}).write_csv(registers / "low.csv")
    with (registers / "registers.yaml").open("a", encoding="utf-8") as file:
        file.write("group:\n  - {name: 低保, files: [low.csv]}\n")
    return folder


def test_measures_leave_their_values_and_parts_in_a_bundle(bundle):
    outcome = library.enrolment_compare(bundle / "data" / "registers", bundle=bundle)

    assert outcome.value.written == ("A1", "A2", "A3")
    truth = json.loads((bundle / "data/registers/planted.json").read_text("utf-8"))["table"]
    found = {
        code: json.loads((bundle / "data" / "results" / f"{code}.json").read_text("utf-8"))
        for code in ("A1", "A2", "A3")
    }
    columns = ("own_same", "own_cross", "other_same", "other_cross")
    duplicates = sum(of["resident"][name] for of in truth.values() if "resident" in of for name in columns)
    left = sum(figures["left"] for of in truth.values() for figures in of.values())
    assert [found[code]["value"]["value"] for code in ("A1", "A2", "A3")] == [str(duplicates), str(left), "0.98"]
    assert set(found["A1"]["parts"]) == {f"resident/{name}" for name in columns}
    assert {name: part["text"] for name, part in found["A3"]["parts"].items()} == {
        "enrolled": "49人",
        "listed": "50人",
    }
    assert found["A1"]["query"] == "psn_insu_stas in (1); mode charge"
    assert {"data/registers/own/part-00.parquet", "data/registers/low.csv"} <= set(found["A1"]["digests"])


def test_explain_goes_from_the_score_to_numerator_and_denominator(jixiao, bundle):
    library.enrolment_compare(bundle / "data" / "registers", bundle=bundle)

    done = jixiao("explain", bundle, "A3")

    assert "aid_coverage [group = 低保]" in done.stdout, done.stderr
    assert "enrolled = 49人" in done.stdout
    assert "listed = 50人" in done.stdout


def test_a_changed_register_makes_the_result_stale(bundle):
    library.enrolment_compare(bundle / "data" / "registers", bundle=bundle)
    path = bundle / "data" / "registers" / "low.csv"
    path.write_bytes(path.read_bytes() + b"\n")

    assert "result_stale" in {one.check for one in library.check(bundle).findings}


def test_a_measure_that_there_is_not_says_what_there_is(bundle):
    path = bundle / "evaluation.yaml"
    path.write_text(EVALUATION.replace("measure: duplicates", "measure: doubles"), encoding="utf-8")

    outcome = library.enrolment_compare(bundle / "data" / "registers", bundle=bundle)

    (found,) = [one for one in outcome.findings if one.check == "enrolment_measure"]
    assert "insured_after_clean_up" in found.because.text("zh")
    assert outcome.value.written == ("A2", "A3")
