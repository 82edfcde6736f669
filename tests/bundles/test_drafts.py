"""草稿: unfinished bundles are read, every blank found where it stands, wrong shapes said in users' words."""

from __future__ import annotations

import pytest

from jixiao.errors import CannotParse
from jixiao.findings import Place
from jixiao.formats import bundle
from jixiao.formats.bundle_migrate import Step, migrated
from jixiao.formats.bundle_source import Source
from jixiao.operations.check import check

HEAD = "schema: evaluation/1\nkind: self-evaluation\nyear: 2024\n"
DRAFT = """head:
  project:
  unit: 医保局
funds:
  sources:
    - {name: 中央, revised_budget: 100, received: 100}
systems:
  declared:
    indicators:
      - {code: O1, name: 参保人数, weight: 5}
      - {code: O2, name: 满意度, target: ≥90%}
  scored:
    indicators:
      - code: C
        name: 产出
        children:
          - {code: C1, name: , weight: , target: , rule: }
actuals:
  C1:
    value:
    document:
overrides:
  C1: {score: , reason: 没有规则}
reasons:
  C1: {why: , measure: 按月核对}
evidence:
  - {title: , file: }
"""


def read(folder, text):
    (folder / bundle.FILE).write_text(HEAD + text, encoding="utf-8")
    return bundle.read(folder)


def test_draft_is_read_and_every_blank_found_at_its_line(tmp_path):
    read(tmp_path, DRAFT)

    found = [one for one in check(tmp_path).findings if one.check in ("to_fill", "unscored")]

    assert {(one.check, one.places[0].line, one.because.text("zh")) for one in found} == {
        ("to_fill", 5, "项目名称还没有填写"),
        ("to_fill", 9, "中央 的执行数还没有填写"),
        ("to_fill", 13, "O1 参保人数 的指标值还没有填写"),
        ("to_fill", 14, "O2 满意度 的分值还没有填写"),
        ("to_fill", 20, "C1 的名称还没有填写"),
        ("to_fill", 26, "C1 的得分还没有填写"),
        ("to_fill", 28, "C1 的偏差原因还没有填写"),
        ("to_fill", 30, "标题还没有填写"),
        ("unscored", 20, "指标 C1「」未能计分：没有评分规则"),
    }  # fmt: skip


def test_blank_fields_leave_no_values_behind(tmp_path):
    evaluation = read(tmp_path, DRAFT).evaluation

    indicator = evaluation.system("scored").find("C1")
    assert (indicator.weight, indicator.target, indicator.rule) == (None, None, None)
    assert (evaluation.actuals, evaluation.overrides) == ({}, {})


WRONG = {
    "没见过的名称": ("head:\n  projekt: 甲\n", 5, "不认识的名称 head.projekt", "project"),
    "年末日期写错": ("as_of: 2024年12月31日\n", 4, "数据截止日（as_of）不能是「2024年12月31日」", "2024-12-31"),
    "方向不在其列": (
        "systems:\n  scored:\n    indicators:\n      - code: A\n        name: 甲\n        direction: up\n",
        9, "方向（direction）不能是「up」，可选：more、less", "examples",
    ),
    "编码带空格": (
        "systems:\n  scored:\n    indicators:\n      - {code: A 1, name: 甲}\n", 7, "编码（code）不能是「A 1」", "C203",
    ),
    "没有编码": ("systems:\n  scored:\n    indicators:\n      - {name: 甲}\n", 7, "缺少编码（code）", "code: …"),
    "得分不是数": ("overrides:\n  A:\n    score: 五分\n    reason: 甲\n", 6, "得分（score）不能是「五分」", "4.5"),
    "下级不是列表": (
        "systems:\n  scored:\n    indicators:\n      - code: A\n        name: 甲\n        children: 无\n",
        9, "下级指标（children）的写法不对，应是以「- 」开头的列表", "examples",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_shape_is_said_with_the_line_of_the_offending_value(tmp_path, name):
    text, line, said, remedy = WRONG[name]

    with pytest.raises(CannotParse) as caught:
        read(tmp_path, text)

    assert caught.value.place.line == line
    assert caught.value.what.text("zh") == said
    assert remedy in caught.value.remedy.text("zh")


def test_texts_folder_adds_texts_with_their_places(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "背景.md").write_text("第一段。\r\n\r\n第二段。\n", encoding="utf-8-sig")
    (tmp_path / "texts" / "待写.md").write_text("", encoding="utf-8")

    found = read(tmp_path, "texts:\n  结论: 良好\n")

    assert dict(found.evaluation.texts) == {"结论": "良好", "背景": "第一段。\n\n第二段。"}
    assert found.place("texts/背景") == Place(str(tmp_path / "texts" / "背景.md"), line=1)
    assert found.place("texts/结论").line == 5


def test_text_given_twice_is_refused_with_both_places(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "结论.md").write_text("优", encoding="utf-8")

    with pytest.raises(CannotParse) as caught:
        read(tmp_path, "texts:\n  结论: 良好\n")

    assert caught.value.place.file.endswith("结论.md")
    assert "evaluation.yaml:5" in caught.value.what.text("zh")


def test_text_that_is_not_utf8_is_refused_at_its_line(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "结论.md").write_bytes("第一行\n第二行".encode("gb18030"))

    with pytest.raises(CannotParse) as caught:
        read(tmp_path, "")

    assert caught.value.what.id == "yaml.encoding"
    assert caught.value.place.line == 1


def test_older_schema_is_brought_on_step_by_step():
    def renamed(source):
        return source._replace(value={**source.value, "head": {"project": source.value["project"]}})

    steps = {
        "evaluation/0": Step("evaluation/0.5", lambda source: source),
        "evaluation/0.5": Step("evaluation/1", renamed),
    }

    found = migrated(Source({"schema": "evaluation/0", "project": "甲"}, {}), steps=steps)

    assert found.value["schema"] == "evaluation/1"
    assert found.value["head"] == {"project": "甲"}


@pytest.mark.parametrize("schema", ["evaluation/2", None, ["evaluation/1"]])
def test_schema_without_a_step_is_refused(schema):
    with pytest.raises(CannotParse) as caught:
        migrated(Source({"schema": schema}, {("schema",): Place("a", line=1)}))

    assert caught.value.what.id == "bundle.schema"
    assert caught.value.place == Place("a", line=1)


def test_rule_pack_is_read(tmp_path):
    assert read(tmp_path, "pack: caizheng-2024\n").evaluation.pack == "caizheng-2024"
