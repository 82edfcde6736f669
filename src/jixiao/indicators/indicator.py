"""指标: one leaf of an indicator system, with what it asks, what it is worth and how it is scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from jixiao.figures.actual import Value
from jixiao.figures.figure import Figure
from jixiao.figures.target import Direction, Target
from jixiao.figures.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RuleRef:
    """The scoring rule an indicator uses: the rule's file name, its parameters as written, its authority."""

    id: str
    params: Mapping[str, Any] = field(default_factory=dict)
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A third-level indicator.

    `weight` is in points (None where the form has no weight column); `basis` the standard the target comes from
    (计划标准, 行业标准, 历史标准, …); `explanation` what is looked at, `criteria` how it is scored, both as printed;
    `last_year` last year's value; `objective` the code of the same thing in the declared system.
    """

    code: str
    name: str
    weight: Decimal | Unread | None = None
    target: Target | Unread | None = None
    rule: RuleRef | None = None
    direction: Direction = "more"
    basis: str | None = None
    explanation: str | None = None
    criteria: str | None = None
    last_year: Figure | Unread | None = None
    objective: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A first- or second-level indicator: a name, its weight if one is stated, and what it holds."""

    code: str
    name: str
    weight: Decimal | Unread | None = None
    children: tuple[Group | Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """Where a typed value comes from: the document it stands in and the office that answers for it."""

    document: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Where a computed value comes from: the source, the measure, its parts by name, and the state of the data."""

    source: str
    measure: str
    parts: Mapping[str, Figure] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    query: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    as_of: str | None = None


Origin: TypeAlias = Typed | Measured


@dataclass(frozen=True, slots=True)
class Binding:
    """An actual value that is computed: from which source, by which measure, restricted to what."""

    source: str
    measure: str
    where: Mapping[str, str] = field(default_factory=dict)
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Actual:
    """The actual value of one indicator and where it comes from; `places` is how a report rounds it (11个月)."""

    value: Value
    origin: Origin = Typed()
    places: int | None = None

    def __str__(self) -> str:
        """Return the value as a report prints it: a computed rate or ratio to two decimals unless told otherwise."""
        if isinstance(self.value, Figure) and (self.places is not None or self.value.spelt is None):
            return str(self.value.published(2 if self.places is None else self.places))
        return str(self.value)
