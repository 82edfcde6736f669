"""导入目标: a table of goals as a finance system exports it becomes the declared system, locked as it was approved.

The file stays with the bundle as evidence that proves `declared`; every check holds the bundle against it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.errors import CannotOpen, JixiaoError
from jixiao.evaluation.model import Evidence
from jixiao.evaluation.paths import put
from jixiao.figures.notation import clean, is_placeholder
from jixiao.findings import Finding, Message, Place
from jixiao.forms import goals as table_of_goals
from jixiao.indicators.indicator import Group, Indicator
from jixiao.indicators.system import System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jixiao.documents.document import Table
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.read import Reading
    from jixiao.indicators.system import Node, Role

DECLARED: Role = "declared"
ANSWERING = ("self-evaluation", "transfer")  # kinds whose scored indicators are the goals themselves
_FIELDS = ("name", "weight", "target", "explanation", "criteria")
_HUNDRED = Decimal(100)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def with_goals(
    draft: Evaluation, path: Path, build: Callable[[dict[str, Any]], Evaluation]
) -> tuple[Evaluation, tuple[Finding, ...]]:
    """Return a draft with the goals of a file as its declared system, and what in the file did not fit.

    A self-evaluation is scored by the goals themselves, beside what the catalogue has for the execution of the budget;
    other kinds keep their scored system. `build` makes an evaluation of the tree of its systems. Raises `CannotOpen`
    for a file that holds no table of goals.
    """
    reading = table_of_goals.goals(_tables(path))
    if reading is None or not reading.within:
        raise CannotOpen(Message("new.no_goals"), remedy=Message("new.no_goals.remedy"), place=Place(str(path)))
    kept = _executed(draft)
    taken = "".join(root.code[:1] for root in kept)
    nodes = _coded(_nodes(DECLARED, reading), [letter for letter in _LETTERS if letter not in taken])
    declared = build({DECLARED: {"indicators": nodes}}).system(DECLARED)
    assert declared is not None
    full = _weight(declared.roots)
    declared = replace(declared, full=full) if full is not None else declared
    scored = draft.system("scored")
    if draft.kind in ANSWERING or scored is None:
        apart = () if full == _HUNDRED else kept  # goals of 100 points hold the execution of the budget themselves
        known = {node.name: node for node in (scored.indicators() if scored else ())}
        scored = System("scored", (*apart, *(_answering(root, known) for root in declared.roots)))
        codes = {node.code for root in apart for node in _leaves(root)}
    else:
        codes = {node.code for node in scored.indicators()}
    draft = replace(
        draft,
        systems=(declared, scored),
        actuals={code: given for code, given in draft.actuals.items() if code in codes},
        evidence=(Evidence(Message("goals.title").text("zh"), (DECLARED,), path.name, _digest(path)),),
    )
    return _with_fields(draft, reading), tuple(reading.findings)


def findings(folder: Path, evaluation: Evaluation) -> Iterator[Finding]:
    """Yield what departs from the goals that were approved; a file that is gone is found when the bundle is read."""
    for entry in evaluation.evidence:
        path = (folder if folder.is_dir() else folder.parent) / "evidence" / (entry.file or "")
        if DECLARED in entry.proves and entry.file and path.is_file():
            try:
                tables = _tables(path)
            except JixiaoError:
                tables = []
            yield from table_of_goals.departures(evaluation, tables)


def _tables(path: Path) -> list[Table]:
    from jixiao.formats import any_read  # noqa: PLC0415  (the libraries of a format are loaded for a file of it only)

    return any_read.read(path).tables()


def _digest(path: Path) -> str:
    from jixiao.formats.opened import opened  # noqa: PLC0415  (as above)

    return hashlib.sha256(opened(path)).hexdigest()


def _nodes(above: str, reading: Reading) -> list[dict[str, Any]]:
    """Return the tree of the nodes below a path, each with what the table says of it."""
    found = []
    for path in [path for path, parent in reading.within.items() if parent == above]:
        texts = {name: reading.values.get(f"{path}/{name}", "") for name in _FIELDS}
        said = {name: text for name, text in texts.items() if text.strip() and not is_placeholder(clean(text))}
        node: dict[str, Any] = {"code": path.partition("/")[2], **said}
        if path in reading.within.values():
            node["children"] = _nodes(path, reading)
        found.append(node)
    return found


def _coded(nodes: list[dict[str, Any]], letters: list[str]) -> list[dict[str, Any]]:
    """Return a tree in which every node has a code by its place: A, A1, A101.

    >>> _coded([{"name": "产出", "children": [{"name": "数量", "children": [{"name": "人数"}]}]}], ["A"])[0]["children"]
    [{'name': '数量', 'children': [{'name': '人数', 'code': 'A101'}], 'code': 'A1'}]
    >>> [node["code"] for node in _coded([{"name": "人数"}, {"name": "及时率"}], ["A"])]
    ['A01', 'A02']
    """
    groups = [node for node in nodes if "children" in node]
    named = {id(node): letter for node, letter in zip(groups, letters, strict=False)}
    plain = next((letter for letter in letters if letter not in named.values()), "Z")
    return [_below(node, named.get(id(node), f"{plain}{number:02}")) for number, node in enumerate(nodes, 1)]


def _below(node: dict[str, Any], code: str) -> dict[str, Any]:
    if "children" not in node:
        return {**node, "code": code}
    below = [
        _below(child, f"{code}{number}" if "children" in child else f"{code}{number:02}")
        for number, child in enumerate(node["children"], 1)
    ]
    return {**node, "children": below, "code": code}


def _executed(draft: Evaluation) -> tuple[Node, ...]:
    """Return the first-level part of the catalogue's system that scores the execution of the budget."""
    scored = draft.system("scored")
    roots = scored.roots if scored is not None and draft.kind in ANSWERING else ()
    return tuple(root for root in roots if any(_by_execution(node) for node in _leaves(root)))


def _by_execution(node: Indicator) -> bool:
    return node.rule is not None and node.rule.id == "execution_rate"


def _leaves(node: Node) -> list[Indicator]:
    return System("scored", (node,)).indicators()


def _weight(nodes: tuple[Node, ...]) -> Decimal | None:
    """Return the sum of the weights of all indicators, None where one has none."""
    weights = [leaf.weight for node in nodes for leaf in _leaves(node)]
    known = [one for one in weights if isinstance(one, Decimal)]
    return sum(known, Decimal(0)) if len(known) == len(weights) else None


def _answering(node: Node, known: dict[str, Indicator]) -> Node:
    """Return what is scored for a goal: the same, with its code as what it answers and the rule known for its name."""
    if isinstance(node, Group):
        return replace(node, children=tuple(_answering(child, known) for child in node.children))
    alike = known.get(node.name, node)
    return replace(node, objective=node.code, rule=alike.rule, direction=alike.direction, last_year=alike.last_year)


def _with_fields(draft: Evaluation, reading: Reading) -> Evaluation:
    """Return the draft with what the table says above its goals: project, offices, objective."""
    for path, text in reading.values.items():
        if path.startswith(("head/", "texts/")) and text.strip() and not is_placeholder(clean(text)):
            draft = put(draft, path, text.strip())
    return draft
