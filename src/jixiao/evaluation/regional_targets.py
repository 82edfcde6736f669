"""区域绩效目标: from one definition the centre's table, the region's, and one evaluation for every prefecture.

Goals are identical; what is a quantity may be split (`funds/ledger/quantities`), and then its shares add up to the
whole. A region without money keeps its table. Amendments are undone first: a target table is what was issued.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jixiao.evaluation.amendments import original
from jixiao.figures.figure import total
from jixiao.figures.target import Target
from jixiao.figures.target_notation import target as read_target
from jixiao.findings import Finding, Message
from jixiao.funds import regions, tables
from jixiao.funds.ledger import WHOLE, added
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.figure import Figure
    from jixiao.funds.ledger import Ledger
    from jixiao.funds.tables import Row
    from jixiao.indicators.system import Node, System


_SOURCES = {
    "central": "中央财政资金",
    "province": "地方财政资金",
    "prefecture": "地方财政资金",
    "county": "地方财政资金",
}


def issued(evaluation: Evaluation) -> list[tuple[str, Evaluation]]:
    """Return every target table's name and evaluation: the centre's, the region's own, then each region's, in order."""
    ledger = evaluation.funds.ledger
    if ledger is None or not ledger.allocations:
        return []
    plain = original(evaluation)
    shares = _shares(ledger)
    codes = {regions.label(ledger, code, evaluation.year): code for code in regions.listed(ledger)}
    return [
        (row.label, _of(plain, row, shares.get(codes.get(row.label, ""), {})))
        for row in tables.targets(ledger, plain.year).rows
    ]


def _of(plain: Evaluation, row: Row, shares: Mapping[str, str]) -> Evaluation:
    """Return the evaluation of one table: its region, its money by level, and its shares of the quantities."""
    assert plain.funds.ledger is not None
    tiers = {level.name: level.tier for level in plain.funds.ledger.levels}
    money: dict[str, list[Figure | None]] = {}
    for (level, *_), amount in row.cells.items():
        if level != "total":
            money.setdefault(_SOURCES.get(tiers.get(level) or "", level), []).append(amount)
    sources = tuple(Source(name, Money(revised_budget=added(amounts))) for name, amounts in money.items())
    own = row.label not in (tables.ISSUED, WHOLE)
    return replace(
        plain,
        head=replace(plain.head, region=row.label if own else plain.head.region),
        funds=Funds(sources, executed_basis=plain.funds.executed_basis),
        systems=tuple(_with_shares(system, shares) for system in plain.systems) if shares else plain.systems,
    )


def _with_shares(system: System, shares: Mapping[str, str]) -> System:
    def changed(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(changed(child) for child in node.children))
        return replace(node, target=read_target(shares[node.code])) if node.code in shares else node

    return replace(system, roots=tuple(changed(root) for root in system.roots))


def _shares(ledger: Ledger) -> dict[str, dict[str, str]]:
    """Return the targets of split quantities by region and indicator."""
    found: dict[str, dict[str, str]] = {}
    for share in ledger.quantities:
        if share.target is not None:
            found.setdefault(ledger.code(share.region) or "", {})[share.indicator] = share.target
    return found


def findings(evaluation: Evaluation) -> Iterator[Finding]:
    """Yield split quantities whose shares do not add up to the whole target, or cannot be added at all."""
    ledger = evaluation.funds.ledger
    if ledger is None or not ledger.quantities:
        return
    whole = {
        node.code: node for system in original(evaluation).systems for node in system.indicators()
    }  # fmt: skip
    for code in dict.fromkeys(share.indicator for share in ledger.quantities):
        at = tuple(
            f"funds/ledger/quantities/{n}" for n, share in enumerate(ledger.quantities) if share.indicator == code
        )
        goals = [read_target(share.target or "") for share in ledger.quantities if share.indicator == code]
        figures = [goal.figure() for goal in goals if isinstance(goal, Target)]
        node = whole.get(code)
        stated = node.target.figure() if node is not None and isinstance(node.target, Target) else None
        known = [figure for figure in figures if figure is not None and stated is not None
                 and figure.unit.base == stated.unit.base]  # fmt: skip
        if stated is None or len(known) < len(goals):
            args: dict[str, object] = {"code": code}
            yield Finding("regional_quantities", "error", Message("funds.quantities.unread", args),
                          Message("funds.quantities.remedy"), paths=at)  # fmt: skip
        elif not (summed := total(known)).same_as(stated):
            args = {"code": code, "sum": summed.in_unit(stated.unit), "stated": stated}
            yield Finding("regional_quantities", "error", Message("funds.quantities.differ", args),
                          Message("funds.quantities.remedy"), paths=at, printed=str(stated),
                          expected=str(summed.in_unit(stated.unit)))  # fmt: skip
