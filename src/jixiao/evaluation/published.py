"""公布值: what a reader sees at a path, stored or computed; forms, reports and claims all print from here.

Beside the paths of the Evaluation itself: `scored/C203/score`, `…/score_rate`, `…/lost`, `…/actual`, `…/completion`,
`…/deviation`, `…/growth` (against last year), `…/evidence`, `…/process`; for groups `scored/C/score`, `…/score_rate`,
`…/lost`, `…/weight`; for the whole `scored/score`, `scored/score_rate`, `scored/lost`, `scored/weight`, `scored/grade`,
`scored/count/3` (how many indicators of the third level); for the money `funds/total/executed`, `funds/total/unspent`,
`funds/rate/execution_rate` and, of one source, `funds/sources/中央/rate/execution_rate`; for the monitoring of the year
`monitoring/total/executed`, `monitoring/rate` and `monitoring/money/中央/rate`; for a cell of a fund table
`funds/tables/execution/喀什地区/合计/rate`, and without its sign `…/change/size`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.evaluation.monitoring import SPENT, rate
from jixiao.evaluation.paths import get
from jixiao.figures.figure import Figure, exactly, ratio
from jixiao.figures.target import Target
from jixiao.figures.units import PERCENT
from jixiao.findings import Message
from jixiao.funds import tables
from jixiao.funds.accounts import growth, less
from jixiao.funds.measures import NAMES, measure
from jixiao.funds.money import COLUMNS, Funds
from jixiao.indicators.indicator import Indicator
from jixiao.scoring.scorecard import Scorecard, share_of

if TYPE_CHECKING:
    from jixiao.evaluation.assess import Assessment
    from jixiao.indicators.system import Node, System

SIZE = "size"
UNSPENT = "unspent"  # received and not executed


def published(of: Assessment, path: str) -> Any:
    """Return the value a reader sees at a path, None where nothing stands; `KeyError` for a path that cannot be."""
    role, *rest = path.split("/")
    if role == "funds" and len(rest) > 1 and rest[-2] in ("total", "rate"):
        return _money(of, rest, path)
    if role == "funds" and rest[:1] == ["tables"]:
        return _of_table(of, rest[1:])
    if role == "monitoring":
        return _monitored(of, rest, path)
    system = next((system for system in of.evaluation.systems if system.role == role), None)
    if system is None:
        return None if role in ("scored", "declared") else get(of.evaluation, path)
    return _of_system(system, of, rest, path)


def _of_table(of: Assessment, rest: list[str]) -> Figure | None:
    """Return a cell of a fund table; its `size` is the amount of a change that words give the direction of."""
    *cell, last = rest
    figure = tables.at(of.evaluation.funds, of.evaluation.year, "/".join(cell if last == SIZE else rest))
    return figure if figure is None or last != SIZE else exactly(abs(figure.num), figure.den, figure.unit)


def _of_system(system: System, of: Assessment, rest: list[str], path: str) -> Any:
    """Return what a reader sees of a system or of one of its nodes."""
    role, name = system.role, rest[-1]
    if rest[0] == "count":
        return _count(system, name, path)
    card = of.card if of.card is not None and of.card.role == role else None
    if len(rest) == 1:
        return _whole(system, card, name, of, path)
    node = system.find(rest[0])
    if node is None:
        raise KeyError(path)
    return _at(node, card, name, of, path)


def _whole(system: System, card: Scorecard | None, name: str, of: Assessment, path: str) -> Any:
    if name == "weight":
        return points(system.full)
    if name in ("score", "score_rate", "lost", "grade"):
        if card is None or card.total is None:
            return None
        lost = points(card.full - card.total)
        return {"score": points(card.total), "score_rate": card.rate(), "lost": lost, "grade": card.grade}[name]
    return get(of.evaluation, path)


def _at(node: Node, card: Scorecard | None, name: str, of: Assessment, path: str) -> Any:
    if name == "weight":
        return points(node.weight) if isinstance(node.weight, Decimal) else node.weight
    if name in ("score", "score_rate", "lost"):
        return _score(node, card, name)
    if name == "actual":
        return of.actuals.get(_answered(node, of))
    if name in ("completion", "deviation", "growth"):
        return _growth(node, of) if name == "growth" else _completion(node, of, name)
    if name in ("process", "evidence", "why", "measure"):
        return _words(_answered(node, of) if name == "evidence" else node.code, name, of)
    return get(of.evaluation, path)


def _count(system: System, level: str, path: str) -> Figure:
    """Return how many indicators of a level (1, 2, 3) there are."""
    if level not in ("1", "2", "3"):
        raise KeyError(path)
    return exactly(sum(1 for _, above in system.walk() if len(above) + 1 == int(level)))


def _money(of: Assessment, rest: list[str], path: str) -> Figure | None:
    """Return a total or a rate of the funds or of one source, None where it cannot be computed."""
    *source, kind, name = rest
    if kind == "total" and name == UNSPENT:
        return less(*(_money(of, [*source, kind, column], path) for column in ("received", "executed")))
    column = next((column for column in COLUMNS if column == name), None)
    if (column is None if kind == "total" else name not in NAMES) or (source and source[0] != "sources"):
        raise KeyError(path)
    funds = Funds(sources=(get(of.evaluation, f"funds/{'/'.join(source)}"),)) if source else of.evaluation.funds
    if column is not None:
        return funds.total(column)
    found = measure(funds, name)
    return None if isinstance(found, Message) else found[0]


def _monitored(of: Assessment, rest: list[str], path: str) -> Any:
    """Return what the monitoring of the year says, or a total or a rate of its money."""
    monitoring = of.evaluation.monitoring
    if rest[-1] == "rate":
        return rate(monitoring, of.evaluation.funds, rest[1] if len(rest) > 2 else None)
    if rest[0] == "total" and rest[-1] in SPENT:
        return monitoring.total("executed" if rest[-1] == "executed" else "expected")
    return get(of.evaluation, path)


def _answered(node: Node, of: Assessment) -> str:
    """Return the code under which the actual value of a node stands: its own, or that of the scored twin."""
    scored = of.evaluation.system("scored")
    if node.code in of.actuals or scored is None:
        return node.code
    return next((twin.code for twin in scored.indicators() if twin.objective == node.code), node.code)


def _score(node: Node, card: Scorecard | None, name: str) -> Figure | None:
    awarded = card.sums.get(node.code) if card is not None else None
    if awarded is None:
        return None
    if name == "score":
        return points(awarded)
    assert card is not None
    full = card.scores[node.code].full if node.code in card.scores else node.weight
    if name == "lost":
        return points(full - awarded) if isinstance(full, Decimal) else None
    return share_of(awarded, full) if isinstance(full, Decimal) else None


def _completion(node: Node, of: Assessment, name: str) -> Figure | None:
    """Return actual ÷ target, or that less 100%; None for words, dates, zero targets and different units."""
    actual = of.actuals.get(_answered(node, of))
    goal = node.target.figure() if isinstance(node, Indicator) and isinstance(node.target, Target) else None
    if (
        actual is None
        or goal is None
        or not isinstance(actual.value, Figure)
        or actual.value.unit.base != goal.unit.base
    ):
        return None
    done = ratio(actual.value, goal, PERCENT)
    if done is None or name == "completion":
        return done
    return exactly(done.num - done.den, done.den, PERCENT)


def _growth(node: Node, of: Assessment) -> Figure | None:
    """Return (actual − last year) ÷ last year; None where either is no figure, or last year's was nought."""
    actual = of.actuals.get(_answered(node, of))
    now, last = (actual.value if actual is not None else None), getattr(node, "last_year", None)
    return growth(now, last) if isinstance(now, Figure) and isinstance(last, Figure) else None


def _words(code: str, name: str, of: Assessment) -> Any:
    if name == "evidence":
        return "；".join(entry.title for entry in of.evaluation.evidence if code in entry.proves) or None
    if name in ("why", "measure"):
        reason = of.evaluation.reasons.get(code)
        return getattr(reason, name) if reason else None
    score = of.card.scores.get(code) if of.card else None
    return None if score is None else tuple(step.what for step in score.steps)


def points(value: Decimal) -> Figure:
    """Return a score or weight as the figure a table prints: 5.70 as 5.7, 6.00 as 6."""
    return exactly(*value.as_integer_ratio()).published(max(0, -int(value.as_tuple().exponent)))
