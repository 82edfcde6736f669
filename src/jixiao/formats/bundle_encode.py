"""写评价项目: an Evaluation as the tree that its files hold; reading that tree gives an equal Evaluation.

Only what was said is written: defaults, blanks and computed values are left out. Every value is spelt as it was given;
one that was computed elsewhere is spelt as it prints.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from jixiao.figures.actual import Checked
from jixiao.figures.figure import Figure
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import measure_of
from jixiao.figures.units import BARE, unit
from jixiao.figures.unread import Unread
from jixiao.formats import bundle_ledger, bundle_procedure
from jixiao.funds.money import COLUMNS, Funds
from jixiao.indicators.indicator import Actual, Binding, Group, Measured

if TYPE_CHECKING:
    from decimal import Decimal

    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.units import Unit
    from jixiao.funds.money import Balance, Money, Source
    from jixiao.indicators.indicator import Indicator
    from jixiao.indicators.system import Node, System

_WAN = "万元"


def encoded(evaluation: Evaluation) -> dict[str, Any]:
    """Return the tree of an evaluation: dicts, lists and texts, in the order a bundle is written in."""
    tree = {
        "schema": evaluation.schema,
        "kind": evaluation.kind,
        "year": str(evaluation.year),
        "as_of": evaluation.as_of,
        "pack": evaluation.pack,
        "report": evaluation.report,
        "head": _said(evaluation.head),
        "funds": _funds(evaluation.funds),
        "systems": {system.role: _system(system) for system in evaluation.systems},
        "actuals": {code: _actual(actual) for code, actual in evaluation.actuals.items()},
        "overrides": {
            code: {"score": _points(typed.score), "reason": typed.reason}
            for code, typed in evaluation.overrides.items()
        },
        "reasons": {code: _said(reason) for code, reason in evaluation.reasons.items()},
        "evidence": [
            _some({"title": one.title, "file": one.file, "sha256": one.sha256, "proves": list(one.proves)})
            for one in evaluation.evidence
        ],
        "texts": dict(evaluation.texts),
        "amendments": [_said(amendment) for amendment in evaluation.amendments],
        "procedure": bundle_procedure.procedure_tree(evaluation.procedure),
        "monitoring": bundle_procedure.monitoring_tree(
            evaluation.monitoring, lambda amount: _amount(amount, _unit_of(evaluation.funds))
        ),
        "forms": list(evaluation.forms),
    }
    return _some(tree)


def _some(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without what is None or empty."""
    return {name: value for name, value in tree.items() if value not in (None, "", {}, [])}


def _said(record: Any) -> dict[str, Any]:
    """Return the fields of a record of texts that are given."""
    return _some({spec.name: getattr(record, spec.name) for spec in fields(record)})


def _points(value: Decimal) -> str:
    return f"{value:f}"


def _system(system: System) -> dict[str, Any]:
    return {
        **_some({"places": None if system.places == 2 else str(system.places)}),
        "full": _points(system.full),
        **_some({"frame": system.frame, "authority": system.authority}),
        "indicators": [_node(node) for node in system.roots],
    }


def _node(node: Node) -> dict[str, Any]:
    weight = str(node.weight) if isinstance(node.weight, Unread | None) else _points(node.weight)
    named = {"code": node.code, "name": node.name, "weight": None if node.weight is None else weight}
    if isinstance(node, Group):
        return {**_some(named), "children": [_node(child) for child in node.children]}
    return _some({**named, **_asked(node)})


def _asked(node: Indicator) -> dict[str, Any]:
    """Return what an indicator asks and how it is scored."""
    rule = node.rule
    return {
        "target": None if node.target is None else str(node.target),
        "direction": None if node.direction == "more" else node.direction,
        "basis": node.basis,
        "last_year": _amount(node.last_year, measure_of(node.target)),
        "objective": node.objective,
        "explanation": node.explanation,
        "criteria": node.criteria,
        "rule": None if rule is None else _some({"id": rule.id, "authority": rule.authority}) | dict(rule.params),
    }


def _actual(given: Actual | Binding) -> dict[str, Any] | str:
    places = None if given.places is None else str(given.places)
    if isinstance(given, Binding):
        return _some({"from": given.source, "measure": given.measure, "where": dict(given.where)}) | _some(
            {"places": places}
        )
    value, origin = given.value, given.origin
    met: Any = None
    if isinstance(value, Checked):
        met = [str(number) for number in value.met]
    elif isinstance(value, Unread) and value.why.id == "bundle.met":
        met = value.spelt
    said = {} if met is None or met == value else {"met": met}
    text = None if isinstance(value, Unread) and met is not None else _spelt(value)
    typed = {"document": origin.measure, "by": None} if isinstance(origin, Measured) else _said(origin)
    told = {**_some({"value": text}), **said, **_some({**typed, "places": places})}
    return str(text) if set(told) == {"value"} else told


def _spelt(value: Any) -> str:
    return value.spelt if isinstance(value, Figure) and value.spelt is not None else str(value)


def _funds(funds: Funds) -> dict[str, Any]:
    unit_of = _unit_of(funds)
    told = {
        "executed_basis": funds.executed_basis,
        "sources": [{"name": source.name, **_money(source.money, unit_of)} for source in _typed(funds)],
        "stated": _money(funds.stated, unit_of),
        "balance": None if funds.balance is None else _balance(funds.balance, unit_of),
        "ledger": bundle_ledger.encoded(funds.ledger, lambda amount: _amount(amount, unit_of)),
    }
    named = {} if unit_of.name == _WAN and not _some(told) else {"unit": unit_of.name}
    return _some({**named, **told})


def _typed(funds: Funds) -> tuple[Source, ...]:
    """Return the sources that were typed; those that the ledger gives are not written."""
    return () if funds.sources == Funds(ledger=funds.ledger).sources else funds.sources


def _money(money: Money, unit_of: Unit) -> dict[str, Any]:
    return _some({column: _amount(getattr(money, column), unit_of) for column in COLUMNS})


def _balance(balance: Balance, unit_of: Unit) -> dict[str, Any]:
    return _some(
        {
            "rolling": _amount(balance.rolling, unit_of),
            "rolling_document": balance.rolling_document,
            "expenditure": _amount(balance.expenditure, unit_of),
            "expenditure_document": balance.expenditure_document,
        }
    )


def _amount(amount: Figure | Unread | None, expected: Unit) -> str | None:
    """Return the text that reads as this amount where `expected` completes a bare number."""
    if amount is None:
        return None
    text = _spelt(amount)
    if figure(text, expected=expected) == amount or not isinstance(amount, Figure):
        return text
    return amount.text()


def _unit_of(funds: Funds) -> Unit:
    """Return the unit that most amounts spelt without one were completed by; 万元 where every amount states its own."""
    rows = [*(source.money for source in _typed(funds)), funds.stated]
    amounts = [getattr(row, column) for row in rows for column in COLUMNS]
    amounts += bundle_ledger.amounts(funds.ledger)
    amounts += [funds.balance.rolling, funds.balance.expenditure] if funds.balance else []
    lent = [
        amount.unit
        for amount in amounts
        if isinstance(amount, Figure) and amount.spelt is not None and figure(amount.spelt) != amount
    ]
    return max(lent, key=lent.count) if lent else unit(_WAN) or BARE
