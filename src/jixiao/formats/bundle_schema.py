"""评价项目文件的形状: what may stand in `evaluation.yaml`, by name and kind; meanings are read elsewhere.

Every scalar is text here, and what was left blank is not here at all: a draft has the shape of a finished bundle.
Pydantic lives at this boundary only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from jixiao.figures.units import unit
from jixiao.formats.bundle_ledger_schema import LEDGER_INSIDE, LedgerShape
from jixiao.formats.bundle_procedure_schema import INSIDE, MonitoringShape, ProcedureShape

Kind = Literal["self-evaluation", "transfer", "fund", "third-party"]
KINDS: tuple[Kind, ...] = ("self-evaluation", "transfer", "fund", "third-party")


def _lone(name: str) -> Callable[[Any], Any]:
    """Let a lone text stand for a mapping with one name."""
    return lambda value: {name: value} if isinstance(value, str) else value


def _apart(value: Any) -> Any:
    """Let a text with its parts apart stand for a list."""
    return [part.strip() for part in value.replace(",", "、").split("、")] if isinstance(value, str) else value


def _known_unit(text: str) -> str:
    if unit(text) is None:
        raise ValueError(text)
    return text


Points: TypeAlias = Annotated[str, Field(pattern=r"^\d{1,9}(\.\d{1,6})?$")]
Places: TypeAlias = Annotated[str, Field(pattern=r"^[0-6]$")]


class Shape(BaseModel):
    """A mapping whose names are known."""

    model_config = ConfigDict(extra="forbid", strict=True)


class RuleShape(Shape):
    """A scoring rule: its id, its authority, and its parameters beside them."""

    model_config = ConfigDict(extra="allow", strict=True)
    id: str = ""
    authority: str | None = None


Rule: TypeAlias = Annotated[RuleShape, BeforeValidator(_lone("id"), json_schema_input_type=str | RuleShape)]


class NodeShape(Shape):
    """A node of a system; one with `children` is a group. In a system that extends another, a known code overrides."""

    code: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    name: str = ""
    weight: str | None = None
    target: str | None = None
    rule: Rule | None = None
    direction: Literal["more", "less"] = "more"
    basis: str | None = None
    explanation: str | None = None
    criteria: str | None = None
    last_year: str | None = None
    objective: str | None = None
    children: list[NodeShape] | None = None


class SystemShape(Shape):
    """An indicator system; `extends` names the catalogue entry it starts from, `without` the codes it leaves out."""

    extends: str | None = None
    without: list[str] = []
    places: Places = "2"
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
    places: Places | None = None


class OverrideShape(Shape):
    """A typed score and its reason."""

    score: Points | None = None
    reason: str = ""


class ReasonShape(Shape):
    """Why points were lost and what is done about it."""

    why: str = ""
    measure: str | None = None


class StatedShape(Shape):
    """Totals that have no parts."""

    original_budget: str | None = None
    revised_budget: str | None = None
    received: str | None = None
    executed: str | None = None


class SourceShape(StatedShape):
    """A source of money with its amounts."""

    name: str = ""


class BalanceShape(Shape):
    """The fund at the end of the year."""

    rolling: str | None = None
    rolling_document: str | None = None
    expenditure: str | None = None
    expenditure_document: str | None = None


class FundsShape(Shape):
    """The money of the evaluation; `unit` completes amounts that state none."""

    unit: Annotated[str, AfterValidator(_known_unit)] = "万元"
    executed_basis: Literal["special_account", "treasury"] | None = None
    sources: list[SourceShape] = []
    stated: StatedShape = StatedShape()
    balance: BalanceShape = BalanceShape()
    ledger: LedgerShape = LedgerShape()


class EvidenceShape(Shape):
    """A piece of evidence."""

    title: str = ""
    proves: list[str] = []
    file: str | None = None
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")


class AmendmentShape(Shape):
    """A consented change."""

    path: str = ""
    before: str | None = None
    after: str | None = None
    asked_by: str = ""
    consent: str = ""
    reason: str = ""
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


Answered: TypeAlias = Annotated[ActualShape, BeforeValidator(_lone("value"), json_schema_input_type=str | ActualShape)]
Why: TypeAlias = Annotated[ReasonShape, BeforeValidator(_lone("why"), json_schema_input_type=str | ReasonShape)]
Proof: TypeAlias = Annotated[EvidenceShape, BeforeValidator(_lone("title"), json_schema_input_type=str | EvidenceShape)]


class BundleShape(Shape):
    """The whole file."""

    schema_: str = Field(alias="schema")
    kind: Kind
    year: str = Field(pattern=r"^(19|20)\d\d$")
    as_of: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    pack: str | None = None
    report: str | None = None
    head: HeadShape = HeadShape()
    funds: FundsShape = FundsShape()
    systems: dict[Literal["declared", "scored"], SystemShape] = {}
    actuals: dict[str, Answered] = {}
    overrides: dict[str, OverrideShape] = {}
    reasons: dict[str, Why] = {}
    evidence: list[Proof] = []
    texts: dict[str, str] = {}
    amendments: list[AmendmentShape] = []
    procedure: ProcedureShape = ProcedureShape()
    monitoring: MonitoringShape = MonitoringShape()
    forms: Annotated[list[str], BeforeValidator(_apart, json_schema_input_type=str | list[str])] = []


def params_of(rule: RuleShape) -> dict[str, Any]:
    """Return the parameters that stand beside a rule's id."""
    return dict(rule.model_extra or {})


def names_at(loc: tuple[str | int, ...]) -> list[str]:
    """Return the names that may stand where the last name of a location stands.

    >>> names_at(("systems", "scored", "indicators", 0, "rule", "x"))
    ['id', 'authority']
    """
    shape: type[BaseModel] = BundleShape
    for part in loc[:-1]:
        shape = _INSIDE.get(str(part), shape)
    return [spec.alias or name for name, spec in shape.model_fields.items()]


_INSIDE: dict[str, type[BaseModel]] = {
    **INSIDE,
    "head": HeadShape, "systems": SystemShape, "indicators": NodeShape, "children": NodeShape, "rule": RuleShape,
    "actuals": ActualShape, "overrides": OverrideShape, "reasons": ReasonShape, "funds": FundsShape,
    "sources": SourceShape, "stated": StatedShape, "balance": BalanceShape, "evidence": EvidenceShape,
    "amendments": AmendmentShape, **LEDGER_INSIDE,
}  # fmt: skip
