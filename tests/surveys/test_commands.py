"""问卷命令: what the commands print, write and end with."""

from __future__ import annotations

import json
import shutil

import pytest

FORM, ANSWERS = "survey/questionnaire.yaml", "survey/answers.csv"


@pytest.fixture
def survey(examples):
    return examples / "bazhou-2024" / FORM, examples / "bazhou-2024" / ANSWERS


def test_analyse_prints_shares_with_both_bases_and_satisfaction(jixiao, survey):
    done = jixiao("survey", "analyse", *survey)

    assert done.returncode == 0
    assert "占作答人数" in done.stdout and "占全部选项" in done.stdout
    for printed in ("39.31%", "72.4%", "95.99%", "96.11%", "99.1%"):
        assert printed in done.stdout
    assert "答卷是由公布的比例重构的" in done.stdout


def test_analyse_as_json_prints_one_document(jixiao, survey):
    done = jixiao("--lang", "en", "survey", "analyse", *survey, "--json")

    found = json.loads(done.stdout)

    assert found["schema"] == "survey/1"
    assert found["satisfaction"]["overall"]["value"] == "3182/3315"
    assert found["reliability"]["not_computed"].startswith("the answers were reconstructed")


def test_analyse_writes_the_report_and_the_result_of_the_bound_indicator(jixiao, examples, tmp_path):
    bundle = tmp_path / "bundle"
    shutil.copytree(examples / "bazhou-2024", bundle)
    (bundle / "data/results/D201.json").unlink()

    before = jixiao("check", bundle)
    done = jixiao("survey", "analyse", bundle / FORM, bundle / ANSWERS, "--bundle", bundle, "--out", tmp_path / "out")

    assert before.returncode == 1 and "没有可用的结果" in before.stderr
    assert (done.returncode, "已写入结果：D201" in done.stderr) == (0, True)
    assert jixiao("check", bundle).returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "survey-report.docx",
        "survey-report.html",
        "survey.json",
    ]
    assert "总体满意度为 95.99%" in (tmp_path / "out/survey-report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ("", 11, "文件是空的"),
        ("Q1,Q2,Q3,Q4,S1,S2,S3\n", 11, "只有表头，没有一份答卷"),
        ("Q1,Q2,Q3,Q4,S1,S2,S3\nZ,A,A,A,6,5,5\n", 1, "「Z」不是 Q1 的选项"),
        ("Q1,Q2,Q3,Q4,S1,S2\nA,A,A,A,5,5\n", 1, "答卷里没有 S3"),
        ("Q1,Q2,Q3,Q4,S1,S2,S3\nA,A,A,A,5,5,5\n", 0, ""),
    ],
)
def test_exit_code_says_what_kind_of_end_it_was(jixiao, survey, tmp_path, answers, code, said):  # noqa: PLR0917
    (tmp_path / "a.csv").write_text(answers, "utf-8")

    done = jixiao("survey", "analyse", survey[0], tmp_path / "a.csv")

    assert (done.returncode, said in done.stderr) == (code, True)
    assert "Traceback" not in done.stderr


def test_form_writes_what_is_printed_and_what_platforms_take(jixiao, survey, tmp_path):
    done = jixiao("survey", "form", survey[0], "--out", tmp_path / "out")

    assert done.returncode == 0
    assert (tmp_path / "out/xlsform.xlsx").exists() and (tmp_path / "out/questionnaire.docx").exists()


def test_sample_prints_the_target_size(jixiao, survey):
    done = jixiao("survey", "sample", survey[0])

    assert done.returncode == 0
    assert done.stdout.strip() == "目标样本量 385，发放 385"
