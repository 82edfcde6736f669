"""Every catalogued mistake gives its message, its place, its remedy and its exit code, and never a traceback.

A folder holds what somebody would hand in, `command.txt` (the command, run beside the input; `check .` when
absent) and `expected.txt` (the exit code, then what is shown). `make goldens` rewrites the latter; a person reads it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.cli.language import current

Shown = Callable[[Path], str]

HERE = Path(__file__).parent
CASES = sorted(folder for folder in HERE.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
KEPT = {"command.txt", "expected.txt"}


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shown:
    def run(folder: Path) -> str:
        for path in folder.iterdir():
            if path.name not in KEPT:
                (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / path.name)
        command = folder / "command.txt"
        words = command.read_text(encoding="utf-8").split() if command.exists() else ["check", "."]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["jixiao", "--lang", "zh", *words])
        current.cache_clear()
        with pytest.raises(SystemExit) as left:
            main()
        current.cache_clear()
        return f"exit {left.value.code or 0}\n{capfd.readouterr().err}".replace(str(tmp_path), ".")

    return run


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_mistake_is_answered_as_catalogued(folder: Path, shown: Shown, golden: Callable[[Path, str], None]) -> None:
    golden(folder / "expected.txt", shown(folder))


def test_catalogue_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 60
