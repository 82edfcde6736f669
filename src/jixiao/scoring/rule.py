"""评分规则的约定: what a scoring rule is given and what it gives back.

Every rule is one file under `rules/`; its class bears the file's name in capitals (`stepped_penalty` →
`SteppedPenalty`), its fields are its parameters, and it has one method `score(case)`. Nothing registers a rule.

>>> "stepped_penalty" in known()
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

from jixiao import library
from jixiao.figures.exact import awarded as kept
from jixiao.figures.exact import half_up
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.target import Direction, Target
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jixiao.figures.actual import Value
    from jixiao.figures.unread import Unread
    from jixiao.indicators.indicator import RuleRef


made = tuple.__new__
"""Make a NamedTuple without calling its class, at a third of the cost: for what is made once a score."""


class Step(NamedTuple):
    """One line of a derivation: what was done, and the figure it gave (None where it gave none)."""

    what: Message
    gives: Figure | None = None


class Derivation(Sequence[Step]):
    """Steps that are built when somebody looks at them, from the very values that were computed with.

    >>> len(Derivation((lambda share: (Step(Message("rule.points", {"share": share})),), "95%")))
    1
    """

    __slots__ = ("_held",)

    def __init__(self, held: tuple[Any, ...]) -> None:
        """Keep what builds the steps, first, and the values it builds them from."""
        self._held = held

    def _steps(self) -> tuple[Step, ...]:
        build, *args = self._held
        if build is not None:
            self._held = (None, build(*args))
        steps: tuple[Step, ...] = self._held[1]
        return steps

    def __len__(self) -> int:
        """Return how many steps there are."""
        return len(self._steps())

    @overload
    def __getitem__(self, at: int) -> Step: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Step, ...]: ...

    def __getitem__(self, at: int | slice) -> Step | tuple[Step, ...]:
        """Return a step, or a stretch of them."""
        return self._steps()[at]

    def __eq__(self, other: object) -> bool:
        """Return whether the steps are the same, built or not."""
        return isinstance(other, Sequence) and self._steps() == tuple(other)

    def __hash__(self) -> int:
        """Refuse: steps hold mappings."""
        raise TypeError("a derivation holds mappings and has no hash")

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as the steps themselves."""
        return (tuple, (self._steps(),))


class Case(NamedTuple):
    """What a rule scores: the full points, the decimals to award in, the target and the actual value."""

    full: Decimal
    places: int
    target: Target | Unread | None
    actual: Value
    direction: Direction = "more"
    last_year: Figure | None = None


class Award(NamedTuple):
    """The points a rule awards, rounded half up to the system's places, and how it came to them."""

    points: Decimal
    steps: Sequence[Step]


class Rule(Protocol):
    """A scoring rule with its parameters."""

    def score(self, case: Case) -> Award | Message:
        """Return the award, or the reason why this rule cannot score this case."""
        ...


@dataclass(frozen=True, slots=True)
class BadParameter:
    """A parameter that a rule does not take, or whose text it cannot read."""

    name: str
    why: Message


@cache
def known() -> tuple[str, ...]:
    """Return the ids of all rules: the file names under `rules/`."""
    return tuple(library.names("scoring/rules", ".py"))


@cache
def rule_class(rule_id: str) -> type[Rule]:
    """Return the class of a known rule."""
    name = "".join(part.capitalize() for part in rule_id.split("_"))
    found: type[Rule] = getattr(import_module(f"jixiao.scoring.rules.{rule_id}"), name)
    return found


def title(rule_id: str, lang: str = "zh") -> str:
    """Return the name of a known rule as a form prints it: the first words of its file.

    >>> title("execution_rate"), title("execution_rate", "en")
    ('预算执行率得分', 'execution rate')
    """
    if lang != "zh":
        return rule_id.replace("_", " ")
    said = import_module(f"jixiao.scoring.rules.{rule_id}").__doc__ or rule_id
    return said.partition(":")[0]


def authority_of(ref: RuleRef) -> str | None:
    """Return the authority an indicator names for its rule, else the rule's own."""
    if ref.authority is not None or ref.id not in known():
        return ref.authority
    own: str | None = getattr(rule_class(ref.id), "authority", None)
    return own


def build(rule_id: str, params: Mapping[str, Any]) -> Rule | BadParameter:
    """Return the rule with its parameters read from their texts; `rule_id` must be known."""
    kind = rule_class(rule_id)
    specs = {spec.name: spec for spec in fields(kind)}  # type: ignore[arg-type]
    values = {}
    for name, text in params.items():
        if name not in specs:
            said = {"name": name, "rule": rule_id, "known": list(specs) or ["—"]}
            return BadParameter(name, Message("rule.unknown_parameter", said))
        values[name] = specs[name].metadata.get("read", share)(text)
        if isinstance(values[name], Message):
            return BadParameter(name, values[name])
    for name, spec in specs.items():
        if name not in values and spec.default is MISSING and spec.default_factory is MISSING:
            said = {"name": name, "rule": rule_id}
            return BadParameter(name, Message("rule.missing_parameter", said))
    return kind(**values)


def share(text: Any) -> Figure | Message:
    """Read a parameter that is a share between 0 and 1 of the bare number, such as `5%`."""
    read = figure(text) if isinstance(text, str) else None
    if not isinstance(read, Figure) or read.unit.base or not 0 <= read.num <= read.den:
        return Message("rule.not_a_share", {"spelt": text})
    return read


def positive_share(text: Any) -> Figure | Message:
    """Read a parameter that is a share above 0, such as the width of a step."""
    read = share(text)
    return Message("rule.zero_share", {}) if isinstance(read, Figure) and read.num == 0 else read


def choice(*known: str) -> Callable[[Any], str | Message]:
    """Return the reader of a parameter that is one of a few words.

    >>> choice("full", "none")("none")
    'none'
    """

    def read(text: Any) -> str | Message:
        return text if text in known else Message("rule.no_choice", {"spelt": text, "known": known})

    return read


def reached(case: Case) -> Award:
    """Return full points, for an actual value that reaches the target."""
    return made(Award, (awarded(case.full, 1, 1, case.places), Derivation((_reached, case))))


def _reached(case: Case) -> tuple[Step, ...]:
    return (Step(Message("rule.reached", {"actual": case.actual, "target": case.target})),)


def awarded(full: Decimal, num: int, den: int, places: int) -> Decimal:
    """Return full × num/den rounded half up: the one place where a score is rounded.

    >>> awarded(Decimal(10), 8485, 10000, 2)
    Decimal('8.49')
    """
    top, bottom = full.as_integer_ratio()
    return kept(half_up(top * num, bottom * den, places), places)
