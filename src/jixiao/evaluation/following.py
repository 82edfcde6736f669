"""下一年度: last year's evaluation as the draft of this year's.

Indicators, weights, targets, rules and their wording stay; what was measured becomes last year's value; amounts, actual
values, reasons, evidence, texts and amendments are this year's to fill. The year in titles and dates moves on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.evaluation.binding import resolved
from jixiao.evaluation.model import Evaluation
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.target import Target
from jixiao.figures.target_notation import measure_of
from jixiao.figures.target_notation import target as read_target
from jixiao.funds.ledger import following as following_ledger
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Binding, Group, Indicator

if TYPE_CHECKING:
    from collections.abc import Callable

    from jixiao.indicators.indicator import Actual
    from jixiao.indicators.system import Node, System


def following(last: Evaluation, year: int) -> Evaluation:
    """Return the draft for another year; a draft for the same year keeps last year's values as they are."""
    measured, _ = resolved(last)
    moved = year != last.year

    def indicator(node: Indicator) -> Indicator:
        goal = node.target
        if isinstance(goal, Target) and goal.spelt and goal.when is not None:
            node = replace(node, target=read_target(_later(goal.spelt, last.year, year)))
        actual = _answer(last, node.code, measured) if moved else None
        return node if not moved else replace(node, last_year=_printed(actual, node) if actual else None)

    head = last.head
    return Evaluation(
        kind=last.kind,
        year=year,
        head=replace(
            head,
            title=_later(head.title, last.year, year) if head.title else None,
            project=_later(head.project, last.year, year) if head.project else None,
            report_date=None,
        ),
        systems=tuple(_each(system, indicator) for system in last.systems),
        actuals={code: given for code, given in last.actuals.items() if isinstance(given, Binding)},
        funds=_funds(last.funds),
        pack=last.pack,
        report=last.report,
    )


def _funds(last: Funds) -> Funds:
    """Return the funds of the following year: who gives to whom, and what a fund account had as last year's amounts."""
    if last.ledger is not None:
        return Funds(executed_basis=last.executed_basis, ledger=following_ledger(last.ledger))
    return Funds(tuple(Source(source.name, Money()) for source in last.sources), executed_basis=last.executed_basis)


def _each(system: System, change: Callable[[Indicator], Indicator]) -> System:
    def changed(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(changed(child) for child in node.children))
        return change(node)

    return replace(system, roots=tuple(changed(root) for root in system.roots))


def _answer(last: Evaluation, code: str, measured: dict[str, Actual]) -> Actual | None:
    """Return the actual value of a code, or that of the scored indicator with this objective."""
    scored = last.system("scored")
    twins = [node.code for node in scored.indicators() if node.objective == code] if scored else []
    return next((measured[one] for one in (code, *twins) if one in measured), None)


def _printed(actual: Actual, node: Indicator) -> Figure | None:
    """Return a measured figure as it was printed, read again as last year's value; words and dates give none."""
    if not isinstance(actual.value, Figure):
        return None
    read = figure(str(actual), expected=measure_of(node.target))
    return read if isinstance(read, Figure) else None


def _later(text: str, last: int, year: int) -> str:
    """Return a text with the one year, where it stands alone, replaced by the other.

    >>> _later("2024年度补助资金（含2023年结转）20241号", 2024, 2025)
    '2025年度补助资金（含2023年结转）20241号'
    """
    return re.sub(rf"(?<!\d){last}(?!\d)", str(year), text)
