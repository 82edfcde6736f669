"""问卷到指标: measures that an indicator can be bound to, the results that are left in a bundle, regions and strata."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import CannotParse, NotKnown
from jixiao.evaluation.binding import resolved
from jixiao.evaluation.model import Evaluation
from jixiao.figures.figure import Figure, exactly
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.formats import results
from jixiao.indicators.indicator import Actual, Binding, Measured
from jixiao.operations.survey_analyse import survey_analyse
from jixiao.operations.survey_sample import survey_sample
from jixiao.surveys import sampling, strata
from jixiao.surveys.measures import measure
from jixiao.surveys.questionnaire import Sample

FORM = """
schema: questionnaire/1
id: t
title: 测试问卷
sections:
  - title: 题目
    questions:
      - {code: Q1, kind: single, text: 是否知晓, options: {A: 非常了解, B: 基本了解, C: 不了解}}
      - {code: Q2, kind: multiple, text: 渠道, options: {A: 网站, B: 村委会}}
      - {code: S1, kind: scale, text: 报销}
      - {code: S2, kind: scale, text: 服务}
      - {code: I1, kind: scale, text: 报销的重要程度}
      - {code: I2, kind: scale, text: 服务的重要程度}
satisfaction: {items: [S1, S2]}
awareness: {question: Q1, options: [A, B]}
importance: {S1: I1, S2: I2}
"""
HEAD = "Q1,Q2,S1,S2,I1,I2\n"
ROWS = ["A,A|B,5,4,5,1", "B,A,4,4,5,1", "C,B,5,3,5,1", "A,A,2,4,5,1"]


def analysed(folder, form=FORM, rows=ROWS, beside=""):
    (folder / "q.yaml").write_text(form, "utf-8")
    (folder / "a.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    if beside:
        (folder / "a.yaml").write_text(f"schema: answers/1\n{beside}", "utf-8")
    return survey_analyse(folder / "q.yaml", folder / "a.csv").value.analysis


@pytest.mark.parametrize(
    ("name", "where", "printed"),
    [
        ("satisfaction", {}, "77.5%"),
        ("satisfaction", {"question": "S2"}, "75%"),
        ("satisfaction", {"formula": "top_two"}, "75%"),
        ("satisfaction", {"formula": "graded"}, "76.25%"),
        ("share", {"question": "Q1", "option": "A"}, "50%"),
        ("share", {"question": "Q1", "option": "A, B"}, "75%"),
        ("share", {"question": "Q2", "option": "A"}, "75%"),
        ("awareness", {}, "75%"),
        ("importance_satisfaction", {}, "79.17%"),
        ("response_rate", {}, "50%"),
    ],
)
def test_measure_is_computed_by_its_definition(tmp_path, name, where, printed):
    value, origin = measure(analysed(tmp_path, beside="issued: 8\n"), name, where)

    assert value.in_unit(PERCENT).text(2, strip=True) == printed
    assert (origin.source, origin.measure, dict(origin.where)) == ("survey", name, where)
    assert origin.parts


@pytest.mark.parametrize(
    ("name", "where", "why"),
    [
        ("happiness", {}, "survey.measure.unknown"),
        ("satisfaction", {"option": "A"}, "survey.measure.where"),
        ("satisfaction", {"question": "Q1"}, "survey.condition.unknown_question"),
        ("satisfaction", {"formula": "best"}, "survey.condition.unknown_formula"),
        ("satisfaction", {"strata": "weighted"}, "survey.condition.weights"),
        ("share", {"question": "Q9", "option": "A"}, "survey.condition.unknown_question"),
        ("share", {"question": "Q1", "option": "Z"}, "survey.condition.unknown_option"),
        ("share", {"question": "Q2", "option": "A,B"}, "survey.condition.several_of_multiple"),
        ("response_rate", {}, "survey.measure.issued"),
    ],
)
def test_measure_that_cannot_be_had_says_why(tmp_path, name, where, why):
    found = measure(analysed(tmp_path), name, where)

    assert isinstance(found, Message)
    assert found.id == why
    assert found.text("zh") and found.text("en")


def test_alpha_can_be_bound_but_not_from_reconstructed_answers(tmp_path):
    real = measure(analysed(tmp_path), "reliability", {})
    refused = measure(analysed(tmp_path, beside="made: reconstructed\n"), "reliability", {})

    assert isinstance(real[0], Figure)
    assert refused == Message("survey.condition.reconstructed", {})


RESULT = Actual(
    exactly(3182, 3315, PERCENT),
    Measured("survey", "satisfaction", {"n": exactly(221)}, {"question": "S1"}, "q", {}, "2024-12-31"),
)


def test_result_reads_back_exactly(tmp_path):
    (tmp_path / "data/results").mkdir(parents=True)
    (tmp_path / "data/results/D201.json").write_bytes(results.write("D201", RESULT))

    found = results.read(tmp_path)

    assert found.findings == []
    assert found.actuals["D201"].value.same_as(RESULT.value)
    assert found.actuals["D201"].origin == RESULT.origin


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "result/2"}', "{", '{"schema": "result/1", "code": 5}'])
def test_file_that_is_no_result_is_refused(tmp_path, text):
    (tmp_path / "data/results").mkdir(parents=True)
    (tmp_path / "data/results/D201.json").write_text(text or " x ", "utf-8")

    with pytest.raises(CannotParse) as caught:
        results.read(tmp_path)

    assert caught.value.what.id == "result.unreadable"


@pytest.mark.parametrize(
    ("binding", "why"),
    [
        (Binding("survey", "satisfaction", {"question": "S1"}), None),
        (Binding("survey", "satisfaction"), "result.other"),
        (Binding("enrolment", "satisfaction", {"question": "S1"}), "result.other"),
    ],
)
def test_result_answers_only_the_binding_it_was_computed_for(binding, why):
    evaluation = Evaluation("third-party", 2024, actuals={"D201": binding}, results={"D201": RESULT})

    actuals, findings = resolved(evaluation)

    assert ("D201" in actuals) is (why is None)
    assert [finding.because.args["why"].id for finding in findings] == ([why] if why else [])


def test_binding_without_a_result_says_what_is_missing():
    _, findings = resolved(Evaluation("third-party", 2024, actuals={"D201": Binding("settlements", "x")}))

    assert findings[0].because.args["why"].id == "result.absent"


STRATA = """
sample:
  population: 400
  seed: s
  strata: {by: file, parts: {甲县: "300", 乙县: "100"}, sizes_are: 参保人数}
