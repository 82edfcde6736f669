"""措辞: every message has both languages, every message that is spoken has its wording, every wording is spoken."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import jixiao
from jixiao import library
from jixiao.findings import Message

SOURCE = Path(jixiao.__file__).parent
WORDINGS = {
    message: (name, wording)
    for name in sorted(library.message_files())
    for message, wording in library.read(f"messages/{name}.yaml").items()
}
ID = re.compile(r"[a-z][a-z_]*(\.[a-z0-9_-]+)+")


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("message", sorted(WORDINGS))
def test_wording_is_complete_in_both_languages(message):
    file, wording = WORDINGS[message]

    assert sorted(wording) == sorted(library.LANGUAGES)
    assert len({bool(text.strip()) for text in wording.values()}) == 1
    assert placeholders(wording["zh"]) == placeholders(wording["en"])
    assert library.wording(message, "zh") == wording["zh"], f"{message} is looked for in another file than {file}.yaml"


@cache
def spoken():
    """Return the ids that the source names: whole ones, and patterns for those built by an f-string.

    A literal counts wherever it stands (ids also travel as values), an f-string where its fixed parts could be an id.
    In the templates of pages `say` names a whole id and `say_of` a family.
    """
    whole, patterns = {}, {}
    for path in sorted(SOURCE.rglob("*.html")):
        text, at = path.read_text(encoding="utf-8"), str(path.relative_to(SOURCE))
        whole.update(dict.fromkeys(re.findall(r"""\{% say ["']([^"']+)["']""", text), at))
        for family in re.findall(r"""\{% say_of ["']([^"']+)["']""", text):
            patterns[rf"{re.escape(family)}\.[a-z0-9_.-]+"] = at
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            at = f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Message", "say") and node.args:
                first = node.args[0]
                for said in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                    if isinstance(said, ast.Constant):
                        whole.setdefault(said.value, at)
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z0-9_.-]+" for part in node.values
                ]
                if isinstance(node.values[0], ast.Constant) and re.match(r"[a-z_]+\.", node.values[0].value):
                    patterns.setdefault("".join(parts), at)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in WORDINGS:
                whole.setdefault(node.value, at)
    return whole, patterns


def test_messages_that_are_spoken_have_a_wording():
    whole, _ = spoken()

    assert {message: at for message, at in whole.items() if message not in WORDINGS} == {}


def test_message_families_that_are_spoken_have_a_wording():
    _, patterns = spoken()
    subjects = {message.partition(".")[0] for message in WORDINGS}
    families = {pattern: at for pattern, at in patterns.items() if pattern.partition(r"\.")[0] in subjects}

    assert len(families) > 5
    assert {
        pattern: at for pattern, at in families.items() if not any(re.fullmatch(pattern, known) for known in WORDINGS)
    } == {}


def test_wordings_are_all_spoken():
    whole, patterns = spoken()

    said = {message.removesuffix(".remedy") for message in WORDINGS if message in whole}
    unspoken = [
        message
        for message in WORDINGS
        if message.removesuffix(".remedy") not in said and not any(re.fullmatch(form, message) for form in patterns)
    ]

    assert unspoken == []


def test_message_is_rendered_with_its_arguments_in_the_language_asked_for():
    why = Message("rule.no_number", {"spelt": "基本完成"})
    message = Message("check.rule", {"code": "C201", "why": why})

    assert message.text("zh") == "指标 C201 的评分规则有误：「基本完成」不是数值，这条规则无法计分"
    assert (
        message.text("en") == "the scoring rule of C201 is wrong: “基本完成” is not a figure, so this rule cannot score"
    )


def test_message_joins_lists_as_the_language_does():
    message = Message("funds.missing", {"columns": ["received", "executed"]})

    assert message.text("zh") == "资金缺少 received、executed"
    assert message.text("en") == "the funds lack received, executed"
