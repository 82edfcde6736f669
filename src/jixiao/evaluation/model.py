"""绩效评价: the one value that everything else is a function of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jixiao.evaluation.monitoring import Monitoring
from jixiao.evaluation.procedure import Procedure
from jixiao.funds.money import Funds
from jixiao.indicators.indicator import Actual, Binding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.indicators.system import Role, System
    from jixiao.scoring.score import Override

SCHEMA = "evaluation/1"


@dataclass(frozen=True, slots=True)
class Head:
    """Who and what is evaluated, as printed on the cover; offices by their full names, no persons."""

    title: str | None = None
    project: str | None = None
    region: str | None = None
    unit: str | None = None
    department: str | None = None
    commissioner: str | None = None
    evaluator: str | None = None
    report_date: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points were lost or a target was far exceeded, and what is done about it (偏差原因分析及改进措施)."""

    why: str
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: its title, the indicators it proves, and the file under `evidence/` with its SHA-256."""

    title: str
    proves: tuple[str, ...] = ()
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A consented change of a value: what it was, what it became, who asked, who agreed, why and when."""

    path: str
    before: str | None
    after: str | None
    asked_by: str
    consent: str
    reason: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation. Mappings are keyed by indicator code; nothing printed is stored here.

    `pack` is the id of the finance office's rule pack, None for the national defaults. `results` are the values that
    engines have left behind, each with its `Measured` origin. `forms` are the ids of the regional variants of forms
    that the evaluation hands in instead of the national ones, `report` is the report kind it gets instead of its own.
    """

    kind: str
    year: int
    head: Head = Head()
    as_of: str | None = None
    systems: tuple[System, ...] = ()
    actuals: Mapping[str, Actual | Binding] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    funds: Funds = Funds()
    evidence: tuple[Evidence, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()
    schema: str = SCHEMA
    pack: str | None = None
    results: Mapping[str, Actual] = field(default_factory=dict)
    procedure: Procedure = field(default_factory=Procedure)
    monitoring: Monitoring = field(default_factory=Monitoring)
    forms: tuple[str, ...] = ()
    report: str | None = None

    def system(self, role: Role) -> System | None:
        """Return the declared or the scored system, or None where there is none."""
        return next((system for system in self.systems if system.role == role), None)
