"""问卷: a questionnaire as a value: its questions, whom it asks, how it is sampled and when an answer is valid.

>>> q = Question("S1", "scale", "您对报销及时性的满意度")
>>> [option.code for option in q.choices()]
['1', '2', '3', '4', '5']
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from jixiao.figures.figure import exactly
from jixiao.figures.units import PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.figures.figure import Figure

Kind = Literal["single", "multiple", "scale", "text", "consent"]
KINDS: tuple[Kind, ...] = ("single", "multiple", "scale", "text", "consent")
CLOSED: tuple[Kind, ...] = ("single", "multiple", "scale", "consent")
Then = Literal["exclude", "count"]
SCHEMA = "questionnaire/1"
MOST_OPTIONS = 32
_CONFIDENCE, _MARGIN, _HALF = (exactly(share, 100, PERCENT) for share in (95, 5, 50))
_ONE, _ALL = exactly(1), exactly(1, 1, PERCENT)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen: its code, unique within the question, and its printed text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is shown: one of `questions` was answered with one of `options`, or with `at_most` points."""

    questions: tuple[str, ...]
    options: tuple[str, ...] = ()
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A scale runs from `low` to `high` in whole points; a consent's first option agrees."""

    code: str
    kind: Kind
    text: str
    options: tuple[Option, ...] = ()
    low: int = 1
    high: int = 5
    required: bool = True
    hint: str | None = None
    shown_when: Condition | None = None

    def choices(self) -> tuple[Option, ...]:
        """Return what can be chosen, in order; the points of a scale are their own code and text."""
        if self.kind == "scale":
            return tuple(Option(str(point), str(point)) for point in range(self.low, self.high + 1))
        return self.options


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the questionnaire under one title."""

    title: str
    questions: tuple[Question, ...]
    intro: str | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population: its name as it stands in the answers, and how many it holds or what weight it has."""

    name: str
    size: Figure


@dataclass(frozen=True, slots=True)
class Strata:
    """How the answers part into strata: by a question's code or a column's head, and the size of each."""

    by: str
    parts: tuple[Stratum, ...]
    sizes_are: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample plan: population, formula of the target size with its parameters, seed of the draw, strata.

    `confidence`, `margin`, `share` and `response` are ratios; `design_effect` multiplies the size.
    """

    population: int | None = None
    method: str = "random"
    formula: Literal["cochran", "yamane"] = "cochran"
    confidence: Figure = _CONFIDENCE
    margin: Figure = _MARGIN
    share: Figure = _HALF
    design_effect: Figure = _ONE
    response: Figure = _ALL
    seed: str | None = None
    strata: Strata | None = None


@dataclass(frozen=True, slots=True)
class Pilot:
    """The trial run: when, with how many answers, and what it showed."""

    date: str | None = None
    answers: int | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What became different in a version, and why."""

    version: str
    change: str
    reason: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of validity: its limit where it has one, and whether an answer that breaks it is excluded or counted."""

    name: str
    then: Then
    limit: int | None = None


# In the order in which an answer is judged: the first rule that excludes it is its reason.
RULES = ("consent", "token", "seconds", "address", "straight", "complete")
_USUAL = (Rule("consent", "exclude"), Rule("token", "exclude"), Rule("complete", "count"))


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Which scale questions make up satisfaction, and by which formula of `formulas.yaml`."""

    items: tuple[str, ...]
    formula: str = "mean"


@dataclass(frozen=True, slots=True)
class Awareness:
    """Which options of which question count as knowing (知晓率 = 非常了解 + 基本了解)."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire in one version. `importance` joins the items of the weighted model: item → its importance."""

    id: str
    title: str
    sections: tuple[Section, ...]
    version: str = "1"
    respondents: str | None = None
    channel: str | None = None
    minutes: int | None = None
    intro: str | None = None
    thanks: str | None = None
    sample: Sample | None = None
    pilot: Pilot | None = None
    revisions: tuple[Revision, ...] = ()
    validity: tuple[Rule, ...] = _USUAL
    satisfaction: Satisfaction | None = None
    awareness: Awareness | None = None
    importance: Mapping[str, str] = field(default_factory=dict)
    schema: str = SCHEMA

    def questions(self) -> Iterator[Question]:
        """Yield every question in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Question | None:
        """Return the question with a code, or None."""
        return next((question for question in self.questions() if question.code == code), None)

    def scales(self) -> tuple[str, ...]:
        """Return the codes of the scale questions, in order."""
        return tuple(question.code for question in self.questions() if question.kind == "scale")
