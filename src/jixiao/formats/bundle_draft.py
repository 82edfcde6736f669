"""待填的评价项目: an unfinished evaluation written to be filled: every blank where it belongs, with what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao import library
from jixiao.formats import bundle_emit, bundle_ledger
from jixiao.formats.bundle_encode import encoded
from jixiao.formats.bundle_schema import BalanceShape
from jixiao.funds.money import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.model import Evaluation
    from jixiao.formats.yaml_text import Loc
    from jixiao.indicators.indicator import Indicator

_HEAD = ("title", "project", "region", "unit", "department")
_CONTRACT = ("commissioner", "evaluator")


def written(evaluation: Evaluation, *, comments: bool = True) -> str:
    """Return the YAML text of a draft, with blanks for what is missing and, if wished, what belongs there."""
    tree = with_blanks(evaluation)
    return bundle_emit.written(tree, dict(_comments(evaluation, tree)) if comments else None)


def with_blanks(evaluation: Evaluation) -> dict[str, Any]:
    """Return the tree of an evaluation with a blank for everything that an office has to fill in."""
    tree = encoded(evaluation)
    known = tree.get("head", {})
    due = (*_HEAD, *(_CONTRACT if evaluation.kind == "third-party" else ()), "report_date")
    start = {name: tree.get(name, "") for name in ("schema", "kind", "year", "as_of")}
    funds = tree.get("funds", {})
    funds = {
        "unit": funds.get("unit", "万元"),
        "executed_basis": funds.get("executed_basis", ""),
        "sources": [_money(source) for source in funds.get("sources", [])],
        **{name: funds[name] for name in ("stated", "balance", "ledger") if name in funds},
    }
    begun = bundle_ledger.blank(evaluation.kind)
    if begun:
        funds.setdefault("ledger", begun)
    if any(getattr(given, "measure", None) == "reserve_months" for given in evaluation.actuals.values()):
        funds.setdefault("balance", dict.fromkeys(BalanceShape.model_fields, ""))
    return {
        **start,
        **{name: tree[name] for name in ("pack", "report") if name in tree},
        "head": {name: known.get(name, "") for name in dict.fromkeys((*due, *known))},
        "funds": funds,
        "systems": {role: {**system, "indicators": [_node(node) for node in system["indicators"]]}
                    for role, system in tree.get("systems", {}).items()},
        "actuals": _actuals(evaluation, tree.get("actuals", {})),
        **{name: tree.get(name) or "" for name in ("reasons", "evidence", "texts")},
        **{name: tree[name] for name in ("overrides", "amendments", "procedure", "monitoring", "forms")
           if name in tree},
    }  # fmt: skip


def _money(source: dict[str, Any]) -> dict[str, Any]:
    return {"name": source["name"], **{name: source.get(name, "") for name in COLUMNS}}


def _node(node: dict[str, Any]) -> dict[str, Any]:
    named = {"code": node["code"], "name": node.get("name", "")}
    if "children" in node:
        return {**named, **node, "children": [_node(child) for child in node["children"]]}
    return {**named, "weight": node.get("weight", ""), "target": node.get("target", ""), **node}


def _actuals(evaluation: Evaluation, given: dict[str, Any]) -> dict[str, Any]:
    due = {node.code: node for node in _leaves(evaluation)}
    found: dict[str, Any] = {}
    for code in dict.fromkeys((*due, *given)):
        node = due.get(code)
        elements = {"met": ""} if node is not None and node.rule is not None and node.rule.id == "checklist" else {}
        found[code] = given.get(code) or {"value": "", **elements, "document": ""}
    return found


def _leaves(evaluation: Evaluation) -> Iterator[Indicator]:
    """Yield the indicators that an actual value is due for: the scored ones, and declared ones that none answers."""
    scored = evaluation.system("scored")
    answered = {node.objective for node in scored.indicators()} if scored else set()
    for system in evaluation.systems:
        for node in system.indicators():
            if system.role == "scored" or node.code not in answered:
                yield node


def _comments(evaluation: Evaluation, tree: dict[str, Any]) -> Iterator[tuple[Loc, str]]:
    """Yield what is said beside the parts of a draft."""
    for name in ("kind", "year", "as_of", "pack", "report"):
        yield (name,), _hint(name)
    for name in tree["head"]:
        yield ("head", name), _hint(name)
    for name in ("funds", "systems", "actuals", "reasons", "evidence", "texts", "overrides", "amendments"):
        yield (name,), _hint(name)
    yield ("funds", "unit"), _hint("money_unit")
    yield ("funds", "executed_basis"), _hint("executed_basis")
    yield ("funds", "sources"), _hint("sources")
    yield ("funds", "balance"), _hint("balance")
    if bundle_ledger.blank(evaluation.kind) == tree["funds"].get("ledger"):
        yield ("funds", "ledger"), _hint("ledger")
        for name in tree["funds"]["ledger"]:
            yield ("funds", "ledger", name), _hint(f"ledger_{name}")
    for name in COLUMNS if tree["funds"]["sources"] else ():
        yield ("funds", "sources", 0, name), _hint(name)
    said = "\n".join(f"{_word(name)}：{_hint(name)}" for name in ("target", "rule"))
    for role in tree["systems"]:
        yield ("systems", role), f"{_hint(role)}\n{said}"
        yield ("systems", role, "full"), _hint("full")
    for node in _leaves(evaluation):
        goal = f"，{_word('target')} {node.target}" if node.target is not None else ""
        yield ("actuals", node.code), f"{node.name}{goal}"


def _hint(name: str) -> str:
    return library.wording(f"bundle.hint.{name}", "zh")


def _word(name: str) -> str:
    return library.wording(f"bundle.field.{name}", "zh")
