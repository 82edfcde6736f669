"""The reference is printed from the code, the README runs, and decisions are numbered without gaps."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))


def printed() -> dict[str, str]:
    code = "import sys, json; sys.path.insert(0, 'tools'); import reference; print(json.dumps(reference.pages()))"
    import json

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    pages: dict[str, str] = json.loads(done.stdout)
    return pages


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return printed()


def test_every_reference_page_is_as_printed(pages: dict[str, str]) -> None:
    stale = [
        name for name, text in pages.items() if (ROOT / "docs/reference" / name).read_text(encoding="utf-8") != text
    ]

    assert stale == [], "run `make reference`"


def test_every_rule_check_form_and_message_has_its_place_in_the_reference(pages: dict[str, str]) -> None:
    from jixiao.forms.form import known as forms
    from jixiao.review.check import known as checks
    from jixiao.scoring.rule import known as rules

    missing = [name for name in rules() if f"`{name}`" not in pages["rules.md"]]
    missing += [name for name in checks() if f"`{name}`" not in pages["findings.md"]]
    missing += [name for name in forms() if f"`{name}`" not in pages["forms.md"]]

    assert missing == []


def test_readme_code_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)

    assert blocks
    for block in blocks:
        subprocess.run([sys.executable, "-c", block], cwd=ROOT, check=True)


def test_readme_output_is_what_the_command_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command, shown in re.findall(r"    \$ jixiao (.*?)\n((?:    (?!\$).+\n)+)", readme):
        words = [word for word in command.replace("--out demo", "").split()]
        run = [sys.executable, "-c", "from jixiao.cli import main; main()", "--lang", "zh", *words]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
        printed_lines = {" ".join(line.split()) for line in done.stdout.splitlines()}
        missing = [line for line in shown.splitlines() if " ".join(line.split()) not in printed_lines]

        assert missing == [], command


def test_decisions_are_numbered_without_gaps_and_say_when_to_reconsider() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))

    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} "), page.name
        assert "would make us reconsider" in text, page.name
        assert len(text.splitlines()) <= 45, page.name


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    absent = [target for target in re.findall(r"\]\(([^)]+)\)", readme) if not (ROOT / target).exists()]

    assert absent == []
