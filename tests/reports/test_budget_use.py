"""评价结果应用建议表: grades become proposals in words; amounts stand only where the office has settled shares."""

import shutil

from openpyxl import load_workbook

from jixiao.figures.figure import figure
from jixiao.operations.evaluate_all import evaluate_all
from jixiao.reports.budget_use import proposal, proposed, table
from jixiao.reports.summary import Project


def project(name, grade, *, budget="100万元", share=None):
    return Project(
        name, figure(budget) if budget else None, figure("80万元"), figure("88"), grade, share and figure(share)
    )


def rows(projects):
    return [[cell.text for cell in row if cell is not None] for row in table(projects).grid]


def test_every_grade_has_its_words():
    assert [proposal(grade).text("zh") for grade in ("优", "良", "中", "差", None)] == [
        "按规定优先保障下年预算",
        "按规定优先保障下年预算",
        "督促整改，按整改情况压减下年预算",
        "停止或大幅压减安排，并按规定问责",
        "没有等级，不提建议",
    ]


def test_shares_give_amounts_and_sums():
    said = rows([project("甲", "优", share="100%"), project("乙", "中", budget="33.3万元", share="90%")])

    assert said[1] == ["1", "甲", "100", "80%", "88", "优", "按规定优先保障下年预算", "100%", "100"]
    assert said[2][-3:] == ["督促整改，按整改情况压减下年预算", "90%", "29.97"]
    assert said[3] == ["合计", "133.3", "—", "—", "—", "—", "—", "129.97"]


def test_without_shares_there_is_no_amount():
    said = rows([project("甲", "差"), project("乙", "优", budget=None, share="100%")])

    assert [row[-1] for row in said[1:]] == ["—", "—", "—"]
    assert proposed(project("乙", "优", budget=None, share="100%")) is None


def test_batch_proposes_by_the_pack_of_each_bundle(examples, tmp_path):
    for name in ("kashgar-2022-resident-medical", "jiayuguan-2023"):
        shutil.copytree(examples / name, tmp_path / "many" / name)
    path = tmp_path / "many" / "jiayuguan-2023" / "evaluation.yaml"
    path.write_text(
        path.read_text("utf-8").replace("kind: third-party", "kind: third-party\npack: budget-by-grade"), "utf-8"
    )

    evaluate_all(tmp_path / "many", tmp_path / "out", jobs=1)

    sheet = load_workbook(tmp_path / "out" / "评价结果应用建议表.xlsx").active
    found = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    told = {row[1]: row[4:] for row in found if str(row[0]).isdecimal()}
    (first, second) = told.values()
    assert [str(value) for value in first][1:4] == ["良", "按规定优先保障下年预算", "100%"]
    assert [str(value) for value in second][1:4] == ["优", "按规定优先保障下年预算", "—"]
