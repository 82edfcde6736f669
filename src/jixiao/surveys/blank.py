"""空白问卷: a questionnaire as it is printed and handed out (附件3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.documents.document import Block, Cell, Heading, Paragraph, Table
from jixiao.findings import Message

if TYPE_CHECKING:
    from jixiao.surveys.questionnaire import Condition, Question, Questionnaire, Section

BOX, RING = "□", "○"


def document(form: Questionnaire, *, lang: str = "zh") -> tuple[Block, ...]:
    """Return the blank questionnaire; scales that follow one another stand in one table to be ticked."""
    found: list[Block] = [Heading(form.title, 0)]
    if form.intro:
        found += [Paragraph(text) for text in form.intro.strip().split("\n") if text.strip()]
    if form.minutes is not None:
        found.append(Paragraph(_say(lang, "minutes", minutes=form.minutes)))
    for section in form.sections:
        found += [Heading(section.title, 1), *_section(section, form, lang)]
    if form.thanks:
        found.append(Paragraph(form.thanks))
    return tuple(found)


def _say(lang: str, name: str, **args: object) -> str:
    return Message(f"survey.blank.{name}", args).text(lang)


def _section(section: Section, form: Questionnaire, lang: str) -> list[Block]:
    found: list[Block] = [Paragraph(section.intro)] if section.intro else []
    scales: list[tuple[int, Question]] = []
    for number, question in enumerate(section.questions, 1):
        if question.kind == "scale" and question.shown_when is None and (not scales or _alike(scales[-1][1], question)):
            scales.append((number, question))
            continue
        found += [*_scales(scales, lang), *_question(number, question, form, lang)]
        scales = []
    return [*found, *_scales(scales, lang)]


def _alike(one: Question, other: Question) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _scales(scales: list[tuple[int, Question]], lang: str) -> list[Block]:
    if not scales:
        return []
    first = scales[0][1]
    points = [str(point) for point in range(first.low, first.high + 1)]
    head = [Cell(_say(lang, "scale_head"), head=True), *(Cell(point, head=True) for point in points)]
    rows = [[Cell(f"{at}. {question.text}", align="left"), *(Cell(BOX) for _ in points)] for at, question in scales]
    ends = _say(lang, "scale", low=first.low, high=first.high)
    table = Table.of([head, *rows], head_rows=1, widths=(90, *(14 for _ in points)))
    return [Paragraph(ends), table]


def _question(number: int, question: Question, form: Questionnaire, lang: str) -> list[Block]:
    kind = _say(lang, f"kind.{question.kind}") if question.kind in ("single", "multiple", "scale") else ""
    when = _when(question.shown_when, form, lang) if question.shown_when else ""
    found: list[Block] = [Paragraph(f"{number}. {question.text}{kind}{when}")]
    if question.hint:
        found.append(Paragraph(question.hint, "note"))
    if question.kind == "text":
        return [*found, Paragraph("＿" * 20)]
    if question.kind == "scale":
        return [*found, Paragraph("　".join(f"{RING} {option.text}" for option in question.choices()))]
    mark = BOX if question.kind == "multiple" else RING
    return [*found, *(Paragraph(f"{mark} {option.code}. {option.text}") for option in question.options)]


def _when(asked: Condition, form: Questionnaire, lang: str) -> str:
    said = []
    for code in asked.questions:
        other = form.question(code)
        texts = [option.text for option in other.choices() if option.code in asked.options] if other else []
        name = other.text if other else code
        if asked.at_most is not None:
            said.append(_say(lang, "at_most", question=name, points=asked.at_most))
        else:
            said.append(_say(lang, "chosen", question=name, options=texts))
    return _say(lang, "shown_when", conditions=said)
