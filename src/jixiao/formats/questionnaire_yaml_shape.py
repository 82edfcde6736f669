"""问卷文件的形状: what may stand in a questionnaire's YAML file and in the file beside an answer file."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from jixiao.errors import CannotParse
from jixiao.findings import Message, Place

Whole: TypeAlias = Annotated[str, Field(pattern=r"^\d{1,12}$")]
Code: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]


class Shape(BaseModel):
    """A mapping whose names are known; every scalar is text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ConditionShape(Shape):
    """When a question is shown; `question` or several `questions`, and `any_of` options or `at_most` points."""

    question: str | None = None
    questions: list[str] = []
    any_of: list[str] = []
    at_most: Whole | None = None


def _lettered(value: Any) -> Any:
    """Let a list of texts stand for options coded A, B, C, …."""
    if isinstance(value, list) and len(value) <= 26 and all(isinstance(text, str) for text in value):
        return {chr(65 + at): text for at, text in enumerate(value)}
    return value


class QuestionShape(Shape):
    """A question."""

    code: Code
    kind: Literal["single", "multiple", "scale", "text", "consent"]
    text: str = Field(min_length=1)
    options: Annotated[dict[str, str], BeforeValidator(_lettered)] = {}
    low: Whole = "1"
    high: Whole = "5"
    required: Literal["yes", "no", "true", "false"] = "yes"
    hint: str | None = None
    shown_when: ConditionShape | None = None


class SectionShape(Shape):
    """A section."""

    title: str
    intro: str | None = None
    questions: list[QuestionShape] = []


class StrataShape(Shape):
    """The strata: by which question or column, and what each holds."""

    by: str
    parts: dict[str, str]
    sizes_are: str | None = None


class SampleShape(Shape):
    """The sample plan."""

    population: Whole | None = None
    method: str = "random"
    formula: Literal["cochran", "yamane"] = "cochran"
    confidence: str = "95%"
    margin: str = "5%"
    share: str = "50%"
    design_effect: str = "1"
    response: str = "100%"
    seed: str | None = None
    strata: StrataShape | None = None


class PilotShape(Shape):
    """The trial run."""

    date: str | None = None
    answers: Whole | None = None
    result: str | None = None


class RevisionShape(Shape):
    """A revision."""

    version: str
    change: str
    reason: str | None = None
    date: str | None = None


class RuleShape(Shape):
    """A rule of validity; a lone word says what happens."""

    then: Literal["exclude", "count"]
    limit: Whole | None = None


class SatisfactionShape(Shape):
    """What makes up satisfaction."""

    items: list[str]
    formula: str = "mean"


class AwarenessShape(Shape):
    """What counts as knowing."""

    question: str
    options: list[str]


def _worded(value: Any) -> Any:
    return {"then": value} if isinstance(value, str) else value


class QuestionnaireShape(Shape):
    """The whole file."""

    schema_: Literal["questionnaire/1"] = Field(alias="schema")
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    version: str = "1"
    respondents: str | None = None
    channel: str | None = None
    minutes: Whole | None = None
    intro: str | None = None
    thanks: str | None = None
    sections: list[SectionShape]
    sample: SampleShape | None = None
    pilot: PilotShape | None = None
    revisions: list[RevisionShape] = []
    validity: dict[Literal["consent", "token", "seconds", "address", "straight", "complete"],
                   Annotated[RuleShape, BeforeValidator(_worded)]] | None = None  # fmt: skip
    satisfaction: SatisfactionShape | None = None
    awareness: AwarenessShape | None = None
    importance: dict[str, str] = {}


class FieldShape(Shape):
    """The file beside an answer file."""

    schema_: Literal["answers/1"] = Field(alias="schema")
    made: Literal["collected", "reconstructed"] = "collected"
    because: str | None = None
    issued: Whole | None = None
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    columns: dict[str, str] = {}


def refused(problems: ValidationError, path: str, lines: dict[Any, int]) -> CannotParse:
    """Return the first thing that does not fit, in the users' words, with how many more there are."""
    errors = problems.errors(include_url=False)
    first = min(errors, key=lambda error: _line(lines, error["loc"]))
    name = ".".join(str(part) for part in first["loc"] if not str(part).startswith("["))
    remedy = Message("survey.yaml.shape.remedy")
    if first["type"] == "missing":
        said = Message("survey.yaml.missing", {"field": name})
    elif first["type"] == "extra_forbidden":
        said = Message("survey.yaml.unknown", {"field": name})
    elif first["type"] == "literal_error":
        known = first["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        said = Message("survey.yaml.choice", {"field": name, "found": first["input"], "known": known})
    elif first["type"].endswith("_type"):
        said = Message("survey.yaml.kind", {"field": name})
    else:
        said = Message("survey.yaml.value", {"field": name, "found": first["input"]})
    if len(errors) > 1:
        remedy = Message("bundle.more", {"remedy": remedy, "count": len(errors) - 1})
    return CannotParse(said, remedy=remedy, place=Place(path, line=_line(lines, first["loc"])))


def _line(lines: dict[Any, int], loc: Any) -> int:
    while loc and loc not in lines:
        loc = loc[:-1]
    return lines.get(loc, 1)
