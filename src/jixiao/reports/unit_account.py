"""单个项目情况: what the summary analysis of a unit's projects says of one of them, light enough to keep a thousand.

Everything is taken from the project's assessment while it is at hand; sentences are kept as text, figures exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jixiao.evaluation.published import published
from jixiao.figures.figure import Figure
from jixiao.reports import final_accounts, problems, summary
from jixiao.reports.chapters.deviations import deviation, wide
from jixiao.reports.prose import clause, sentence
from jixiao.reports.standing import leaves, lost, named, short, stand

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment


class Loss(NamedTuple):
    """Points that were lost: the groups of the indicator from the first level down, its name, how many points."""

    kind: tuple[str, ...]
    name: str
    points: Figure


class Trouble(NamedTuple):
    """A problem, its cause, the measure against it and how far that is, each as the evaluation says it."""

    problem: str
    cause: str = ""
    measure: str = ""
    state: str = ""


class Account(NamedTuple):
    """What the summary analysis says of one scored project; `unit` is who used the money."""

    project: summary.Project
    unit: str | None
    year: int
    losses: tuple[Loss, ...]
    deviations: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    statement: str


def account(of: Assessment, name: str) -> Account:
    """Return what is said of an evaluation; `name` stands where it has no project's name."""
    project = summary.project(of, name)
    off = [node for node, _ in leaves(of) if stand(of, node) == "missed" or wide(of, node) or node in short(of)]
    return Account(
        project,
        of.evaluation.head.unit,
        of.evaluation.year,
        tuple(_losses(of)),
        tuple("".join(map(sentence, deviation(of, node))) for node in off),
        tuple(_troubles(of)),
        final_accounts.statement(of, project),
    )


def _losses(of: Assessment) -> list[Loss]:
    """Return what lost points: indicators, or sections where the evaluation has no indicators."""
    kinds = {node.code: tuple(group.name for group in above) for node, above in leaves(of)}
    told = [(kinds[node.code], named(of, node), node.code) for node in short(of)]
    if not told and lost(of) and of.card is not None:
        told = [((section.name,), section.name, section.code) for section in of.card.sections]
    points = [(kind, name, published(of, f"scored/{code}/lost")) for kind, name, code in told]
    return [Loss(kind, name, value) for kind, name, value in points if isinstance(value, Figure) and value.num > 0]


def _troubles(of: Assessment) -> list[Trouble]:
    """Return the indicators that lost points as problems, then the evaluation's own list of problems."""
    found = []
    for node in short(of):
        reason = of.evaluation.reasons.get(node.code)
        why, measure = (clause(reason.why), clause(reason.measure or "")) if reason else ("", "")
        found.append(Trouble(sentence(problems.problem(of, node)), why, measure))
    for one in of.evaluation.procedure.problems:
        found.append(Trouble(clause(one.problem), clause(one.cause or ""), clause(one.measure or ""), one.state or ""))
    return found
