"""JSON: what a survey publishes and leaves behind fits the schemas that ship."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from jixiao.operations.survey_analyse import survey_analyse
from jixiao.operations.survey_documents import survey_json

BUNDLE = Path(__file__).resolve().parents[2] / "examples/bazhou-2024"
FORM = """
schema: questionnaire/1
id: t
title: 测试问卷
sections:
  - title: 题目
    questions:
      - {code: Q1, kind: single, text: 是否知晓, options: {A: 是, B: 否}}
      - {code: Q2, kind: multiple, text: 渠道, options: {A: 网站, B: 村委会}}
      - {code: S1, kind: scale, text: 报销}
      - {code: S2, kind: scale, text: 服务}
      - {code: S3, kind: scale, text: 总体}
satisfaction: {items: [S1, S2, S3]}
awareness: {question: Q1, options: [A]}
importance: {S1: S2}
sample: {population: 100, strata: {by: 县, parts: {甲: "60", 乙: "40"}}}
"""
ROWS = ["甲,A,A|B,5,4,5", "甲,B,A,4,4,3", "乙,A,B,5,3,4", "乙,A,A,2,5,2", "甲,A,A,1,1,2"]


def schema(name):
    return Draft202012Validator(json.loads(resources.files("jixiao").joinpath(f"schemas/{name}").read_text("utf-8")))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ["甲,A,,5,5,5", "乙,A,,5,5,5"], ["丙,,,,,"], ["甲,Z,Z,9,9,9"]])
def test_analysis_of_any_answers_fits_its_schema(tmp_path, rows, lang):
    (tmp_path / "q.yaml").write_text(FORM, "utf-8")
    (tmp_path / "a.csv").write_text("县,Q1,Q2,S1,S2,S3\n" + "\n".join(rows) + "\n", "utf-8")

    found = survey_json(survey_analyse(tmp_path / "q.yaml", tmp_path / "a.csv").value, lang)

    schema("survey-1.json").validate(found)
    assert found["counts"]["returned"] == str(len(rows))


def test_example_fits_its_schemas():
    found = survey_json(survey_analyse(BUNDLE / "survey/questionnaire.yaml", BUNDLE / "survey/answers.csv").value)
    result = json.loads((BUNDLE / "data/results/D201.json").read_text("utf-8"))

    schema("survey-1.json").validate(found)
    schema("result-1.json").validate(result)
    assert (found["counts"]["valid"], result["code"]) == ("221", "D201")
