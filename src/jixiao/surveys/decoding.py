"""作答的含义: the text of a cell to what was answered: a choice, several, points, nothing, or unreadable.

A single choice or scale gives its position from 1 in `Question.choices()`; a multiple choice gives a bit for each
option, the first one lowest. `None` is no answer; 问卷星 writes −2 for a blank and −3 for a question it skipped.

>>> from jixiao.surveys.questionnaire import Option, Question
>>> answers = Option("A", "补助标准"), Option("B", "申请流程"), Option("C", "其他")
>>> q = Question("Q1", "multiple", "最需要改进的方面", answers)
>>> decoded(q, "A.补助标准┋其他〖药费〗"), decoded(q, "-3"), decoded(q, "D").why.text("zh")
(5, None, '「D」不是 Q1 的选项')
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.surveys.questionnaire import Question

BLANK = frozenset({"", "-2", "(空)", "空", "未填", "null", "none", "nan", "n/a"})
SKIPPED = frozenset({"-3", "(跳过)", "跳过", "跳题"})
_YES = frozenset({"1", "1.0", "true", "是", "yes", "√", "✓", "选中"})
_NO = frozenset({"0", "0.0", "false", "否", "no", "未选", "未选中"})
_PARTS = re.compile(r"[|;；\n]+")
_SAID = re.compile(r"[〖\[【].*?[〗\]】]$")
_WHOLE = re.compile(r"(\d{1,3})(?:\.0+)?(?:分)?")
_TIME = re.compile(r"(?:(\d+)(?:小时|时|h))?(?:(\d+)(?:分钟|分|m))?(?:(\d+)(?:\.\d+)?(?:秒|s)?)?")


class BadCell(NamedTuple):
    """A text that is no answer to its question, with the reason."""

    why: Message


def settled(text: str) -> str:
    """Return a cell's text with full-width forms and outer blanks settled.

    >>> settled(" ５ "), settled("－2")
    ('5', '-2')
    """
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def is_missing(text: str) -> bool:
    """Return whether a settled text says that nothing was answered."""
    return text.lower() in BLANK or text in SKIPPED


def decoded(question: Question, text: str) -> int | BadCell | None:
    """Return what a cell answers to a question that has one column."""
    text = settled(text)
    if is_missing(text):
        return None
    if question.kind == "scale":
        return _points(question, text)
    known = options(question)
    whole = _option(known, text)
    if question.kind != "multiple":
        return whole if whole is not None else _unknown(question, text)
    if whole is not None:
        return 1 << (whole - 1)
    return _several(question, known, text)


def ticked(question: Question, at: int, text: str) -> int | BadCell | None:
    """Return 1 or 0 for a cell in the column of one option of a multiple choice, None where it was not asked."""
    text = settled(text)
    if is_missing(text):
        return None
    if text.lower() in _YES or _option(options(question), text) == at + 1:
        return 1
    return 0 if text.lower() in _NO else _unknown(question, text)


def options(question: Question) -> dict[str, int]:
    """Return every spelling of an option with its position: its code, its text, both together, its number.

    A code wins over a number: in a form that codes its options 2, 1 the cell 2 is the first of them.
    """
    found: dict[str, int] = {}
    for spell in (
        lambda number, code, text: (code, text, f"{code}.{text}", f"{code}、{text}", f"{code}{text}"),
        lambda number, code, text: (str(number), f"{number}.{text}", chr(64 + number), f"{chr(64 + number)}.{text}"),
    ):
        for number, option in enumerate(question.choices(), 1):
            for spelling in spell(number, option.code, option.text):
                found.setdefault(_key(spelling), number)
    return found


def seconds(text: str) -> int | BadCell | None:
    """Return a time taken in seconds: `125`, `125秒`, `2分5秒`.

    >>> seconds("125秒"), seconds("2分5秒"), seconds("1小时")
    (125, 125, 3600)
    """
    text = settled(text)
    if is_missing(text):
        return None
    match = _TIME.fullmatch(text)
    if match is None or not any(match.groups()):
        return BadCell(Message("survey.bad.seconds", {"spelt": text}))
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def _key(text: str) -> str:
    return re.sub(r"\s+", "", settled(text)).replace(".", ".").lower()


def _option(known: Mapping[str, int], text: str) -> int | None:
    found = known.get(_key(text))
    return found if found is not None else known.get(_key(_SAID.sub("", text)))


def _points(question: Question, text: str) -> int | BadCell:
    match = _WHOLE.fullmatch(text)
    points = int(match[1]) if match else None
    if points is None:
        return BadCell(Message("survey.bad.points", {"spelt": text, "code": question.code}))
    if not question.low <= points <= question.high:
        args = {"spelt": text, "code": question.code, "low": question.low, "high": question.high}
        return BadCell(Message("survey.bad.range", args))
    return points - question.low + 1


def _several(question: Question, known: Mapping[str, int], text: str) -> int | BadCell:
    parts = [part for part in (text.split("┋") if "┋" in text else _PARTS.split(text)) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in re.split(r"[ ,，、]+", text) if part]
    mask = 0
    for part in parts:
        found = _option(known, part.strip())
        if found is None:
            return _unknown(question, part.strip())
        mask |= 1 << (found - 1)
    return mask


def _unknown(question: Question, text: str) -> BadCell:
    return BadCell(Message("survey.bad.option", {"spelt": text, "code": question.code}))
