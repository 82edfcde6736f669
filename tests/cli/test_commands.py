"""命令行: what a person sees: help, one happy run of each command, exit codes, and JSON that is nothing but JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

LANGS = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


@pytest.fixture
def broken(examples, tmp_path):
    """Return a copy of the example in which one actual value repeats its target."""
    folder = tmp_path / "broken"
    shutil.copytree(examples / "bazhou-2024", folder)
    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("C201: {value: 106人", "C201: {value: ≥106人"), "utf-8")
    return folder


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", ["", "check", "evaluate", "explain"])
def test_help_text(jixiao, golden, command, lang):
    done = jixiao(*[command] if command else [], "--help", lang=LANGS[lang])

    assert (done.returncode, done.stderr) == (0, "")
    golden(f"cli/help-{command or 'jixiao'}.{lang}.txt", done.stdout)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", [("evaluate",), ("explain", "C203"), ("explain", "C205"), ("check",)], ids=" ".join)
def test_happy_run(jixiao, golden, examples, words, lang):
    command, *rest = words

    done = jixiao(command, examples / "bazhou-2024", *rest, lang=LANGS[lang])

    assert done.returncode == 0
    lines = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    golden(f"cli/{'-'.join(words)}.{lang}.txt", "\n".join(lines) + "\n")


def test_language_is_the_one_asked_for_before_the_locale_s(jixiao, examples):
    assert jixiao("--lang", "en", "check", examples / "bazhou-2024").stderr == "nothing found\n"
    assert jixiao("--lang=zh", "check", examples / "bazhou-2024", lang=LANGS["en"]).stderr == "没有发现问题\n"
    assert jixiao("check", examples / "bazhou-2024", lang="C").stderr == "没有发现问题\n"


def test_evaluate_writes_its_documents_and_says_so(jixiao, examples, tmp_path):
    done = jixiao("evaluate", examples / "bazhou-2024", "--out", "out")

    assert done.returncode == 0
    assert "已写入 out" in done.stderr
    assert "93.7" in done.stdout and "优" in done.stdout
    assert json.loads((tmp_path / "out" / "scorecard.json").read_text("utf-8"))["total"] == "93.7"
    assert {path.suffix for path in (tmp_path / "out").iterdir()} >= {".json", ".xlsx", ".docx", ".html"}


def test_evaluate_writes_nothing_while_an_error_stands(jixiao, broken, tmp_path):
    done = jixiao("evaluate", broken, "--out", "out")

    assert done.returncode == 1
    assert "有必改问题，未写出任何文件" in done.stderr
    assert "C201 的实际完成值「≥106人」照抄了指标值，不是测得的数" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("command", "schema"), [("check", "findings/1"), ("evaluate", "scorecard/1")])
@pytest.mark.parametrize("which", ["good", "broken"])
def test_json_is_one_document_on_stdout_and_nothing_else(jixiao, *, examples, broken, command, schema, which):
    done = jixiao(command, broken if which == "broken" else examples / "bazhou-2024", "--json")

    document = json.loads(done.stdout)
    assert done.stdout == json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert document["schema"] == schema
    assert done.returncode == (1 if which == "broken" else 0)
    assert "Traceback" not in done.stderr


def test_json_of_an_evaluation_is_what_it_writes(jixiao, examples, tmp_path):
    done = jixiao("evaluate", examples / "bazhou-2024", "--json", "--out", "out")

    assert done.stdout == (tmp_path / "out" / "scorecard.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", "{good}"], 0, "没有发现问题"),
        (["check", "{broken}"], 1, "必改"),
        (["explain", "{broken}", "C201"], 1, "照抄了指标值"),
        (["check"], 2, ""),
        (["check", "{good}", "--no-such-option"], 2, "--no-such-option"),
        (["--lang", "fr", "check", "{good}"], 2, "fr"),
        (["nothing"], 2, "nothing"),
        (["check", "nowhere"], 11, "evaluation.yaml"),
        (["check", "{tmp}/list.yaml"], 12, "文件里是一个列表"),
        (["evaluate", "{good}", "--out", "{tmp}/list.yaml"], 13, "写不进去"),
        (["explain", "{good}", "C999"], 14, "没有编码为「C999」的指标"),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
def test_exit_code_says_what_kind_of_end_it_was(jixiao, *, examples, broken, tmp_path, words, code, said):
    (tmp_path / "list.yaml").write_text("- a\n", "utf-8")
    where = {"good": examples / "bazhou-2024", "broken": broken, "tmp": tmp_path}

    done = jixiao(*(word.format(**where) for word in words))

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_finding_on_screen_has_place_trouble_and_remedy(jixiao, broken):
    done = jixiao("check", broken)

    lines = done.stderr.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("必改"))
    assert lines[at].startswith(f"必改 {broken}/evaluation.yaml:")
    assert lines[at + 1].endswith(" | C201: {value: ≥106人, document: 2024年全区基本医疗保险基础数据比对结果的报告}")
    assert lines[at + 2 : at + 4] == [
        "  C201 的实际完成值「≥106人」照抄了指标值，不是测得的数",
        "  → 填写实际测得的数值、日期或等级",
    ]


HEAVY = (
    "openpyxl",
    "docx",
    "pydantic",
    "rich",
    "lxml",
    "xlsxwriter",
    "polars",
    "duckdb",
    "django",
    "narwhals",
    "vl_convert",
)


@pytest.mark.parametrize("module", ["jixiao", "jixiao.cli.app"])
def test_import_loads_nothing_heavy(module):
    build = "; jixiao.cli.app.build()" if module.endswith("app") else ""
    code = f"import sys, {module}{build}; print(sorted(set({HEAVY}) & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    assert done.stdout == "[]\n"


def test_library_offers_its_operations_by_name():
    import jixiao

    assert all(callable(getattr(jixiao, name)) for name in jixiao.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = jixiao.nothing
