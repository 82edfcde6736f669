"""真实案例: the reconstructed answers give every figure that the evaluated report printed about its survey."""

from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path

import pytest

from jixiao.findings import Message
from jixiao.operations.evaluate import evaluate
from jixiao.operations.survey_analyse import Surveyed, survey_analyse
from jixiao.operations.survey_documents import survey_json
from jixiao.surveys import report

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "examples/bazhou-2024"
FORM, ANSWERS = BUNDLE / "survey/questionnaire.yaml", BUNDLE / "survey/answers.csv"


@pytest.fixture(scope="module")
def analysis():
    return survey_analyse(FORM, ANSWERS).value.analysis


def shares(analysis, code):
    return next(asked.shares for asked in analysis.asked if asked.question.code == code)


@pytest.mark.parametrize(
    ("code", "counts", "printed"),
    [
        ("Q1", (25, 94, 76, 3, 21, 2), ["11.31%", "42.53%", "34.39%", "1.36%", "9.5%", "0.9%"]),
        ("Q2", (123, 96, 2), ["55.66%", "43.44%", "0.9%"]),
        ("Q3", (215, 6), ["97.29%", "2.71%"]),
    ],
)
def test_single_choice_has_the_printed_shares(analysis, code, counts, printed):
    found = shares(analysis, code)

    assert tuple(share.chosen for share in found) == counts
    assert [report.percent(share.of_answers) for share in found] == printed
    assert all(share.of_selections is None for share in found)


def test_multiple_choice_has_the_printed_shares_of_selections_and_those_of_persons(analysis):
    found = shares(analysis, "Q4")

    assert tuple(share.chosen for share in found) == (160, 89, 67, 89, 2)
    assert [report.percent(share.of_selections) for share in found] == ["39.31%", "21.87%", "16.46%", "21.87%", "0.49%"]
    assert [report.percent(share.of_answers) for share in found] == ["72.4%", "40.27%", "30.32%", "40.27%", "0.9%"]


def test_satisfaction_is_as_printed_and_in_the_right_order(analysis):
    ranked = [(item.code, item.given, item.possible, report.percent(item.rate)) for item in analysis.satisfaction.items]

    assert ranked == [("S2", 1062, 1105, "96.11%"), ("S1", 1061, 1105, "96.02%"), ("S3", 1059, 1105, "95.84%")]
    assert report.percent(analysis.satisfaction.rate) == "95.99%"
    assert report.percent(analysis.awareness) == "99.1%"
    assert (analysis.tally.returned, analysis.tally.valid, report.percent(analysis.response())) == (221, 221, "100%")


def test_nothing_joint_is_claimed_from_reconstructed_answers(analysis):
    for refused in (analysis.reliability, analysis.validity, analysis.suitability, analysis.certainty):
        assert refused == Message("survey.condition.reconstructed", {})
    assert survey_json_of(analysis)["reliability"]["not_computed"].startswith("答卷是由公布的比例重构的")


def survey_json_of(analysis):
    return survey_json(Surveyed(analysis, ()))


def test_score_of_the_bound_indicator_stays_and_so_does_the_total():
    found = evaluate(BUNDLE).value

    assert str(found.actuals["D201"]) == "95.99%"
    assert found.actuals["D201"].origin.parts["S1.given"].num == 1061
    assert (str(found.card.scores["D201"].awarded.normalize()), str(found.card.total.normalize())) == ("8", "93.7")


def test_result_in_the_example_is_what_the_answers_give(tmp_path):
    copy = tmp_path / "bundle"
    shutil.copytree(BUNDLE, copy)
    (copy / "data/results/D201.json").unlink()

    survey_analyse(copy / "survey/questionnaire.yaml", copy / "survey/answers.csv", bundle=copy)

    assert (copy / "data/results/D201.json").read_bytes() == (BUNDLE / "data/results/D201.json").read_bytes()


def test_answers_changed_after_the_analysis_make_the_result_stale(tmp_path):
    copy = tmp_path / "bundle"
    shutil.copytree(BUNDLE, copy)
    (copy / "survey/answers.csv").write_text(ANSWERS.read_text("utf-8").replace(",5,5,5,", ",4,5,5,", 1), "utf-8")

    found = evaluate(copy)

    assert found.exit_code() == 1
    stale = [finding for finding in found.findings if finding.check == "result_stale"]
    assert [finding.because.text() for finding in stale] == [
        "指标 D201 的结果已过期：survey/answers.csv 在计算之后改过"
    ]
    assert found.value.card.total is None


def test_answer_file_is_what_the_tool_writes(tmp_path):
    tool = runpy.run_path(str(ROOT / "tools/reconstruct_answers.py"))
    tool["main"].__globals__["TARGET"] = tmp_path / "answers.csv"

    tool["main"]()

    assert (tmp_path / "answers.csv").read_bytes() == ANSWERS.read_bytes()


def test_json_document_carries_numbers_as_text(analysis):
    text = json.dumps(survey_json_of(analysis), ensure_ascii=False)

    assert '"schema": "survey/1"' in text
    assert not [
        value for value in walk(json.loads(text)) if isinstance(value, int | float) and not isinstance(value, bool)
    ]


def walk(value):
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from walk(item)
    else:
        yield value
