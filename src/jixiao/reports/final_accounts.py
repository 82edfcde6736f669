"""决算公开的绩效说明: a paragraph per project and one for the whole, ready for the published final accounts.

A figure that an evaluation does not have is left out of the sentence, never filled in.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from jixiao.figures.figure import Figure, ratio
from jixiao.figures.units import PERCENT, unit
from jixiao.findings import Message
from jixiao.reports import problems, texts
from jixiao.reports.prose import Row, clause, joined, sentence
from jixiao.reports.standing import lost, named, short
from jixiao.reports.summary import comparable
from jixiao.scoring.grades import bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.evaluation.assess import Assessment
    from jixiao.reports.summary import Project

_OWN = ("self-evaluation", "transfer")
_UNIT = "万元"


def statement(of: Assessment, project: Project) -> str:
    """Return the paragraph on one project: result, money, and what cost points with what is done about it."""
    own = Message(f"report_accounts.kind.{'own' if of.evaluation.kind in _OWN else 'other'}")
    at = {"project": project.name, "year": of.evaluation.year, "kind": own}
    said = [Message("report_accounts.project", {**at, "score": str(project.score), "grade": project.grade})]
    said += money(project, "project")
    if not lost(of):
        return "".join(map(sentence, [*said, Message("report_accounts.full")]))
    nodes, reasons = short(of), of.evaluation.reasons
    if not nodes:
        return "".join(map(sentence, [*said, Message("report_accounts.by_section")])) + texts.gap("problems").text
    said.append(
        Message("report_accounts.short", {"problems": _row([sentence(problems.problem(of, n)) for n in nodes])})
    )
    known = [(named(of, n), reasons[n.code]) for n in nodes if n.code in reasons]
    why = list(dict.fromkeys(clause(reason.why) for _, reason in known))
    measures = list(dict.fromkeys(clause(reason.measure) for _, reason in known if reason.measure))
    said += [Message("report_accounts.why", {"why": _row(why)})] if why else []
    said.append(
        Message("report_accounts.measures", {"measures": _row(measures)})
        if measures
        else Message("report_accounts.no_measure")
    )
    return "".join(map(sentence, said))


def overall(unit_name: str | None, years: Sequence[int], projects: Sequence[Project], whole: Project) -> str:
    """Return the paragraph on all of a unit's scored projects; `whole` are their sums."""
    at = {"unit": unit_name or Message("report_accounts.this_unit"), "years": "、".join(map(str, years)),
          "count": len(projects)}  # fmt: skip
    said = [Message("report_accounts.whole", at)]
    said += money(whole, "whole", rated=comparable(projects))
    graded = [Message("report_accounts.graded", {"grade": grade, "count": count}) for grade, count in grades(projects)]
    said.append(Message("report_accounts.grades", {"parts": joined(graded, "，")}))
    if whole.score is not None:
        said.append(Message("report_accounts.average", {"score": str(whole.score)}))
    return "".join(map(sentence, said))


def grades(projects: Sequence[Project]) -> list[tuple[str, int]]:
    """Return how many projects have each grade that there is, the best first.

    >>> from jixiao.reports.summary import Project
    >>> grades([Project(name, None, None, None, grade) for name, grade in (("甲", "良"), ("乙", "优"), ("丙", "良"))])
    [('优', 1), ('良', 2)]
    """
    count = Counter(one.grade for one in projects if one.grade)
    known = [grade for _, grade in bands()]
    return [(grade, count[grade]) for grade in dict.fromkeys((*known, *count)) if grade and count[grade]]


def money(project: Project, whose: str, *, rated: bool = True) -> list[Message]:
    """Return what was budgeted and executed; the rate where both are known, of sums only where they are `rated`."""
    budget, executed = project.budget, project.executed
    parts = [Message(f"report_accounts.{whose}_money.budget", {"amount": amount(budget)})] if budget else []
    if executed:
        parts.append(Message(f"report_accounts.{whose}_money.executed", {"amount": amount(executed)}))
    rate = ratio(executed, budget, PERCENT) if budget and executed and rated else None
    if rate is not None:
        parts.append(Message(f"report_accounts.{whose}_money.rate", {"rate": str(rate.published(2))}))
    return [Message("report_accounts.clauses", {"parts": joined(parts, "，")})] if parts else []


def amount(figure: Figure) -> str:
    """Return an amount in 万元 to two decimals.

    >>> from jixiao.figures.figure import figure
    >>> amount(figure("12345678元"))
    '1234.57万元'
    """
    measure = unit(_UNIT)
    return str(figure.in_unit(measure).published(2)) if measure and figure.unit.base == measure.base else str(figure)


def _row(parts: list[str]) -> Row:
    return joined([Message("report_accounts.part", {"text": text}) for text in parts])
