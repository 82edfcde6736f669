"""系统清单: every row of what the system holds is met by something, and every test that is named to show it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ROWS = {"T": 15, "M": 17, "F": 8, "E": 14, "D": 13, "S": 8, "O": 9, "P": 11, "U": 6, "C": 10, "A": 9, "L": 7}
BLOCKS = yaml.load((ROOT / "docs" / "system.yaml").read_text("utf-8"), yaml.BaseLoader)
CASES = {  # general tests that run a file of cases for each name
    "funds/test_checks.py": "funds/checks/{}.yaml",
    "review/test_checks.py": "review/checks/{}.yaml",
    "procedure/test_checks.py": "procedure/checks/{}.yaml",
    "spec/test_scoring.py": "spec/scoring/{}.yaml",
    "errors/test_errors.py": "errors/{}",
}


def rows():
    return {name: row for block in BLOCKS.values() for name, row in block.items()}


def test_every_row_is_there_once():
    assert list(rows()) == [f"{letter}{number:02}" for letter, count in ROWS.items() for number in range(1, count + 1)]
    assert sum(ROWS.values()) == sum(len(block) for block in BLOCKS.values()) == 127


@pytest.mark.parametrize("name", rows())
def test_every_row_names_tests_that_exist(name):
    row = rows()[name]

    assert row["zh"] and row["use"] and row["tests"]
    missing = [one for one in row["tests"] if not _exists(one)]
    assert missing == []


def _exists(test: str) -> bool:
    file, _, name = test.partition("::")
    path = ROOT / "tests" / file
    if name.startswith("test_"):
        return path.is_file() and re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    return path.is_file() and (ROOT / "tests" / CASES[file].format(name)).exists()


def test_every_command_form_and_report_that_is_named_is_there():
    from jixiao.cli import app
    from jixiao.forms.form import known as forms
    from jixiao.reports.report import known as reports

    commands = {path.stem.replace("_", "-") for path in (Path(app.__file__).parent / "commands").rglob("*.py")}
    commands |= {path.name for path in (Path(app.__file__).parent / "commands").iterdir() if path.is_dir()}
    for name, row in rows().items():
        for words in re.findall(r"`jixiao ([a-z -]+)", row["use"]):
            assert {word for word in words.split() if not word.startswith("-")} <= commands, name
        for kind in re.findall(r"`jixiao report DIR ([a-z_]+)`", row["use"]):
            assert kind in reports(), name
        for listed in re.findall(r"forms? ((?:`[a-z_]+`(?:, )?)+)", row["use"]):
            assert set(re.findall(r"`([a-z_]+)`", listed)) <= set(forms()), name
