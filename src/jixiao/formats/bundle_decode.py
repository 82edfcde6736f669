"""评价项目文件的含义: the checked shape of a file to an Evaluation, with the place of each value by its path."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.evaluation.model import Amendment, Evaluation, Evidence, Head, Reason
from jixiao.evaluation.reading import weight
from jixiao.figures.actual import Checked
from jixiao.figures.actual_notation import actual as read_actual
from jixiao.figures.notation import figure
from jixiao.figures.target_notation import measure_of
from jixiao.figures.target_notation import target as read_target
from jixiao.figures.units import BARE, Unit, unit
from jixiao.figures.unread import Unread
from jixiao.findings import Message
from jixiao.formats import bundle_ledger, bundle_procedure
from jixiao.formats.bundle_schema import BalanceShape, ReasonShape, params_of
from jixiao.funds.money import COLUMNS, Balance, Funds, Money, Source
from jixiao.indicators.indicator import Actual, Binding, Group, Indicator, RuleRef, Typed
from jixiao.indicators.system import System
from jixiao.scoring.score import Override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jixiao.figures.figure import Figure
    from jixiao.findings import Place
    from jixiao.formats.bundle_schema import ActualShape, BundleShape, FundsShape, NodeShape, SystemShape
    from jixiao.formats.yaml_text import Loc
    from jixiao.indicators.system import Node, Role


def decoded(shape: BundleShape, source_places: Mapping[Loc, Place]) -> tuple[Evaluation, dict[str, Place]]:
    """Return the Evaluation that a shape means, and the place of every value by path."""
    places: dict[str, Place] = {}
    systems = tuple(_system(role, system, source_places, places) for role, system in shape.systems.items())
    places |= {path: place for loc, place in source_places.items() if (path := _path(loc, shape)) is not None}
    return _evaluation(shape, systems), places


def _path(loc: Loc, shape: BundleShape) -> str | None:
    """Return the path under which a place in a file is known; None below the systems, which know their own."""
    if loc and loc[0] == "funds":
        return _fund_path(loc, shape.funds)
    return "/".join(map(str, loc)) if not loc or loc[0] != "systems" or len(loc) == 1 else None


def _evaluation(shape: BundleShape, systems: tuple[System, ...]) -> Evaluation:
    goals = {node.code: node for system in systems for node, _ in system.walk() if isinstance(node, Indicator)}
    return Evaluation(
        kind=shape.kind,
        year=int(shape.year),
        head=Head(**shape.head.model_dump()),
        as_of=shape.as_of,
        systems=systems,
        actuals={
            code: _actual(given, goals.get(code))
            for code, given in shape.actuals.items()
            if given.model_dump(exclude_defaults=True)
        },
        overrides={
            code: Override(Decimal(given.score), given.reason)
            for code, given in shape.overrides.items()
            if given.score is not None
        },
        reasons={
            code: Reason(given.why, given.measure) for code, given in shape.reasons.items() if given != ReasonShape()
        },
        funds=_funds(shape.funds),
        evidence=tuple(
            Evidence(entry.title, tuple(entry.proves), entry.file, entry.sha256) for entry in shape.evidence
        ),
        texts=dict(shape.texts),
        amendments=tuple(Amendment(**entry.model_dump()) for entry in shape.amendments),
        schema=shape.schema_,
        pack=shape.pack,
        report=shape.report,
        procedure=bundle_procedure.procedure(shape.procedure),
        monitoring=bundle_procedure.monitoring(
            shape.monitoring, {code: goal.target for code, goal in goals.items()}, unit(shape.funds.unit) or BARE
        ),
        forms=tuple(shape.forms),
    )


def _system(role: Role, shape: SystemShape, known: Mapping[Loc, Place], places: dict[str, Place]) -> System:
    loc: Loc = ("systems", role)
    for name in ("", "places", "full", "frame", "authority"):
        at = (*loc, name) if name else loc
        if at in known:
            places["/".join(part for part in (role, name) if part)] = known[at]
    roots = tuple(
        _node(node, role, (*loc, "indicators", number), known, places) for number, node in enumerate(shape.indicators)
    )
    return System(role, roots, int(shape.places), Decimal(shape.full), shape.frame, shape.authority)


def _node(shape: NodeShape, role: Role, loc: Loc, known: Mapping[Loc, Place], places: dict[str, Place]) -> Node:
    path = f"{role}/{shape.code}"
    for name in ("", *type(shape).model_fields):
        at = (*loc, name) if name else loc
        if at in known:
            places.setdefault(f"{path}/{name}" if name else path, known[at])
    worth = None if shape.weight is None else weight(shape.weight)
    if shape.children is not None:
        children = tuple(
            _node(child, role, (*loc, "children", number), known, places) for number, child in enumerate(shape.children)
        )
        return Group(shape.code, shape.name, worth, children)
    goal = None if shape.target is None else read_target(shape.target)
    rule = None if shape.rule is None else RuleRef(shape.rule.id, params_of(shape.rule), shape.rule.authority)
    last = None if shape.last_year is None else figure(shape.last_year, expected=measure_of(goal))
    return Indicator(
        shape.code,
        shape.name,
        worth,
        goal,
        rule,
        shape.direction,
        shape.basis,
        shape.explanation,
        shape.criteria,
        last,
        shape.objective,
    )


def _actual(shape: ActualShape, indicator: Indicator | None) -> Actual | Binding:
    places = None if shape.places is None else int(shape.places)
    if shape.source is not None:
        return Binding(shape.source, shape.measure or "", dict(shape.where), places)
    origin = Typed(shape.document, shape.by)
    text = shape.value or ""
    if shape.met is not None:
        return Actual(_checked(shape.met, text, indicator), origin, places)
    return Actual(read_actual(text, indicator.target if indicator else None), origin, places)


def _checked(met: list[str] | str, word: str, indicator: Indicator | None) -> Checked | Unread:
    """Return the met elements of a checklist: `all`, or their numbers from 1."""
    if met == "all":
        elements = (indicator.rule.params.get("elements") if indicator and indicator.rule else None) or ()
        return Checked(tuple(range(1, len(elements) + 1)), word)
    if isinstance(met, str) or not all(number.isdecimal() for number in met):
        return Unread(str(met), Message("bundle.met", {"spelt": met}))
    return Checked(tuple(sorted({int(number) for number in met})), word)


def _funds(shape: FundsShape) -> Funds:
    measure = unit(shape.unit) or BARE
    return Funds(
        tuple(Source(source.name, _money(source, measure)) for source in shape.sources),
        _money(shape.stated, measure),
        shape.executed_basis,
        None if shape.balance == BalanceShape() else _balance(shape.balance, measure),
        bundle_ledger.decoded(shape.ledger, measure),
    )


def _balance(shape: BalanceShape, measure: Unit) -> Balance:
    return Balance(
        _amount(shape.rolling, measure),
        _amount(shape.expenditure, measure),
        shape.rolling_document,
        shape.expenditure_document,
    )


def _money(shape: Any, measure: Unit) -> Money:
    return Money(*(_amount(getattr(shape, column), measure) for column in COLUMNS))


def _amount(text: str | None, measure: Unit) -> Figure | Unread | None:
    return None if text is None else figure(text, expected=measure)


def _fund_path(loc: Loc, shape: FundsShape) -> str:
    """Return the path of a place under funds; a source is named, not numbered, where it has a name."""
    if len(loc) >= 3 and loc[1] == "sources" and isinstance(loc[2], int):
        name = shape.sources[loc[2]].name or loc[2]
        return "/".join(map(str, ("funds", "sources", name, *loc[3:])))
    return "/".join(map(str, loc))
