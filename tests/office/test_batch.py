"""批量评价: a folder of bundles, one row each; a broken bundle stops no other; the summary adds up."""

import json
import shutil

import pytest
from docx import Document
from openpyxl import load_workbook

from jixiao.errors import CannotOpen
from jixiao.operations.evaluate_all import evaluate_all, is_batch

GOOD = ("bazhou-2024", "kashgar-2022-resident-medical", "kashgar-2022-staff-medical", "jiayuguan-2023")


@pytest.fixture
def many(examples, tmp_path):
    """Return a folder of four bundles, one of which is no YAML and one of which lacks what it owes."""
    folder = tmp_path / "many"
    for name in GOOD:
        shutil.copytree(examples / name, folder / name)
    (folder / "broken").mkdir()
    (folder / "broken" / "evaluation.yaml").write_text("head: [\n", "utf-8")
    shutil.copytree(examples / "bazhou-2024", folder / "unfinished")
    path = folder / "unfinished" / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("C201: {value: 106人", "C201: {value: ≥106人"), "utf-8")
    (folder / "notes").mkdir()
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_bundle_has_a_row_and_the_rest_is_written(many, tmp_path, jobs):
    told = []

    outcome = evaluate_all(many, tmp_path / "out", jobs=jobs, progress=lambda done, of: told.append((done, of)))

    rows = {row.name: row for row in outcome.value.rows}
    assert list(rows) == sorted([*GOOD, "broken", "unfinished"])
    assert [str(rows[name].project.score) for name in GOOD] == ["93.7", "96.85", "96.18", "88.82"]
    assert rows["broken"].problem.id == "yaml.syntax" and rows["unfinished"].counts[0] == 1
    assert outcome.exit_code() == 1
    assert [found.because.args["name"] for found in outcome.findings] == ["broken", "unfinished"]
    assert told == [(done, 6) for done in range(1, 7)]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *GOOD,
        "batch.json",
        "自评汇总表.xlsx",
        "自评汇总表.docx",
        "评价结果应用建议表.xlsx",
        "评价结果应用建议表.docx",
        "汇总分析报告.docx",
        "汇总分析报告.html",
        "部门决算公开绩效情况说明.txt",
    }
    assert json.loads((tmp_path / "out" / "batch.json").read_text("utf-8"))["bundles"][0]["total"] == "93.7"


def test_summary_adds_up(many, tmp_path):
    evaluate_all(many, tmp_path / "out", jobs=1)

    rows = list(load_workbook(tmp_path / "out" / "自评汇总表.xlsx").active.iter_rows(min_row=4, values_only=True))
    projects, whole = rows[:-1], rows[-1]
    assert len(projects) == len(GOOD)
    assert whole[2] == pytest.approx(sum(row[2] for row in projects), abs=1e-6)
    assert whole[4] == pytest.approx(sum(row[4] for row in projects), abs=1e-6)
    weighted = sum(row[2] * row[6] for row in projects) / whole[2]
    assert whole[6] == round(weighted, 2)


def test_summary_report_names_what_could_not_be_scored(many, tmp_path):
    evaluate_all(many, tmp_path / "out", jobs=1)

    tables = [[[cell.text for cell in row.cells] for row in table.rows]
              for table in Document(tmp_path / "out" / "汇总分析报告.docx").tables]  # fmt: skip
    unscored = next(table for table in tables if table[0][1] == "未能评分的原因")
    assert [row[1] for row in unscored[1:]] == ["YAML 写法有误", "有 1 个必改问题"]
    pasted = (tmp_path / "out" / "部门决算公开绩效情况说明.txt").read_text("utf-8").strip().split("\n\n")
    assert len(pasted) == 1 + len(GOOD) and "4个项目" in pasted[0]


def test_bundle_itself_is_no_folder_of_bundles(examples, tmp_path):
    assert is_batch(examples)
    assert not is_batch(examples / "bazhou-2024")
    assert not is_batch(tmp_path / "absent")


def test_folder_without_bundles_is_refused(tmp_path):
    with pytest.raises(CannotOpen) as refused:
        evaluate_all(tmp_path)

    assert refused.value.what.id == "batch.none"


def test_command_shows_a_row_per_bundle(jixiao, many):
    done = jixiao("evaluate", many)

    assert done.returncode == 1
    assert "bazhou-2024" in done.stdout and "93.7" in done.stdout
    assert "broken 没有完成" in done.stderr
