"""Every catalogued mistake gives its message, its place, its remedy and its exit code, and never a traceback.

A folder holds what somebody would hand in, `command.txt` (the command, run beside the input; `check .` when
absent) and `expected.txt` (the exit code, then what is shown). `make goldens` rewrites the latter; a person reads it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CASES = sorted(folder for folder in HERE.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
KEPT = {"command.txt", "expected.txt"}


def shown(folder: Path, work: Path) -> str:
    for path in folder.iterdir():
        if path.name not in KEPT:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, work / path.name)
    command = folder / "command.txt"
    words = command.read_text(encoding="utf-8").split() if command.exists() else ["check", "."]
    run = [sys.executable, "-c", "from jixiao.cli import main; main()", "--lang", "zh", *words]
    done = subprocess.run(run, cwd=work, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return f"exit {done.returncode}\n{done.stderr}".replace(str(work), ".")


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_mistake_is_answered_as_catalogued(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = shown(folder, tmp_path)
    expected = folder / "expected.txt"
    if request.config.getoption("--goldens", default=False):
        expected.write_text(found, encoding="utf-8")

    assert found == expected.read_text(encoding="utf-8")


def test_catalogue_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 60
