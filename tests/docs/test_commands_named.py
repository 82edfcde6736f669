"""Every command and option that a page names exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from jixiao.cli.app import build

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs/tutorial").glob("*.md")),
    *sorted((ROOT / "docs/how-to").glob("*.md")),
]
_LINE = re.compile(r"^ *(?:\$ )?(jixiao .+)$", re.MULTILINE)
_INLINE = re.compile(r"`(jixiao [^`]+)`")


def named(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    fenced = "".join(re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    indented = "\n".join(re.findall(r"^    .+$", text, re.MULTILINE))
    return {*_LINE.findall(fenced), *_LINE.findall(indented), *_INLINE.findall(text)}


@pytest.fixture(scope="module")
def commands() -> typer.core.TyperGroup:
    return typer.main.get_command(build())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_options_exist(page: Path, commands: typer.core.TyperGroup) -> None:
    found = named(page)

    assert found
    for line in found:
        command = commands
        words = shlex.split(line, comments=True)[1:]
        while words and hasattr(command, "commands"):
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        odd = [word for word in words if word.startswith("--") and word not in known]
        assert odd == [], line
