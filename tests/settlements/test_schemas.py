"""JSON: what settlements publish and leave behind fits the schemas that ship."""

from __future__ import annotations

import importlib.util
import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import jixiao as library

spec = importlib.util.spec_from_file_location("settlements_small", Path(__file__).parent / "conftest.py")
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)

ODD = [
    small.settlement(1, psn_no=small.NUMBER),
    small.settlement(1, med_type="9988"),
    small.settlement(2, hifp_pay="1,0"),
]
BUNDLE = """\
schema: evaluation/1
kind: self-evaluation
year: 2024
head: {project: 示例项目, unit: 示例医保局}
systems:
  scored:
    full: 10
    indicators:
      - {code: A1, name: 享受待遇人数, weight: 10, target: ≥1人, rule: {id: proportional}}
actuals:
  A1: {from: settlements, measure: beneficiaries.persons}
"""


def fits(name, found):
    schema = json.loads(resources.files("jixiao").joinpath(f"schemas/{name}-1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(json.dumps(found)))


@pytest.fixture(params=["sample", "odd"])
def folder(request, tmp_path):
    if request.param == "sample":
        library.settlements_sample(600, 3, tmp_path)
        return tmp_path
    small.write(
        tmp_path / "records.csv",
        [{"证件号码" if name == "psn_no" else name: text for name, text in row.items()} for row in ODD],
    )
    (tmp_path / "settlements.yaml").write_text(small.RECORDS, "utf-8")
    return tmp_path


def test_measures_profiles_and_alerts_fit_their_schemas(folder):
    fits("measures", library.settlements_measures(folder, monthly=True).value.summary())
    fits("settlements-profile", library.settlements_profile_json(library.settlements_profile(folder).value))
    fits("alerts", library.settlements_alerts_json(library.settlements_alerts(folder).value))


def test_policies_fit_their_schema():
    fits("policies", library.settlements_policies_json(library.settlements_policies("653121").value))


def test_what_is_left_in_a_bundle_fits_its_schema(tmp_path):
    library.settlements_sample(600, 3, tmp_path / "data/records")
    (tmp_path / "evaluation.yaml").write_text(BUNDLE, "utf-8")

    library.settlements_measures(tmp_path / "data/records", bundle=tmp_path)

    left = json.loads((tmp_path / "data/results/A1.json").read_text("utf-8"))
    fits("result", left)
    assert left["as_of"] == "2024-12-31"
