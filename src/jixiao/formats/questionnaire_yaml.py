"""问卷 YAML: a questionnaire read from and written to a YAML file, with the line of every question."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from jixiao.errors import CannotParse
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.unread import Unread
from jixiao.findings import Finding, Message, Place
from jixiao.formats import bundle_emit, yaml_text
from jixiao.formats.questionnaire_yaml_shape import FieldShape, QuestionnaireShape, refused
from jixiao.surveys.answers import Field
from jixiao.surveys.questionnaire import (
    SCHEMA,
    Awareness,
    Condition,
    Option,
    Pilot,
    Question,
    Questionnaire,
    Revision,
    Rule,
    Sample,
    Satisfaction,
    Section,
    Strata,
    Stratum,
)

if TYPE_CHECKING:
    from pathlib import Path

    from jixiao.formats.questionnaire_yaml_shape import ConditionShape, QuestionShape, SampleShape

_AGREE = (Option("1", "同意"), Option("0", "不同意"))
_RATIOS = ("confidence", "margin", "share", "design_effect", "response")


class Read(NamedTuple):
    """A questionnaire and where its parts stand, by path."""

    form: Questionnaire
    places: dict[str, Place]
    findings: tuple[Finding, ...] = ()

    def place(self, path: str) -> Place | None:
        """Return where a value stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        return self.places.get(path, self.places.get(""))


def read(path: Path) -> Read:
    """Read a questionnaire; `CannotOpen` and `CannotParse` name file, line and what to do."""
    tree = yaml_text.read(path)
    try:
        shape = QuestionnaireShape.model_validate(tree.value)
    except ValidationError as problems:
        raise refused(problems, str(path), tree.lines) from None
    places = {"/".join(map(str, loc)): Place(str(path), line=line) for loc, line in tree.lines.items()}
    for at, section in enumerate(shape.sections):
        for number, question in enumerate(section.questions):
            loc = ("sections", at, "questions", number)
            places[f"questions/{question.code}"] = Place(str(path), line=tree.lines[loc])
    sections = tuple(
        Section(section.title, tuple(map(_question, section.questions)), section.intro) for section in shape.sections
    )
    names = ("id", "title", "version", "respondents", "channel", "intro", "thanks", "importance")
    form = Questionnaire(
        **{name: getattr(shape, name) for name in names},
        sections=sections,
        minutes=_whole(shape.minutes),
        sample=_sample(shape.sample, path, tree.lines) if shape.sample else None,
        pilot=Pilot(shape.pilot.date, _whole(shape.pilot.answers), shape.pilot.result) if shape.pilot else None,
        revisions=tuple(Revision(**entry.model_dump()) for entry in shape.revisions),
        satisfaction=Satisfaction(tuple(shape.satisfaction.items), shape.satisfaction.formula)
        if shape.satisfaction
        else None,
        awareness=Awareness(shape.awareness.question, tuple(shape.awareness.options)) if shape.awareness else None,
        **_validity(shape),
    )
    return Read(form, places)


def field(path: Path) -> Field:
    """Return what the file beside an answer file says, or the usual where there is none."""
    said = beside(path)
    if not said.exists():
        return Field()
    tree = yaml_text.read(said)
    try:
        shape = FieldShape.model_validate(tree.value)
    except ValidationError as problems:
        raise refused(problems, str(said), tree.lines) from None
    return Field(shape.made, shape.because, _whole(shape.issued), shape.as_of, shape.columns)


def beside(path: Path) -> Path:
    """Return where the file about an answer file lies: `answers.yaml` beside `answers.csv`."""
    return path.with_suffix(".yaml")


def _whole(text: str | None) -> int | None:
    return None if text is None else int(text)


def _question(shape: QuestionShape) -> Question:
    options = tuple(Option(code, text) for code, text in shape.options.items())
    if shape.kind == "consent" and not options:
        options = _AGREE
    return Question(
        shape.code,
        shape.kind,
        shape.text,
        options,
        int(shape.low),
        int(shape.high),
        shape.required in ("yes", "true"),
        shape.hint,
        _condition(shape.shown_when),
    )


def _condition(shape: ConditionShape | None) -> Condition | None:
    if shape is None:
        return None
    asked = (*((shape.question,) if shape.question else ()), *shape.questions)
    return Condition(asked, tuple(shape.any_of), _whole(shape.at_most))


def _sample(shape: SampleShape, path: Path, lines: dict[Any, int]) -> Sample:
    ratios = {name: _figure(getattr(shape, name), ("sample", name), path, lines) for name in _RATIOS}
    strata = None
    if shape.strata is not None:
        parts = tuple(
            Stratum(name, _figure(size, ("sample", "strata", "parts", name), path, lines))
            for name, size in shape.strata.parts.items()
        )
        strata = Strata(shape.strata.by, parts, shape.strata.sizes_are)
    return Sample(
        _whole(shape.population), shape.method, shape.formula, **ratios, seed=shape.seed, strata=strata
    )  # fmt: skip


def _figure(text: str, loc: tuple[str, ...], path: Path, lines: dict[Any, int]) -> Figure:
    read = figure(text)
    if isinstance(read, Unread) or read.num <= 0:
        said = Message("survey.yaml.value", {"field": ".".join(loc), "found": text})
        place = Place(str(path), line=lines.get(loc, lines.get(loc[:1], 1)))
        raise CannotParse(said, remedy=Message("survey.yaml.ratio.remedy"), place=place)
    return read


def _validity(shape: QuestionnaireShape) -> dict[str, Any]:
    if shape.validity is None:
        return {}
    return {"validity": tuple(Rule(name, rule.then, _whole(rule.limit)) for name, rule in shape.validity.items())}


def write(form: Questionnaire) -> bytes:
    """Return a questionnaire as YAML; what it says by default is left out."""
    tree: dict[str, Any] = {"schema": SCHEMA}
    tree |= {name: text for name, text in _plain(form).items() if name not in ("schema", "sections", "validity")}
    usual = Questionnaire("", "", ()).validity
    if form.validity != usual:
        tree["validity"] = {
            rule.name: {"then": rule.then} | ({} if rule.limit is None else {"limit": str(rule.limit)})
            for rule in form.validity
        }
    tree["sections"] = [
        _plain(section) | {"questions": [_written(question) for question in section.questions]}
        for section in form.sections
    ]
    return bundle_emit.written(tree).encode()


def _written(question: Question) -> dict[str, Any]:
    tree: dict[str, Any] = _plain(question)
    if question.options:
        tree["options"] = {option.code: option.text for option in question.options}
    if question.kind == "consent" and question.options == _AGREE:
        del tree["options"]
    if question.shown_when is not None:
        asked = question.shown_when
        tree["shown_when"] = {"questions": list(asked.questions)}
        tree["shown_when"] |= {"any_of": list(asked.options)} if asked.options else {}
        tree["shown_when"] |= {"at_most": str(asked.at_most)} if asked.at_most is not None else {}
    return tree


def _plain(value: Any) -> Any:
    """Return a value as dicts, lists and texts, without what equals its default."""
    if isinstance(value, Strata):
        parts = {part.name: str(part.size) for part in value.parts}
        return {"by": value.by, "parts": parts} | ({"sizes_are": value.sizes_are} if value.sizes_are else {})
    if isinstance(value, Figure):
        return str(value)
    if is_dataclass(value):
        shown = ((spec.name, getattr(value, spec.name), spec.default) for spec in fields(value))
        return {name: _plain(item) for name, item, usual in shown if item != usual and item not in ((), {})}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, dict) else str(value)
