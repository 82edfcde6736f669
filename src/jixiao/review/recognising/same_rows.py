"""同一指标的几张表: indicators that stand in two tables of a report, whose targets, values and marks are the same.

Two tables are held against each other only where they agree in most of what they share; a table of adjusted, earlier
or declared figures is about something else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.naming import comparable, plain
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.review.recognising.indicators import Indicator, ScoreTable

KINDS = ("target", "actual", "weight", "score")
_OTHERWISE = re.compile(r"调整|原表|申报|上年|去年|往年|中期|监控|年初|填报样")
_LEAST = 3


def recognise(tables: list[ScoreTable]) -> Iterator[Relation]:
    """Yield the figures of indicators that several tables give, each beside that of the first."""
    for one, other in combinations([table for table in tables if not _otherwise(table)], 2):
        if one.grid is not other.grid and _by_name(one).keys() & _by_name(other).keys():
            yield from _beside(one, other)


@lru_cache(maxsize=512)
def _otherwise(table: ScoreTable) -> bool:
    """Return whether a table is called one of adjusted, declared or earlier figures."""
    return bool(_OTHERWISE.search(f"{table.grid.caption}{table.grid.above[-30:]}"))


def _beside(one: ScoreTable, other: ScoreTable) -> Iterator[Relation]:
    own, others = _by_name(one), _by_name(other)
    found: list[Relation] = []
    for kind in KINDS if _weighed_alike(one, other) else KINDS[:2]:
        found += [
            Relation("same", (others[name].claims[kind], row.claims[kind]), row.name, {"kind": kind})
            for name, row in own.items()
            if name in others and _both(row, others[name], kind)
        ]
    apart = [relation for relation in found if not holds(relation)]
    told = [relation for relation in found if _tells(relation)]
    told_apart = [relation for relation in apart if _tells(relation)]
    agree = len(found) - len(apart)
    if agree < _LEAST or len(apart) * 6 > agree:
        return
    if len(told) - len(told_apart) >= max(2, len(told_apart) * 2):
        yield from found


def _tells(relation: Relation) -> bool:
    """Return whether a figure is one of its own: no mark, and no round percentage that any table may have."""
    figure = relation.result.figure
    if figure is None or relation.facts["kind"] not in ("target", "actual") or figure.num == 0:
        return False
    return figure.unit.name != "%" or len(re.sub(r"\D", "", relation.result.text).rstrip("0")) > 2


def _weighed_alike(one: ScoreTable, other: ScoreTable) -> bool:
    """Return whether two tables give most of the indicators that they share the same weight."""
    own, others = _by_name(one), _by_name(other)
    pairs = [
        (row.claims["weight"].key, others[name].claims["weight"].key)
        for name, row in own.items()
        if name in others and _both(row, others[name], "weight")
    ]
    alike = sum(1 for a, b in pairs if a == b)
    return len(pairs) >= _LEAST and alike * 6 >= len(pairs) * 5


def _both(one: Indicator, other: Indicator, kind: str) -> bool:
    """Return whether two rows give a kind in the same unit."""
    figures = [row.claims[kind].figure for row in (one, other) if kind in row.claims]
    known = [figure for figure in figures if figure is not None]
    return len(known) == 2 and comparable(*known)


@lru_cache(maxsize=512)
def _by_name(table: ScoreTable) -> dict[str, Indicator]:
    """Return the indicators whose name stands once in a table."""
    named: dict[str, list[Indicator]] = {}
    for indicator in table.indicators:
        named.setdefault(plain(indicator.name), []).append(indicator)
    return {name: rows[0] for name, rows in named.items() if len(rows) == 1 and name}
