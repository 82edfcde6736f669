"""问卷文件: YAML and XLSForm both ways, what is wrong in them by place, and the printed form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jixiao.documents.document import Table
from jixiao.errors import CannotParse
from jixiao.formats import questionnaire_yaml, xlsform
from jixiao.operations.survey_form import survey_form
from jixiao.operations.survey_read import read
from jixiao.surveys import blank
from jixiao.surveys.questionnaire import Condition, Option, Question, Questionnaire, Section

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/bazhou-2024/survey/questionnaire.yaml"

words = st.text(st.sampled_from("甲乙丙丁ABC：,-#'\"[]{}·1 "), min_size=1, max_size=12).map(str.strip).filter(bool)
codes = st.integers(1, 99).map(lambda n: f"Q{n}")


@st.composite
def forms(draw):
    """Draw a questionnaire that is sound."""
    questions = []
    for code in draw(st.lists(codes, unique=True, min_size=1, max_size=6)):
        kind = draw(st.sampled_from(["single", "multiple", "scale", "text", "consent"]))
        texts = draw(st.lists(words, unique=True, min_size=2, max_size=4))
        options = tuple(Option(chr(65 + at), text) for at, text in enumerate(texts))
        shown = None
        earlier = [question for question in questions if question.kind in ("single", "multiple", "scale")]
        if earlier and draw(st.booleans()):
            other = draw(st.sampled_from(earlier))
            shown = Condition((other.code,), (), 2) if other.kind == "scale" else Condition((other.code,), ("A", "B"))
        closed = kind in ("single", "multiple", "consent")
        required, hint = draw(st.booleans()), draw(st.none() | words)
        asked = Question(
            code, kind, draw(words), options if closed else (), required=required, hint=hint, shown_when=shown
        )
        questions.append(asked)
    return Questionnaire(draw(words), draw(words), (Section(draw(words), tuple(questions)),), draw(words),
                         intro=draw(st.none() | words), thanks=draw(st.none() | words))  # fmt: skip


@given(forms())
def test_questionnaire_survives_yaml(tmp_path_factory, form):
    path = tmp_path_factory.mktemp("form") / "form.yaml"
    path.write_bytes(questionnaire_yaml.write(form))

    assert questionnaire_yaml.read(path).form == form


@given(forms())
@settings(max_examples=25)
def test_questions_survive_xlsform(tmp_path_factory, form):
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    path.write_bytes(xlsform.write(form))

    found = xlsform.read(path)

    assert found.findings == ()
    assert (found.form.sections, found.form.title, found.form.version) == (form.sections, form.title, form.version)
    assert (found.form.intro, found.form.thanks) == (form.intro, form.thanks)


def test_example_survives_yaml_with_its_plan_and_revisions(tmp_path):
    form = questionnaire_yaml.read(EXAMPLE).form
    (tmp_path / "again.yaml").write_bytes(questionnaire_yaml.write(form))

    assert questionnaire_yaml.read(tmp_path / "again.yaml").form == form
    assert form.revisions[0].version == "2"


def test_xlsform_of_the_example_is_one_that_pyxform_takes(tmp_path):
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsform.write(questionnaire_yaml.read(EXAMPLE).form))

    converted = xls2xform.convert(path)

    assert "<h:title>2024年城乡居民医保参保人员满意度问卷</h:title>" in converted.xform
    assert 'relevant=" /bazhou-2024-satisfaction/group_3/S1  &lt;= 2 or' in converted.xform or "S1" in converted.xform
    assert converted.warnings == []


def test_xlsform_has_the_same_bytes_every_time():
    form = questionnaire_yaml.read(EXAMPLE).form

    assert xlsform.write(form) == xlsform.write(form)


def book(path, survey, choices=()):
    made = Workbook()
    made.active.title = "survey"
    for row in survey:
        made.active.append(row)
    sheet = made.create_sheet("choices")
    for row in choices:
        sheet.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["select_one nowhere", "Q1", "题目"], "选项表 nowhere 在 choices 里找不到，有：yn"),
        (["select_one yn", "1Q", "题目"], "题号「1Q」不能用"),
        (["select_one yn", "Q1", None], "Q1 没有题目文字（label）"),
        (["geopoint", "Q1", "在哪里"], "题型 geopoint 不支持，这一行没有读入"),
        (["end_group", None, None], "这里结束的组没有开始"),
        (["begin_group", "g", "没完"], "组「没完」没有结束"),
    ],
)
def test_trouble_in_an_xlsform_is_said_by_sheet_and_row(tmp_path, row, said):
    head, fine = ["type", "name", "label"], ["select_one yn", "Q9", "好题"]
    path = book(
        tmp_path / "f.xlsx", [head, fine, row], [["list_name", "name", "label"], ["yn", "1", "是"], ["yn", "0", "否"]]
    )

    found = [finding for finding in read(path).findings if finding.because.text() == said]

    assert len(found) == 1
    assert (found[0].places[0].part, found[0].places[0].row) == ("survey", 3)


def test_condition_that_is_not_understood_is_said_and_not_guessed(tmp_path):
    survey = [
        ["type", "name", "label", "relevant"],
        ["select_one yn", "Q1", "甲", None],
        ["text", "Q2", "乙", "${Q1} = '1' and true()"],
    ]
    path = book(tmp_path / "f.xlsx", survey, [["list_name", "name", "label"], ["yn", "1", "是"], ["yn", "0", "否"]])

    found = read(path)

    assert found.value.question("Q2").shown_when is None
    assert [finding.because.id for finding in found.findings] == ["survey.xlsform.relevant"]


def test_workbook_without_a_survey_sheet_is_no_xlsform(tmp_path):
    made = Workbook()
    made.active.append(["a"])
    made.save(tmp_path / "f.xlsx")

    with pytest.raises(CannotParse) as caught:
        read(tmp_path / "f.xlsx")

    assert caught.value.what.id == "survey.xlsform.no_survey"


YAML = "schema: questionnaire/1\nid: t\ntitle: t\nsections:\n  - title: 一\n    questions:\n{questions}{rest}"


@pytest.mark.parametrize(
    ("questions", "rest", "said", "line"),
    [
        ("      - {code: Q1, kind: single, text: 题, options: {A: 甲}}\n", "", "Q1 只有 1 个选项", 7),
        ("      - {code: S1, kind: scale, text: 题}\n      - {code: S1, kind: scale, text: 题}\n", "", "题号 S1 用了两次", 8),
        ("      - {code: S1, kind: scale, text: 题, low: 5}\n", "", "S1 的分值从 5 到 5，不成量表", 7),
        ("      - {code: T1, kind: text, text: 题, shown_when: {question: S1, at_most: 2}}\n      - {code: S1, kind: scale, text: 题}\n",
         "", "T1 的显示条件引用 S1，它不在前面", 7),
        ("      - {code: S1, kind: scale, text: 题}\n", "satisfaction: {items: [S2]}\n", "S2 不是量表题，不能计入满意度；量表题有：S1", 8),
        ("      - {code: S1, kind: scale, text: 题}\n", "satisfaction: {items: [S1], formula: best}\n", "没有名为「best」的满意度公式", 8),
    ],
)  # fmt: skip
def test_trouble_in_a_questionnaire_is_said_by_line(tmp_path, questions, rest, said, line):
    (tmp_path / "q.yaml").write_text(YAML.format(questions=questions, rest=rest), "utf-8")

    found = read(tmp_path / "q.yaml")

    assert found.exit_code() == 1
    assert (said, line) in [(finding.because.text(), finding.places[0].line) for finding in found.findings]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ("      - {code: Q1, kind: choice, text: 题}\n", "sections.0.questions.0.kind 不能是「choice」"),
        ("      - {code: Q1, kind: text, text: 题, colour: red}\n", "不认识的名称 sections.0.questions.0.colour"),
        ("      - {code: Q1, kind: text}\n", "缺少 sections.0.questions.0.text"),
    ],
)
def test_questionnaire_of_another_shape_is_refused_by_line(tmp_path, questions, said):
    (tmp_path / "q.yaml").write_text(YAML.format(questions=questions, rest=""), "utf-8")

    with pytest.raises(CannotParse) as caught:
        read(tmp_path / "q.yaml")

    assert caught.value.what.text().startswith(said)
    assert caught.value.place.line == 7


def test_printed_form_has_every_question_and_one_table_of_scales():
    form = questionnaire_yaml.read(EXAMPLE).form
    blocks = blank.document(form)

    tables = [block for block in blocks if isinstance(block, Table)]
    text = "\n".join(getattr(block, "text", "") for block in blocks)

    assert [row[0].text for row in tables[0].grid] == [
        "题目",
        "1. 医保报销是否及时",
        "2. 工作人员的服务态度",
        "3. 城乡居民医保工作的总体情况",
    ]
    assert [cell.text for cell in tables[0].grid[0][1:]] == ["1", "2", "3", "4", "5"]
    assert "□ A. 提高补助标准" in text
    assert "○ F. 其他" in text
    assert "“医保报销是否及时”给 2 分及以下" in text


def test_form_operation_writes_all_its_files(tmp_path):
    survey_form(EXAMPLE, tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "questionnaire.docx", "questionnaire.html", "questionnaire.yaml", "xlsform.xlsx",
    ]  # fmt: skip
