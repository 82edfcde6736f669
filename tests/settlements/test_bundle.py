"""Binding: an indicator takes its actual value from settlements, and explain goes down to its parts and its query."""

from __future__ import annotations

import json
from fractions import Fraction
from math import gcd

import pytest

import jixiao as library
from jixiao.findings import Message
from jixiao.settlements.values import measure

EVALUATION = """\
schema: evaluation/1
kind: self-evaluation
year: 2024
head: {project: 示例项目, unit: 示例医保局}
systems:
  scored:
    full: 20
    indicators:
      - code: A
        name: 产出指标
        weight: 20
        children:
          - {code: A1, name: 政策范围内住院费用报销比例, weight: 10, target: ≥75%, rule: {id: proportional}}
          - {code: A2, name: 追回基金增长率, weight: 10, target: ≥1%, rule: {id: all_or_nothing}}
actuals:
  A1: {from: settlements, measure: inpatient_scope_ratio.pool, where: {scheme: resident, region: "652800"}}
  A2: {from: settlements, measure: supervision.recovered, where: {against: "2023"}}
evidence:
  - {title: 结算数据, proves: [A1, A2]}
"""


@pytest.fixture
def bundle(tmp_path):
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "evaluation.yaml").write_text(EVALUATION, encoding="utf-8")
    library.settlements_sample(3000, 5, tmp_path / "bundle" / "data" / "records")
    return tmp_path / "bundle"


def test_measures_leave_their_values_and_parts_in_a_bundle(bundle):
    outcome = library.settlements_measures(bundle / "data" / "records", bundle=bundle)

    assert outcome.exit_code() == 0
    assert outcome.value.written == ("A1", "A2")
    result = json.loads((bundle / "data" / "results" / "A1.json").read_text("utf-8"))
    parts = {name: part["text"] for name, part in result["parts"].items()}
    assert set(parts) == {"sum(hifp_pay; med_type∈inpatient)", "sum(inscp_scp_amt; med_type∈inpatient)"}
    assert result["query"].startswith("SELECT ")
    assert "'652800'" in result["query"] and "insutype IN ('390'" in result["query"]
    assert any(name.endswith(".parquet") for name in result["digests"])
    truth = {
        tuple(one[:4]): one[4]
        for one in json.loads((bundle / "data/records/planted.json").read_text("utf-8"))["values"]
    }
    above, below = truth["inpatient_scope_ratio.pool", "652800", "resident", "2024"]
    assert Fraction(result["value"]["value"]) == Fraction(int(above), int(below))


def test_explain_goes_from_the_score_to_numerator_denominator_and_query(jixiao, bundle):
    library.settlements_measures(bundle / "data" / "records", bundle=bundle)

    done = jixiao("explain", bundle, "A1")

    assert "inpatient_scope_ratio.pool [scheme = resident，region = 652800]" in done.stdout, done.stderr
    assert "sum(hifp_pay; med_type∈inpatient) = " in done.stdout
    assert "查询  SELECT " in done.stdout
    assert "data/records/settlements/part-000.parquet" in done.stdout


def test_a_changed_file_makes_the_result_stale(bundle):
    library.settlements_measures(bundle / "data" / "records", bundle=bundle)
    path = bundle / "data/records/settlements/part-000.parquet"
    path.write_bytes(path.read_bytes() + b" ")

    found = library.check(bundle).findings

    assert "result_stale" in {one.check for one in found}


def test_growth_is_against_the_year_that_is_named(bundle):
    computed = library.settlements_measures(bundle / "data" / "records").value.computed

    found = measure(computed, "supervision.recovered", {"against": "2023"})

    assert not isinstance(found, Message)
    now, before = found[1].parts["2024"], found[1].parts["2023"]
    assert (found[0].num, found[0].den) == _lowest(now.num * before.den - before.num * now.den, before.num * now.den)


def _lowest(num, den):
    return num // gcd(num, den), den // gcd(num, den)


@pytest.mark.parametrize(
    ("name", "where", "why"),
    [
        ("inpatient_scope_ratio", {}, "settlements.measure.unknown"),
        ("inpatient_scope_ratio.pool", {"place": "652800"}, "settlements.measure.where"),
        ("inpatient_scope_ratio.pool", {"scheme": "residents"}, "settlements.measure.where"),
        ("inpatient_scope_ratio.pool", {"region": "110100"}, "settlements.why.no_rows"),
        ("supervision.recovered", {"against": "2020"}, "settlements.why.no_rows"),
    ],
)
def test_what_cannot_be_computed_says_why(bundle, name, where, why):
    computed = library.settlements_measures(bundle / "data" / "records").value.computed

    found = measure(computed, name, where)

    assert isinstance(found, Message)
    assert found.id == why


def test_nothing_is_written_while_an_error_stands(bundle):
    path = bundle / "data/records/settlements.yaml"
    path.write_text(path.read_text("utf-8").replace("{files: [settlements/*]}", "{files: [bad.csv]}"), "utf-8")
    (bundle / "data/records/bad.csv").write_text(
        "setl_id,psn_no,insutype,insu_admdvs,med_type,setl_time,vali_flag,refd_setl_flag,inscp_amt,hifp_pay\n"
        '1,p1,390,652801,21,2024-01-01,1,0,"1,000.00",500\n',
        "utf-8",
    )

    outcome = library.settlements_measures(bundle / "data/records", bundle=bundle)

    assert outcome.exit_code() == 1
    assert outcome.value.written == ()
    assert not (bundle / "data" / "results").exists()


def test_a_settlement_that_stands_twice_is_not_bound(bundle):
    records = bundle / "data/records"
    library.settlements_sample(400, 5, records, kind="csv")
    path = records / "settlements/part-000.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", "utf-8")
    (records / "settlements/part-000.parquet").unlink()
    for name in ("contributions", "payments", "supervision"):
        (records / name / "part-000.parquet").unlink()

    outcome = library.settlements_measures(records, bundle=bundle)

    assert [one.check for one in outcome.findings if one.severity == "error"] == ["settlements_repeated"]
    assert outcome.value.written == ()
