"""列的认定: which column of an answer file holds which question, by code, number, text or platform.

Heads are compared without blanks, without leading numbers and without closing colons.

>>> plain("1、您对工作人员服务态度的满意度：")
'您对工作人员服务态度的满意度'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jixiao import library
from jixiao.findings import Finding, Message
from jixiao.surveys.questionnaire import CLOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jixiao.surveys.questionnaire import Question, Questionnaire

META = ("token", "seconds", "address", "started", "ended", "stratum")
_NUMBERED = re.compile(r"^[（(]?(?P<number>\d{1,3})[)）、.．:：]\s*|^[一二三四五六七八九十]{1,3}、")
_ENDING = re.compile(
    r"[：:。.?？;；]+$|[(（](单选|多选|必填|打分|量表)题?[)）]$|\[(单选|多选|量表|填空|矩阵量表)题?\]$"
)
_PART = re.compile(r"^(?P<head>.*?)(?:[(（](?P<inside>.+)[)）]|[:：/—-]+\s*(?P<after>[^:：/]+))$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by number from 0. A question has one column, or one for each of its options in order (None: absent)."""

    platform: str
    questions: Mapping[str, int | tuple[int | None, ...]]
    meta: Mapping[str, int] = field(default_factory=dict)
    unused: tuple[int, ...] = ()


def plain(text: str) -> str:
    """Return a head or question without what platforms and typists add to it."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    text = _NUMBERED.sub("", text)
    while (shorter := _ENDING.sub("", text)) != text:
        text = shorter
    return text


def recognised(
    heads: Sequence[str], form: Questionnaire, *, named: Mapping[str, str] | None = None
) -> tuple[Layout, list[Finding]]:
    """Return where everything stands and what could not be placed; `named` gives heads by code or meta name."""
    platform, spec = _platform(heads)
    taken: dict[int, str] = {}
    meta = _meta(heads, spec, form, named or {}, taken)
    questions: dict[str, int | tuple[int | None, ...]] = {}
    for number, question in enumerate(form.questions(), 1):
        found = _columns(heads, question, number, (named or {}).get(question.code), taken)
        if found is not None:
            questions[question.code] = found
            for at in found if isinstance(found, tuple) else (found,):
                if at is not None:
                    taken[at] = question.code
    ignored = {_key(name) for name in spec["ignored"]}
    unused = tuple(at for at, head in enumerate(heads) if at not in taken and _key(head) not in ignored)
    layout = Layout(platform, questions, meta, unused)
    return layout, _findings(layout, heads, form)


def _key(head: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", head)).lower()


def _platform(heads: Sequence[str]) -> tuple[str, Any]:
    keys = {_key(head) for head in heads}
    layouts: dict[str, Any] = library.read("surveys/layouts.yaml")
    return next((name, spec) for name, spec in layouts.items() if keys >= {_key(head) for head in spec["known_by"]})


def _meta(
    heads: Sequence[str], spec: Any, form: Questionnaire, named: Mapping[str, str], taken: dict[int, str]
) -> dict[str, int]:
    strata = form.sample.strata if form.sample else None
    wanted = {name: [_key(head) for head in spec["heads"].get(name, [])] for name in META}
    if strata is not None and form.question(strata.by) is None:
        wanted["stratum"] = [_key(strata.by)]
    wanted |= {name: [_key(named[name])] for name in META if name in named}
    found = {}
    for at, head in enumerate(heads):
        for name in META:
            if _key(head) in wanted[name] and name not in found:
                found[name] = at
                taken.setdefault(at, name)
    return found


def _columns(
    heads: Sequence[str], question: Question, number: int, named: str | None, taken: Mapping[int, str]
) -> int | tuple[int | None, ...] | None:
    free = [at for at in range(len(heads)) if at not in taken]
    parts = _by_option(heads, question, number, free) if question.kind == "multiple" else None
    if parts is not None:
        return parts
    if named is not None:
        return next((at for at in free if _key(heads[at]) == _key(named)), None)
    own, text = question.code.lower(), plain(question.text)
    by_code = [at for at in free if _key(heads[at]).rpartition("/")[2] == own]
    by_text = [at for at in free if plain(heads[at]) == text]
    ending = [at for at in free if text and plain(heads[at]).endswith(text)]
    found = by_code or by_text or ending
    return found[0] if len(found) == 1 or by_code or by_text else None


def _by_option(
    heads: Sequence[str], question: Question, number: int, free: Sequence[int]
) -> tuple[int | None, ...] | None:
    """Return the column of each option where a multiple choice has one column an option."""
    wanted: dict[str, int] = {}
    for at, option in enumerate(question.options):
        wanted.setdefault(plain(option.text).lower(), at)
        wanted.setdefault(option.code.lower(), at)
    found: list[int | None] = [None] * len(question.options)
    names = {question.code.lower(), plain(question.text).lower(), str(number)}
    for at in free:
        match = _PART.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", heads[at])))
        if match is None:
            continue
        head = match["head"].rpartition("/")[2]
        chosen = wanted.get(plain(match["inside"] or match["after"]).lower())
        if chosen is not None and found[chosen] is None and {plain(head).lower(), head.lower()} & names:
            found[chosen] = at
    return tuple(found) if any(at is not None for at in found) else None


def _findings(layout: Layout, heads: Sequence[str], form: Questionnaire) -> list[Finding]:
    found = []
    for question in form.questions():
        at = layout.questions.get(question.code, ())
        if at == () and question.kind in CLOSED:
            found.append(_finding("absent", "error", code=question.code, text=question.text))
        elif isinstance(at, tuple) and None in at:
            absent = [option.text for option, one in zip(question.options, at, strict=True) if one is None]
            found.append(_finding("option_absent", "error", code=question.code, options=absent))
    if layout.unused:
        found.append(_finding("unused", "note", heads=[heads[at] or f"#{at + 1}" for at in layout.unused]))
    return found


def _finding(name: str, severity: Any, **args: Any) -> Finding:
    said, remedy = Message(f"survey.column.{name}", args), Message(f"survey.column.{name}.remedy", args)
    return Finding("answer_columns", severity, said, remedy)