"""


def test_regions_with_a_file_each_are_weighted_by_their_stated_sizes(tmp_path):
    (tmp_path / "q.yaml").write_text(FORM + STRATA, "utf-8")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "甲县.csv").write_text(HEAD + "A,A,5,5,5,5\nB,A,4,4,5,5\n", "utf-8")
    (folder / "乙县.csv").write_text(HEAD + "A,A,1,1,5,5\nC,A,2,2,5,5\nX,A,1,1,5,5\n", "utf-8")

    found = survey_analyse(tmp_path / "q.yaml", folder)
    of = found.value.analysis

    assert [(part.name, part.returned, part.valid, part.rate.text()) for part in of.parts] == [
        ("乙县", 3, 2, "30%"),
        ("甲县", 2, 2, "90%"),
    ]
    assert (of.satisfaction.rate.text(), of.stratified.text()) == ("60%", "75%")
    assert measure(of, "satisfaction", {"strata": "weighted"})[0].text() == "75%"
    assert [(bad.file, bad.row) for bad in found.value.bad] == [("乙县.csv", 4)]


def test_region_without_answers_is_not_left_out_in_silence(tmp_path):
    (tmp_path / "q.yaml").write_text(FORM + STRATA, "utf-8")
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "甲县.csv").write_text(HEAD + "A,A,5,5,5,5\nB,A,4,4,5,5\n", "utf-8")

    found = survey_analyse(tmp_path / "q.yaml", folder).value.analysis.stratified

    assert found.text() == "权重与结果对不上：有权重没有结果的 乙县，有结果没有权重的 —"


parts = st.lists(
    st.tuples(st.integers(1, 50), st.lists(st.integers(0, 5), min_size=2, max_size=8)), min_size=1, max_size=5
)


@given(parts)
def test_weighted_mean_and_design_effect_follow_their_definitions(drawn):
    listed = [
        strata.Part(str(at), exactly(size), len(row), sum(row), sum(x * x for x in row))
        for at, (size, row) in enumerate(drawn)
    ]
    whole = sum(size for size, _ in drawn)
    n = sum(len(row) for _, row in drawn)
    means = [Fraction(sum(row), len(row)) for _, row in drawn]
    mean = sum(Fraction(size, whole) * m for (size, _), m in zip(drawn, means, strict=True))
    var = sum(Fraction(size, whole) ** 2 * sum((x - m) ** 2 for x in row) / (len(row) - 1) / len(row)
              for (size, row), m in zip(drawn, means, strict=True))  # fmt: skip
    spread = sum(Fraction(size, whole) * sum((x - mean) ** 2 for x in row) / len(row) for size, row in drawn)

    found = strata.stratified(listed)

    assert (Fraction(found.mean.num, found.mean.den), Fraction(found.variance.num, found.variance.den)) == (mean, var)
    if spread == 0:
        assert found.design_effect is None
    else:
        assert Fraction(found.design_effect.num, found.design_effect.den) == var / (spread / (n - 1))


def test_one_stratum_has_no_design_effect_to_speak_of():
    assert strata.stratified([strata.Part("", exactly(1), 10, 7, 7)]).design_effect.text() == "1"


@pytest.mark.parametrize(
    ("sample", "size"),
    [
        (Sample(), 385),
        (Sample(population=813500), 384),
        (Sample(population=1000), 278),
        (Sample(population=50), 45),
        (Sample(population=10000, formula="yamane"), 385),
        (Sample(population=813500, confidence=exactly(99, 100), margin=exactly(3, 100)), 1839),
    ],
)  # fmt: skip
def test_target_size_is_that_of_the_formula(sample, size):
    assert sampling.plan(sample).size == size


@given(
    st.integers(0, 500),
    st.dictionaries(st.text("甲乙丙丁", min_size=1, max_size=3), st.integers(1, 10**6), min_size=1, max_size=8),
)
def test_allocation_adds_up_and_is_never_a_whole_person_off(count, sizes):
    found = sampling.allocated(count, {name: exactly(size) for name, size in sizes.items()})

    assert sum(found.values()) == count
    assert all(
        abs(Fraction(found[name]) - Fraction(count * size, sum(sizes.values()))) < 1 for name, size in sizes.items()
    )


def test_sample_is_drawn_by_the_seed_and_not_by_the_order(tmp_path):
    (tmp_path / "q.yaml").write_text(FORM + STRATA.replace("by: file", "by: 县"), "utf-8")
    rows = [f"p{n},{'甲县' if n % 3 else '乙县'}" for n in range(600)]
    (tmp_path / "l.csv").write_text("编号,县\n" + "\n".join(rows) + "\n", "utf-8")
    (tmp_path / "m.csv").write_text("编号,县\n" + "\n".join(reversed(rows)) + "\n", "utf-8")

    one = survey_sample(tmp_path / "q.yaml", tmp_path / "l.csv", column="编号", out=tmp_path / "out").value
    other = survey_sample(tmp_path / "q.yaml", tmp_path / "m.csv", column="编号").value

    assert one == other
    assert {name: len(ids) for name, ids in one.drawn.items()} == dict(one.plan.strata) == {"甲县": 148, "乙县": 49}
    assert len((tmp_path / "out/sample.csv").read_text("utf-8-sig").splitlines()) == 198


def test_sample_without_a_plan_or_an_id_column_is_refused(tmp_path):
    (tmp_path / "q.yaml").write_text(FORM, "utf-8")
    with pytest.raises(NotKnown):
        survey_sample(tmp_path / "q.yaml")
    (tmp_path / "q.yaml").write_text(FORM + STRATA.replace("by: file", "by: 县"), "utf-8")
    (tmp_path / "l.csv").write_text("a,县\nx,甲县\n", "utf-8")
    with pytest.raises(CannotParse) as caught:
        survey_sample(tmp_path / "q.yaml", tmp_path / "l.csv")

    assert caught.value.what.text() == "名单里没有「id」这一列，有：a、县"


def test_json_of_a_result_says_everything_about_its_origin():
    raw = json.loads(results.write("D201", RESULT))

    assert list(raw) == ["schema", "code", "source", "measure", "where", "value", "parts", "query", "digests", "as_of"]
    assert raw["value"] == {"text": "95.99%", "value": "3182/3315", "unit": ""}


def test_every_message_of_the_survey_is_worded_in_both_languages():
    import re

    from jixiao import library

    source = Path(strata.__file__).parents[1]
    files = [
        *source.glob("surveys/*.py"),
        *source.glob("engines/answer*.py"),
        *source.glob("formats/*.py"),
        *source.glob("operations/survey_*.py"),
    ]
    ids = {
        found
        for path in files
        for found in re.findall(r'Message\(\s*"((?:survey|result)\.[a-z_.]+)"', path.read_text("utf-8"))
    }

    assert len(ids) > 40
    for found in ids:
        assert library.wording(found, "zh") and library.wording(found, "en")


def test_inputs_outside_the_bundle_with_equal_names_are_told_apart(tmp_path):
    files = []
    for side in ("own", "other"):
        (tmp_path / "registers" / side).mkdir(parents=True)
        files.append(tmp_path / "registers" / side / "part-00.csv")
        files[-1].write_text(side, encoding="utf-8")
    (tmp_path / "bundle" / "data").mkdir(parents=True)
    files.append(tmp_path / "bundle" / "data" / "deaths.csv")
    files[-1].write_text("deaths", encoding="utf-8")

    found = results.digests(tmp_path / "bundle", files)

    assert list(found) == ["external:own/part-00.csv", "external:other/part-00.csv", "data/deaths.csv"]
    assert len(set(found.values())) == 3
