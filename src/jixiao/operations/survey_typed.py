r"""打字成卷: a questionnaire from plain text, as one would type it: a question on a line, its options on those below.

A blank line ends a question. `[单选]` (the default with options), `[多选]`, `[量表]`, `[填空]` (the default without)
or `[低分原因]` at the end of its line says what it is; the last is asked of whoever gave two points or less before it.

>>> form = typed("满意度问卷", "报销是否及时 [量表]\n\n最该改进什么 [多选]\n简化流程\n提高标准\n\n原因 [低分原因]")
>>> [(one.code, one.kind, len(one.choices())) for one in form.questions()]
[('Q1', 'scale', 5), ('Q2', 'multiple', 2), ('Q3', 'text', 0)]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.surveys.questionnaire import Condition, Option, Question, Questionnaire, Satisfaction, Section

if TYPE_CHECKING:
    from jixiao.surveys.questionnaire import Kind

KINDS: dict[str, Kind] = {"单选": "single", "多选": "multiple", "量表": "scale", "填空": "text", "低分原因": "text"}
_HEAD = re.compile(r"(?:\d{1,3}\s*[.、．]\s*)?(.*?)\s*(?:[\[［【](单选|多选|量表|填空|低分原因)[\]］】])?\s*")
_MARKED = re.compile(r"\s*(?:[A-Za-z][.、．)）]\s*)?(.*)")
LOW = 2


def typed(title: str, text: str, minutes: int | None = None) -> Questionnaire:
    """Return the questionnaire that a text describes; its satisfaction is the mean of its scales."""
    blocks = [block for block in re.split(r"\n\s*\n", text.replace("\r", "").strip()) if block.strip()]
    questions: list[Question] = []
    for number, block in enumerate(blocks, 1):
        questions.append(_question(f"Q{number}", block, questions))
    scales = tuple(one.code for one in questions if one.kind == "scale")
    return Questionnaire(
        id="typed", title=title.strip(), sections=(Section(title.strip(), tuple(questions)),), minutes=minutes,
        satisfaction=Satisfaction(scales) if scales else None,
    )  # fmt: skip


def _question(code: str, block: str, before: list[Question]) -> Question:
    first, *lines = [line.strip() for line in block.strip().split("\n")]
    head = _HEAD.fullmatch(first)
    asked, word = (head[1], head[2]) if head is not None else (first, None)
    options = tuple(Option(str(at), _MARKED.fullmatch(line)[1]) for at, line in enumerate(lines, 1))  # type: ignore[index]
    kind: Kind = KINDS[word] if word else "single" if options else "text"
    scales = tuple(one.code for one in before if one.kind == "scale")
    shown = Condition(scales, at_most=LOW) if word == "低分原因" and scales else None
    kept = options if kind in ("single", "multiple") else ()
    return Question(code, kind, asked, kept, required=kind != "text" or shown is not None, shown_when=shown)
