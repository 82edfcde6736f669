"""命令: what a person sees of absorb, fill, fields and collect: help, a run of each, JSON that is nothing but JSON."""

import json

import pytest

from jixiao.operations.fields import sample_template

LANGS = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", ["absorb", "fill", "fields", "collect"])
def test_help_text(jixiao, golden, command, lang):
    done = jixiao(command, "--help", lang=LANGS[lang])

    assert (done.returncode, done.stderr) == (0, "")
    golden(f"cli/help-{command}.{lang}.txt", done.stdout)


def test_absorb_says_what_it_took(jixiao, bundle_of, report_in):
    folder = bundle_of("bazhou-2024")
    report = report_in(folder)
    report.retype("项目覆盖库尔勒市", "项目覆盖", "本项目覆盖")
    report.retype("经综合评价", "93.7", "95.7")

    done = jixiao("absorb", report.save(), folder)

    assert done.returncode == 1
    assert "收回文字：texts/content" in done.stdout
    assert "scored/score 在报告中手改为「95.7」，系统值为「93.7」" in done.stderr
    assert "content.md" in done.stderr


def test_fields_are_printed_with_examples(jixiao, examples, tmp_path):
    done = jixiao("fields", examples / "bazhou-2024")

    assert done.returncode == 0
    shown = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if len(line.split()) > 1)
    assert (shown["scored.score"], shown["funds.total.executed"]) == ("93.7", "51253万元")

    listed = json.loads(jixiao("fields", examples / "bazhou-2024", "--json").stdout)
    assert listed["schema"] == "fields/1"
    assert {"name": "scored.grade", "example": "优"} in listed["fields"]


def test_sample_is_written_and_looked_through(jixiao, examples, tmp_path):
    assert jixiao("fields", "--sample", "table", "--out", tmp_path / "t.docx").returncode == 0

    done = jixiao("fields", examples / "bazhou-2024", "--template", tmp_path / "t.docx")

    assert done.returncode == 0
    assert done.stdout.startswith("模板用了 ") and "没有用到：" in done.stdout


def test_fields_without_a_bundle_say_what_is_wanted(jixiao):
    done = jixiao("fields")

    assert done.returncode == 2
    assert "--sample" in done.stderr


def test_evaluate_fills_a_template(jixiao, examples, tmp_path):
    path = sample_template("report", tmp_path / "own.docx").value

    done = jixiao("evaluate", examples / "bazhou-2024", "--out", "out", "--template", path)

    assert done.returncode == 0
    assert (tmp_path / "out" / "own.docx").exists()
