"""进度: how far an evaluation is filled in, what is still due, and what stands against handing it in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.diff import label
from jixiao.figures.unread import Unread
from jixiao.operations import stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding, Message
    from jixiao.web.models import Draft, Revision


class Due(NamedTuple):
    """Something that has to be filled in: its path as forms print it, how people call it, whether it is there."""

    path: str
    label: Message
    done: bool


@dataclass(frozen=True, eq=False)
class Standing:
    """An evaluation that was checked: its assessment, all findings, and what is due.

    The same content is the same object while it is kept, so that what is made of it can be kept beside it.
    """

    of: Assessment
    findings: tuple[Finding, ...]
    due: tuple[Due, ...]

    @property
    def filled(self) -> int:
        """Return how much of what is due is there."""
        return sum(1 for due in self.due if due.done)

    @property
    def percent(self) -> int:
        """Return that as a percentage, rounded down."""
        return 100 * self.filled // len(self.due) if self.due else 0

    @property
    def missing(self) -> tuple[Due, ...]:
        """Return what is still due."""
        return tuple(due for due in self.due if not due.done)

    def count(self, severity: str) -> int:
        """Return how many findings of a severity stand."""
        return sum(1 for finding in self.findings if finding.severity == severity)

    @property
    def errors(self) -> int:
        """Return how many errors stand."""
        return self.count("error")

    @property
    def warnings(self) -> int:
        """Return how many warnings stand."""
        return self.count("warning")

    @property
    def total(self) -> str:
        """Return the total as printed, empty while there is none."""
        card = self.of.card
        return "" if card is None or card.total is None else f"{card.total.normalize():f}"

    @property
    def grade(self) -> str:
        """Return the grade, empty while there is none."""
        return (self.of.card.grade if self.of.card else None) or ""


def standing(content: bytes) -> Standing:
    """Return how a stored evaluation stands; the last ones asked for are kept."""
    return _standing(bytes(content))


@lru_cache(maxsize=128)
def _standing(content: bytes) -> Standing:
    read = stored.read(content)
    outcome = stored.assessed(read.value, read.findings)
    return Standing(outcome.value, outcome.findings, tuple(_due(read.value)))


def of_revision(revision: Revision) -> Standing:
    """Return how a revision stands."""
    return standing(bytes(revision.content))


def of_draft(draft: Draft) -> Standing:
    """Return how a draft stands."""
    return standing(bytes(draft.content))


def _due(evaluation: Evaluation) -> Iterator[Due]:
    """Yield what an office has to fill in: names, money, and of every indicator weight, target and actual value."""
    head = evaluation.head
    for name in ("project", "unit"):
        yield Due(f"head/{name}", label(name, ""), bool(getattr(head, name)))
    for source in evaluation.funds.sources:
        for name in ("revised_budget", "executed"):
            yield Due(
                f"funds/sources/{source.name}/{name}", label(name, source.name), _is_there(getattr(source.money, name))
            )
    scored = evaluation.system("scored")
    for node in scored.indicators() if scored else ():
        named = f"{node.code} {node.name}" if node.code != node.name else node.name
        yield Due(f"scored/{node.code}/weight", label("weight", named), _is_there(node.weight))
        yield Due(f"scored/{node.code}/target", label("target", named), _is_there(node.target))
        actual = evaluation.actuals.get(node.code)
        value = getattr(actual, "value", actual)
        typed = node.code in evaluation.overrides
        yield Due(f"scored/{node.code}/actual", label("actual", named), typed or _is_there(value))
    declared = evaluation.system("declared")
    for node in declared.indicators() if declared else ():
        named = f"{node.code} {node.name}" if node.code != node.name else node.name
        yield Due(f"declared/{node.code}/target", label("target", named), _is_there(node.target))


def _is_there(value: object) -> bool:
    return value is not None and not isinstance(value, Unread)
