"""The tutorial is walked from its first line to its last: files written, commands run, output compared."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs/tutorial").glob("*.md"))
_RUN = [sys.executable, "-c", "import sys; sys.argv[0] = 'jixiao'; from jixiao.cli import main; main()", "--lang", "zh"]
_FIRST = re.compile(r"存成 `([^`]+)`")


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Return the code blocks of a page: the text before each, its kind, its lines."""
    parts = re.split(r"^```(\w*)\n", page, flags=re.MULTILINE)  # text, kind, block, "", text, kind, block, "", …
    return list(zip(parts[0::4], parts[1::4], parts[2::4], strict=False))


def run(line: str, folder: Path) -> str:
    """Run one line of a block; of a `jixiao` command return what it prints."""
    words = shlex.split(line)
    if words[0] != "jixiao":
        subprocess.run(line, shell=True, cwd=folder, check=True)
        return ""
    done = subprocess.run([*_RUN, *words[1:]], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return " ".join((done.stdout + done.stderr).split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tutorial_is_walked(page: Path, tmp_path: Path) -> None:
    compared = 0
    for before, kind, block in blocks(page.read_text(encoding="utf-8")):
        if kind == "yaml":
            path = tmp_path / _FIRST.findall(before)[-1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block, encoding="utf-8")
        elif block.startswith("make "):
            continue  # sets the checkout up, in which this runs
        elif not block.startswith("$ "):
            for line in block.splitlines():
                run(line, tmp_path)
        else:
            for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                printed = run(command, tmp_path)
                missing = [line for line in shown.splitlines() if " ".join(line.split()) not in printed]
                assert missing == [], f"{command}\n{printed}"
                compared += len(shown.split("\n"))

    assert compared > 10
