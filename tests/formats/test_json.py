"""JSON: what we publish fits the schemas that ship, whatever was evaluated, and every number is text."""

from __future__ import annotations

import json
from fractions import Fraction
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from strategies import evaluations

from jixiao.evaluation.assess import assess
from jixiao.figures.figure import exactly
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Finding, Message, Place
from jixiao.formats import json_write
from jixiao.operations.check import check

SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8")) for path in resources.files("jixiao").joinpath("schemas").iterdir()
}


def valid(document, name):
    Draft202012Validator(SCHEMAS[name]).validate(json.loads(json_write.dumped(document)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_itself_valid(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ["scorecard-1.json", "findings-1.json"])
def test_schema_is_closed(name):
    parts = [SCHEMAS[name], *SCHEMAS[name]["$defs"].values()]

    objects = [part for part in parts if "properties" in part]
    assert objects
    assert all(part["additionalProperties"] is False for part in objects)


def test_schemas_of_all_documents_ship():
    assert {"scorecard-1.json", "findings-1.json"} <= set(SCHEMAS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_scorecard_of_the_example_fits_its_schema(bazhou, lang):
    document = json_write.scorecard(bazhou, lang)

    valid(document, "scorecard-1.json")
    assert (document["total"], document["full"], document["grade"], len(document["indicators"])) == (
        "93.7",
        "100",
        "优",
        21,
    )


def test_scorecard_has_the_keys_of_the_contract_in_their_order(bazhou):
    document = json_write.scorecard(bazhou)

    row = next(row for row in document["indicators"] if row["code"] == "C203")
    assert list(row)[:6] == ["code", "name", "level1", "level2", "weight", "target"]
    assert {name: row[name] for name in ("weight", "target", "score", "rule", "how")} == {
        "weight": "6",
        "target": "≥70%",
        "score": "5.7",
        "rule": "stepped_penalty",
        "how": "computed",
    }
    assert row["score_rate"] == {"text": "95%", "value": "0.95", "unit": ""}
    assert row["completion"] == {"text": "98.87%", "value": "6921/7000", "unit": ""}
    assert [step["text"] for step in row["derivation"]][-1] == "得分 = 6 × 95% = 5.70"
    assert row["authority"] is not None


@given(evaluations(), st.sampled_from(["zh", "en"]))
def test_scorecard_and_findings_of_any_evaluation_fit_their_schemas(evaluation, lang):
    assessed = assess(evaluation)

    valid(json_write.scorecard(assessed, lang), "scorecard-1.json")
    valid(json_write.findings(assessed.findings, lang), "findings-1.json")


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**12), st.sampled_from([PERCENT, unit("万人"), unit("")]))
def test_figure_value_is_exact_text(num, den, measure):
    made = json_write.figure(exactly(num, den, measure))

    assert Fraction(made["value"]) == Fraction(num, den)
    assert "e" not in made["value"].lower()
    Draft202012Validator({"$ref": "#/$defs/figure", "$defs": SCHEMAS["scorecard-1.json"]["$defs"]}).validate(made)


def test_small_figure_is_written_without_an_exponent():
    assert json_write.figure(exactly(1, 10**8))["value"] == "0.00000001"


@pytest.mark.parametrize(
    "change",
    [
        {"total": 93.7},
        {"total": "93,7"},
        {"grade": ""},
        {"more": 1},
        {"schema": "scorecard/2"},
        {"year": 2024},
        {"sections": [{"code": "A"}]},
    ],
)
def test_schema_refuses_what_is_no_scorecard(bazhou, change):
    with pytest.raises(ValidationError):
        valid({**json_write.scorecard(bazhou), **change}, "scorecard-1.json")


def test_finding_is_written_with_place_sentences_and_arguments(tmp_path, examples):
    text = (examples / "bazhou-2024" / "evaluation.yaml").read_text("utf-8")
    (tmp_path / "evaluation.yaml").write_text(text.replace("C201: {value: 106人", "C201: {value: ≥106人"), "utf-8")

    document = json_write.findings(check(tmp_path).findings)

    valid(document, "findings-1.json")
    (found,) = [found for found in document["findings"] if found["check"] == "not_a_value"]
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("  C201: {value"))
    assert found["where"] == [{"file": str(tmp_path / "evaluation.yaml"), "line": line}]
    assert (found["severity"], found["id"], found["printed"]) == ("error", "check.echo", "≥106人")
    assert found["because"] == "C201 的实际完成值「≥106人」照抄了指标值，不是测得的数"
    assert found["args"] == {"code": "C201", "spelt": "≥106人"}


def test_place_keeps_only_what_is_known():
    found = Finding("x", "note", Message("finding.remedy.none"), places=(Place("表.xlsx", "附件1", row=3, column="C"),))

    assert json_write.finding(found)["where"] == [{"file": "表.xlsx", "part": "附件1", "row": 3, "column": "C"}]
