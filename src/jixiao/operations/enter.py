"""填格: what a person types into the cells of a form, put into the Evaluation; a blank erases.

The same reading as for a form that was filled in on paper: only inputs are taken, a computed cell never.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jixiao.evaluation.paths import get, put
from jixiao.figures.actual import Checked
from jixiao.findings import Finding, Message, Place
from jixiao.forms.absorb import absorbed
from jixiao.forms.form import Block, Line, completed
from jixiao.forms.read import Reading
from jixiao.indicators.indicator import Actual, Binding, Indicator, Typed
from jixiao.operations.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.forms.form import Field, Form, Kind
    from jixiao.indicators.system import System

_ASKED = ("name", "weight", "target", "last_year", "basis", "explanation", "criteria", "actual")
_OPEN = ("head", "texts", "reasons", "procedure")
_TYPED: tuple[Kind, ...] = ("words", "text", "points", "target", "actual", "figure", "money", "reason", "entry", "date")
LONGEST = 20_000
_NOWHERE = Place()


def inputs(form: Form, evaluation: Evaluation) -> dict[str, Kind]:
    """Return the paths of a form that a person fills in, each with its kind, in the order of the form.

    The cell that names an indicator is typed at the path of its name. Scores, rates, totals and actual values computed
    from elsewhere are not among them.
    """
    block = form.block()
    system = evaluation.system(block.role) if block else None
    found: dict[str, Kind] = {}
    for parts, _ in form.runs():
        for part in parts:
            if isinstance(part, Line):
                fields = [cell for cell in part.cells if hasattr(cell, "path")]
                found |= _of_fields(fields, system)
            elif isinstance(part, Block):
                found |= _of_block(part, evaluation, system)
    return {path: kind for path, kind in found.items() if kind in _TYPED and is_typed(evaluation, path)}


def _of_fields(fields: list[Any], system: System | None) -> dict[str, Kind]:
    named: list[tuple[str | None, Field]] = [(completed(field.path, system), field) for field in fields]
    return {path: field.kind for path, field in named if path is not None}


def _of_block(block: Block, evaluation: Evaluation, system: System | None) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for node, _ in block.nodes(system):
        for column in block.columns if isinstance(node, Indicator) else ():
            if column.kind != "group" and column.piece is None:
                path = column.path.format(code=node.code)
                found |= {f"{path}/name": "words"} if column.kind == "leaf" else {path: column.kind}
    if block.of_system() or block.derive is not None:
        return found
    standing = get(evaluation, block.over)
    keys = standing if hasattr(standing, "keys") else range(len(standing))
    columns = [column for column in block.columns if column.path.startswith("{row}/") and column.piece is None]
    return {column.path.format(row=f"{block.over}/{key}"): column.kind for key in keys for column in columns}


def is_typed(evaluation: Evaluation, path: str) -> bool:
    """Return whether a person types the value at a printed path, by what the evaluation says now."""
    first, *rest = path.split("/")
    if first == "funds":
        computed = rest[0] == "total" and bool(evaluation.funds.sources)
        return not computed and "rate" not in rest
    if first in _OPEN:
        return True
    if first == "monitoring":
        return rest[-1] != "rate" and "total" not in rest
    if first not in ("scored", "declared") or len(rest) != 2 or rest[1] not in _ASKED:
        return False
    return rest[1] != "actual" or not isinstance(evaluation.actuals.get(rest[0]), Binding)


def enter(
    evaluation: Evaluation, form: Form, texts: Mapping[str, str], of: Assessment | None = None
) -> Outcome[Evaluation]:
    """Return the evaluation with the texts of some cells in place, and what did not fit; no file is touched.

    `of` is the assessment of the evaluation, where it stands already.
    """
    kinds = inputs(form, evaluation)
    refused = [_refused(path, text) for path, text in texts.items() if path not in kinds or len(text) > LONGEST]
    asked = {path: text for path, text in texts.items() if path in kinds and len(text) <= LONGEST}
    blank = [path for path, text in asked.items() if not text.strip()]
    for path in blank:
        evaluation = cleared(evaluation, path)
    said = {path: text for path, text in asked.items() if path not in blank}
    listed = {path: text for path, text in said.items() if _elements(evaluation, path)}
    for path, text in listed.items():
        evaluation = _checked(evaluation, path, text)
    said = {path: text for path, text in said.items() if path not in listed}
    if not said:
        return Outcome(evaluation, tuple(refused))
    reading = Reading(said, {path: _NOWHERE for path in said}, {}, [], {path: kinds[path] for path in said})
    changed, found = absorbed(evaluation, form, reading, of)
    told = [replace(one, places=()) for one in found if one.check != "form_row_gone"]  # one cell is not the whole form
    return Outcome(changed, tuple([*refused, *told]))


def cleared(evaluation: Evaluation, path: str) -> Evaluation:
    """Return the evaluation with nothing at a printed path."""
    first, *rest = path.split("/")
    if first in ("texts", "reasons") or rest[-1] == "actual":
        section, code = (first, rest[0]) if first in ("texts", "reasons") else ("actuals", rest[0])
        kept = {name: value for name, value in getattr(evaluation, section).items() if name != code}
        return put(evaluation, section, kept)
    path = path.replace("funds/total/", "funds/stated/")
    try:
        return put(evaluation, path, "" if isinstance(get(evaluation, path), str) and first != "head" else None)
    except KeyError:
        return evaluation


def _elements(evaluation: Evaluation, path: str) -> bool:
    """Return whether the actual value at a path is one of a checklist: which of its elements are met."""
    first, *rest = path.split("/")
    system = next((system for system in evaluation.systems if system.role == first), None)
    node = system.find(rest[0]) if system and rest and rest[-1] == "actual" else None
    return isinstance(node, Indicator) and node.rule is not None and node.rule.id == "checklist"


def _checked(evaluation: Evaluation, path: str, text: str) -> Evaluation:
    """Put a checklist's met elements: their numbers from 1, or 全部; anything else stays the word printed for it."""
    code = path.split("/")[1]
    node = get(evaluation, f"{path.partition('/')[0]}/{code}")
    count = len(node.rule.params.get("elements", ()))
    numbers = tuple(sorted({int(found) for found in re.findall(r"\d+", text)}))
    met = tuple(range(1, count + 1)) if text.strip() in ("全部", "all") else numbers
    standing = evaluation.actuals.get(code)
    origin = standing.origin if isinstance(standing, Actual) else Typed()
    return put(evaluation, f"actuals/{code}", Actual(Checked(met, text.strip()), origin))


def _refused(path: str, text: str) -> Finding:
    if len(text) > LONGEST:
        said = Message("enter.too_long", {"longest": LONGEST})
        return Finding("enter", "error", said, Message("enter.too_long.remedy"), paths=(path,), printed=text[:40])
    said = Message("enter.not_an_input", {"path": path})
    return Finding("enter", "error", said, Message("enter.not_an_input.remedy"), paths=(path,), printed=text[:40])
