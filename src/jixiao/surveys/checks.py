"""问卷自检: what is wrong in a questionnaire before anybody answers it, by path (`questions/Q1/options`)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from jixiao.findings import Finding, Message
from jixiao.surveys import satisfaction
from jixiao.surveys.questionnaire import MOST_OPTIONS, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jixiao.surveys.questionnaire import Question, Questionnaire


def findings(form: Questionnaire) -> list[Finding]:
    """Return every finding about a questionnaire, in its order."""
    return [*_codes(form), *_questions(form), *_roles(form), *_rules(form)]


def _wrong(name: str, path: str, **args: Any) -> Finding:
    return Finding(
        "questionnaire",
        "error",
        Message(f"survey.form.{name}", args),
        Message(f"survey.form.{name}.remedy", args),
        paths=(path,),
    )


def twice(names: Iterable[str]) -> list[str]:
    """Return the names that stand more than once, in order."""
    return [name for name, times in Counter(names).items() if times > 1]


def _codes(form: Questionnaire) -> Iterator[Finding]:
    for code in twice(question.code for question in form.questions()):
        yield _wrong("twice", f"questions/{code}", code=code)
    if not any(True for _ in form.questions()):
        yield _wrong("none", "sections")


def _questions(form: Questionnaire) -> Iterator[Finding]:
    before: dict[str, Question] = {}
    for question in form.questions():
        path = f"questions/{question.code}"
        if question.kind in ("single", "multiple") and len(question.options) < 2:
            yield _wrong("options", path, code=question.code, count=len(question.options))
        if len(question.options) > MOST_OPTIONS:
            yield _wrong("many", path, code=question.code, count=len(question.options), most=MOST_OPTIONS)
        for spelt in twice([option.code for option in question.options]) + twice(o.text for o in question.options):
            yield _wrong("option_twice", path, code=question.code, option=spelt)
        if question.kind == "scale" and not 0 <= question.low < question.high <= question.low + MOST_OPTIONS - 1:
            yield _wrong("scale", path, code=question.code, low=question.low, high=question.high)
        yield from _condition(question, before)
        before[question.code] = question


def _condition(question: Question, before: dict[str, Question]) -> Iterator[Finding]:
    asked, path = question.shown_when, f"questions/{question.code}/shown_when"
    if asked is None:
        return
    for code in asked.questions:
        earlier = before.get(code)
        if earlier is None:
            yield _wrong("condition_later", path, code=question.code, other=code)
            continue
        known = [option.code for option in earlier.choices()]
        for option in asked.options:
            if option not in known:
                yield _wrong("condition_option", path, code=question.code, other=code, option=option, known=known)
        if asked.at_most is not None and earlier.kind != "scale":
            yield _wrong("condition_scale", path, code=question.code, other=code)
    if not asked.options and asked.at_most is None:
        yield _wrong("condition_empty", path, code=question.code)


def _roles(form: Questionnaire) -> Iterator[Finding]:
    scales, satisfied = form.scales(), form.satisfaction
    items = satisfied.items if satisfied else ()
    for code in (*items, *form.importance, *form.importance.values()):
        if code not in scales:
            yield _wrong("item", "satisfaction/items" if code in items else "importance", code=code, known=list(scales))
    if satisfied is not None and satisfied.formula not in satisfaction.formulas():
        known = list(satisfaction.formulas())
        yield _wrong("formula", "satisfaction/formula", formula=satisfied.formula, known=known)
    if form.awareness is not None:
        asked = form.question(form.awareness.question)
        known = [option.code for option in asked.choices()] if asked else []
        for option in form.awareness.options:
            if option not in known:
                yield _wrong("awareness", "awareness", question=form.awareness.question, option=option, known=known)


def _rules(form: Questionnaire) -> Iterator[Finding]:
    for rule in form.validity:
        needs = rule.name in ("seconds", "address", "straight")
        if rule.name not in RULES or needs is (rule.limit is None):
            yield _wrong("rule", f"validity/{rule.name}", rule=rule.name, known=list(RULES))
    strata = form.sample.strata if form.sample else None
    for name in twice(part.name for part in strata.parts) if strata else ():
        yield _wrong("stratum", "sample/strata", stratum=name)
