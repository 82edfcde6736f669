"""评价项目文件的形状: what may stand in `evaluation.yaml`, by name and kind; meanings are read elsewhere.

Every scalar is text here. Pydantic lives at this boundary only.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from jixiao.figures.units import unit

KINDS = ("self-evaluation", "transfer", "fund", "third-party")


def _as(name: str) -> BeforeValidator:
    """Let a lone text stand for a mapping with one name."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


def _known_unit(text: str) -> str:
    if unit(text) is None:
        raise ValueError(text)
    return text


Points: TypeAlias = Annotated[str, Field(pattern=r"^\d{1,9}(\.\d{1,6})?$")]


class Shape(BaseModel):
    """A mapping whose names are known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class RuleShape(Shape):
    """A scoring rule: its id, its authority, and its parameters beside them."""

    model_config = ConfigDict(extra="allow", strict=True)
    id: str
    authority: str | None = None


class NodeShape(Shape):
    """A node of a system; one with `children` is a group."""

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    name: str = Field(min_length=1)
    weight: str | None = None
    target: str | None = None
    rule: Annotated[RuleShape | None, _as("id")] = None
    direction: Literal["more", "less"] = "more"
    basis: str | None = None
    explanation: str | None = None
    criteria: str | None = None
    last_year: str | None = None
    objective: str | None = None
    children: list[NodeShape] | None = None


class SystemShape(Shape):
    """An indicator system."""

    places: str = Field("2", pattern=r"^[0-6]$")
    full: Points = "100"
    frame: str | None = None
    authority: str | None = None
    indicators: list[NodeShape] = []


class ActualShape(Shape):
    """An actual value: typed (`value`, its document, who answers), or computed (`from`, `measure`, `where`)."""

    value: str | None = None
    met: list[str] | str | None = None
    document: str | None = None
    by: str | None = None
    source: str | None = Field(None, alias="from")
    measure: str | None = None
    where: dict[str, str] = {}
    places: str | None = Field(None, pattern=r"^[0-6]$")


class OverrideShape(Shape):
    """A typed score and its reason."""

    score: Points
    reason: str = Field(min_length=1)


class ReasonShape(Shape):
    """Why points were lost and what is done about it."""

    why: str = Field(min_length=1)
    measure: str | None = None


class SourceShape(Shape):
    """A source of money with its amounts."""

    name: str
    original_budget: str | None = None
    revised_budget: str | None = None
    received: str | None = None
    executed: str | None = None


class StatedShape(Shape):
    """Totals that have no parts."""

    original_budget: str | None = None
    revised_budget: str | None = None
    received: str | None = None
    executed: str | None = None


class BalanceShape(Shape):
    """The fund at the end of the year."""

    rolling: str | None = None
    expenditure: str | None = None
    rolling_document: str | None = None
    expenditure_document: str | None = None


class FundsShape(Shape):
    """The money of the evaluation; `unit` completes amounts that state none."""

    unit: Annotated[str, AfterValidator(_known_unit)] = "万元"
    sources: list[SourceShape] = []
    stated: StatedShape = StatedShape()
    executed_basis: Literal["special_account", "treasury"] | None = None
    balance: BalanceShape | None = None


class EvidenceShape(Shape):
    """A piece of evidence."""

    title: str = Field(min_length=1)
    proves: list[str] = []
    file: str | None = None
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class AmendmentShape(Shape):
    """A consented change."""

    path: str
    before: str | None = None
    after: str | None = None
    asked_by: str
    consent: str
    reason: str
    date: str | None = None


class HeadShape(Shape):
    """Who and what is evaluated."""

    title: str | None = None
    project: str | None = None
    region: str | None = None
    unit: str | None = None
    department: str | None = None
    commissioner: str | None = None
    evaluator: str | None = None
    report_date: str | None = None


class BundleShape(Shape):
    """The whole file."""

    schema_: str = Field(alias="schema")
    kind: Literal["self-evaluation", "transfer", "fund", "third-party"]
    year: str = Field(pattern=r"^(19|20)\d\d$")
    as_of: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    head: HeadShape = HeadShape()
    systems: dict[Literal["declared", "scored"], SystemShape] = {}
    actuals: dict[str, Annotated[ActualShape, _as("value")]] = {}
    overrides: dict[str, OverrideShape] = {}
    reasons: dict[str, Annotated[ReasonShape, _as("why")]] = {}
    funds: FundsShape = FundsShape()
    evidence: list[Annotated[EvidenceShape, _as("title")]] = []
    texts: dict[str, str] = {}
    amendments: list[AmendmentShape] = []


def params_of(rule: RuleShape) -> dict[str, Any]:
    """Return the parameters that stand beside a rule's id."""
    return dict(rule.model_extra or {})
