"""并表: what a filled-in form says, put into the Evaluation; computed cells are never taken, only compared.

A cell that says what we print there leaves the value and its source as they are. A blank cell never erases.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.evaluation.assess import assess
from jixiao.evaluation.model import Reason
from jixiao.evaluation.monitoring import Progress, Spending
from jixiao.evaluation.paths import get, put
from jixiao.evaluation.reading import value_at
from jixiao.figures.dates import day
from jixiao.figures.figure import Figure
from jixiao.figures.notation import clean, figure, is_placeholder
from jixiao.figures.units import BARE, unit
from jixiao.figures.unread import Unread
from jixiao.findings import Finding, Message
from jixiao.forms.entries import settled
from jixiao.forms.write import MEASURE, WHY, printed
from jixiao.funds.money import Funds, Money, Source
from jixiao.indicators.indicator import Actual, Binding
from jixiao.indicators.system import ROLES

if TYPE_CHECKING:
    from jixiao.documents.document import Cell
    from jixiao.evaluation.assess import Assessment
    from jixiao.evaluation.model import Evaluation
    from jixiao.figures.units import Unit
    from jixiao.findings import Severity
    from jixiao.forms.form import Form, Kind
    from jixiao.forms.read import Reading

_COMPUTED = ("score", "score_rate")
_MONITORED = {"indicators": Progress(), "money": Spending()}
_NOT_TAKEN: tuple[Kind, ...] = ("process", "rule")


class _Entry(NamedTuple):
    """One cell that was read: its path, its text, how it reads, and the cell that we print there."""

    path: str
    text: str
    kind: Kind
    ours: Cell | None


def absorbed(
    evaluation: Evaluation, form: Form, reading: Reading, of: Assessment | None = None
) -> tuple[Evaluation, list[Finding]]:
    """Return the evaluation with the inputs of a form that was read, and findings with their paths and places.

    Inputs are targets, weights, names, actual values, reasons, amounts and texts. A computed figure (a score, a rate, a
    total, an actual value computed from the funds) that differs from ours, once the inputs are in, is a finding.
    `of` is the assessment of the evaluation, where it stands already.
    """
    assessed = of if of is not None and of.evaluation is evaluation else assess(evaluation)
    evaluation, reading, rows = settled(assessed, form, reading)
    now = assess(evaluation) if evaluation is not assessed.evaluation else assessed
    ours = printed(form, now, reading.values.keys())
    findings = [*reading.findings, *rows]
    computed = []
    for path, text in reading.values.items():
        entry = _Entry(path, text, reading.kinds[path], ours.get(path))
        if _is_computed(evaluation, form, entry):
            computed.append(entry)
        elif entry.kind not in _NOT_TAKEN and not path.endswith("/evidence"):
            evaluation, found = _take(evaluation, form, entry)
            findings += [replace(finding, places=(reading.places[path],)) for finding in found]
    if computed:
        ours = printed(form, assess(evaluation), {entry.path for entry in computed})
    for entry in computed:
        findings += [replace(found, places=(reading.places[entry.path],)) for found in _compared(entry, ours, form)]
    return evaluation, findings


def _is_computed(evaluation: Evaluation, form: Form, entry: _Entry) -> bool:
    *above, last = entry.path.split("/")
    block = form.block()
    derived = block is not None and block.derive is not None and entry.path.startswith(f"{block.over}/")
    monitored = entry.path.startswith("monitoring/") and (last == "rate" or above[-1] == "total")
    tabled = entry.path.startswith("funds/tables/")
    of_ledger = entry.path.startswith("funds/sources/") and _of_ledger(evaluation.funds)
    rate = entry.path.startswith("funds/") and above[-1] == "rate"
    if derived or monitored or tabled or of_ledger or rate:
        return True
    if entry.path.startswith("funds/total/"):
        return bool(evaluation.funds.sources)
    if last == "actual":
        return isinstance(evaluation.actuals.get(above[-1]), Binding)
    scored = last in _COMPUTED and above[0] in ROLES  # the second score of a spot check is typed
    return scored or entry.path in ("scored/weight", "declared/weight")


def _of_ledger(funds: Funds) -> bool:
    """Return whether the sources of money follow from the lines of a ledger."""
    return funds.ledger is not None and bool(funds.sources) and funds.sources == Funds(ledger=funds.ledger).sources


def _take(evaluation: Evaluation, form: Form, entry: _Entry) -> tuple[Evaluation, list[Finding]]:
    """Return the evaluation with one input put where it belongs."""
    said = clean(entry.text)
    path, standing = _stored(entry.path), _standing(evaluation, entry)
    if entry.ours is not None and clean(entry.ours.text) == said:
        return evaluation, []
    if not said or is_placeholder(said):
        stood = entry.ours.text if entry.ours is not None and not is_placeholder(clean(entry.ours.text)) else ""
        return evaluation, [_finding("form.emptied", "note", entry, standing=stood)] if stood else []
    value = _value(evaluation, form, path, entry)
    if _same(value, standing):
        return evaluation, []
    try:
        changed = put(_with_record(evaluation, path), path, value)
    except KeyError:
        return evaluation, [_finding("form.no_place", "error", entry, path=path)]
    hole = value.value if isinstance(value, Actual) else value
    found = [_finding("form.unread", "error", entry, why=hole.why)] if isinstance(hole, Unread) else []
    if path.endswith("/target") and standing is not None and not form.declares:
        found.append(_finding("form.amendment", "warning", entry, before=str(standing), path=path))
    return changed, found


def _standing(evaluation: Evaluation, entry: _Entry) -> Any:
    """Return the value that a cell stands for now, None where there is none."""
    if entry.ours is not None:
        return entry.ours.value
    try:
        return get(evaluation, entry.path)
    except KeyError:
        return None


def _stored(path: str) -> str:
    """Return the path under which the value of a printed path is kept."""
    parts = path.split("/")
    if parts[-1] == "actual":
        return f"actuals/{parts[-2]}"
    return path.replace("funds/total/", "funds/stated/")


def _value(evaluation: Evaluation, form: Form, path: str, entry: _Entry) -> Any:
    if entry.kind == "reason":
        return reason(entry.text)
    if entry.kind == "money":
        return figure(entry.text, expected=_unit(form))
    if entry.kind == "date":
        return _iso(entry.text.strip())
    if entry.kind in ("words", "text", "entry"):
        return entry.text.strip()
    return value_at(evaluation, path, entry.text)


def _iso(text: str) -> str:
    """Return a whole date as bundles keep it, anything less as it was said."""
    said = day(text)
    whole = said is not None and None not in (said.year, said.month, said.day)
    return f"{said.year}-{said.month:02}-{said.day:02}" if said is not None and whole else text


def _unit(form: Form) -> Unit:
    return unit(form.money_unit) or BARE


def reason(text: str) -> Reason:
    """Return the reason that a cell of 偏差原因分析及改进措施 gives, its measure apart where it is marked.

    >>> reason("偏差原因：停保增多；改进措施：跟踪停保人员")
    Reason(why='停保增多', measure='跟踪停保人员')
    """
    why, _, measure = text.strip().replace(MEASURE.replace("：", ":"), MEASURE).partition(MEASURE)
    why = why.strip().removeprefix(WHY).removeprefix(WHY.replace("：", ":"))
    return Reason(why.strip(" ；;。\n") if measure else why.strip(), measure.strip() or None)


def _same(value: Any, standing: Any) -> bool:
    """Return whether a value read is the one that stands, however it is spelt."""
    value = value.value if isinstance(value, Actual) else value
    standing = standing.value if isinstance(standing, Actual) else standing
    if isinstance(value, Figure) and isinstance(standing, Figure):
        return value.same_as(standing)
    if isinstance(standing, Figure) and hasattr(value, "as_integer_ratio"):
        return bool((standing.num, standing.den) == value.as_integer_ratio())
    if isinstance(value, str) and isinstance(standing, str):
        return clean(value) == clean(standing)
    return bool(value == standing)


def _with_record(evaluation: Evaluation, path: str) -> Evaluation:
    """Return the evaluation with the source of money or the monitored entry that a path names, added where need be."""
    funds, sources, name, *_ = [*path.split("/"), "", "", ""]
    if funds == "monitoring" and sources in _MONITORED and name not in get(evaluation, f"{funds}/{sources}"):
        return put(evaluation, f"{funds}/{sources}/{name}", _MONITORED[sources])
    if (funds, sources) != ("funds", "sources") or any(source.name == name for source in evaluation.funds.sources):
        return evaluation
    return put(evaluation, "funds/sources", (*evaluation.funds.sources, Source(name, Money())))


def _compared(entry: _Entry, ours: dict[str, Cell], form: Form) -> list[Finding]:
    """Find a typed figure that is not the one we compute; of a rate or an amount its rounding is allowed for."""
    cell, said = ours.get(entry.path), clean(entry.text)
    if cell is None or not said or is_placeholder(said) or said == clean(cell.text) or is_placeholder(clean(cell.text)):
        return []
    exact = cell.value.value if isinstance(cell.value, Actual) else cell.value
    typed = figure(said.removesuffix("分"), expected=_unit(form) if entry.kind == "money" else BARE)
    if isinstance(typed, Figure) and isinstance(exact, Figure) and typed.unit.base == exact.unit.base:
        point = replace(exact, places=None).interval()
        if typed.same_as(exact) or (entry.kind != "points" and typed.interval().meets(point)):
            return []
    return [replace(_finding("form.computed", "error", entry, expected=cell.text), expected=cell.text)]


def _finding(what: str, severity: Severity, entry: _Entry, **args: object) -> Finding:
    said = Message(what, {"printed": entry.text, **args})
    remedy = Message(f"{what}.remedy", said.args)
    return Finding(what.replace(".", "_"), severity, said, remedy, paths=(entry.path,), printed=entry.text)
