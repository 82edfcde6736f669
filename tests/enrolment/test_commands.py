"""命令: the commands on registers as a person runs them: exit codes, JSON that is nothing but JSON, errors with a remedy."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def sample(jixiao, tmp_path):
    done = jixiao("enrolment", "sample", "--persons", "1000", "--seed", "3", "--out", str(tmp_path / "s"))
    assert done.returncode == 0, done.stderr
    return tmp_path / "s"


def test_compare_prints_one_json_document_that_foots(jixiao, sample, tmp_path):
    done = jixiao("enrolment", "compare", str(sample), "--json", "--out", str(tmp_path / "out"))

    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made == json.loads((tmp_path / "out" / "enrolment.json").read_text(encoding="utf-8"))
    for scheme in ("employee", "resident"):
        total = {name: int(count) for name, count in made["total"][scheme].items()}
        gone = sum(total[name] for name in made["precedence"])
        assert total["reported"] - gone == total["left"] == sum(int(row[scheme]["left"]) for row in made["rows"])


def test_the_table_and_the_profile_are_shown(jixiao, sample):
    table, profile = jixiao("enrolment", "compare", str(sample)), jixiao("enrolment", "profile", str(sample))

    assert "合计" in table.stdout
    assert "喀什地区" in table.stdout
    assert "没有证件号码 2" in profile.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("compare", "nowhere"), 11, "registers.yaml"),
        (("compare", "{sample}", "--engine", "abacus"), 14, "polars"),
        (("compare", "{sample}", "--mode", "guess"), 14, "decide"),
        (("pensions", "{sample}"), 12, "payments"),
        (("sample", "--persons", "100", "--out", "{sample}"), 0, "planted.json"),
    ],
)
def test_an_error_has_its_code_and_says_what_to_do(jixiao, sample, words, code, said):
    done = jixiao("enrolment", *(word.format(sample=sample) for word in words))

    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
