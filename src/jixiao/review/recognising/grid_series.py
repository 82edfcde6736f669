"""逐年的行列: a table whose lines are years: growth over the year before, and what is carried on from it.

同比增长  amount ÷ last year's amount − 1
累计结余  last year's 累计结余 + this year's 当期结余
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.lines import Line, about, is_percent
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Grid

_YEAR = re.compile(r"(20\d\d)年?(?:度|末|底)?(?:决算|实际|数)?$")
_GROWTH = re.compile(r"同比|增长|增幅|增速|比上年|较上年")
_KEPT, _OWN = (
    re.compile(r"累计结余|滚存结余|年末结余|结余累计|累计结存"),
    re.compile(r"(?:当期|当年|本年|本期|年度|收支)结余"),
)
_NEAREST = 4


def series(lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return growth and carried balances of lines whose positions are years that follow each other."""
    years = [int(match[1]) if (match := _YEAR.search(line.label or line.parent)) else 0 for line in across]
    steps = [n for n in range(1, len(years)) if years[n - 1] and years[n] == years[n - 1] + 1]
    if not steps or len(steps) < len(years) - 1:
        return []
    found: list[Relation] = []
    for line in lines:
        if _GROWTH.search(line.label) and any(claim is not None and is_percent(claim) for claim in line.claims):
            found += _growth(line, lines, (steps, across), grid)
        elif _KEPT.search(line.label):
            found += _kept(line, lines, (steps, across), grid)
    return found


def _growth(line: Line, lines: list[Line], along: tuple[list[int], list[Line]], grid: Grid) -> list[Relation]:
    """Return a growth line over the amounts before it that explain most of it."""
    before = [other for other in lines[: lines.index(line)] if not other.rates()][::-1][:_NEAREST]
    tried = []
    for amounts in before:
        relations = []
        for at in along[0]:
            rate, this, last = line.claims[at], amounts.claims[at], amounts.claims[at - 1]
            if rate is None or this is None or last is None or last.figure is None or not last.figure.num:
                continue
            if is_percent(rate):
                relations.append(Relation("change", (rate, this, last), about(line, along[1][at], grid)))
        tried.append(relations)
    return _best(tried)


def _kept(line: Line, lines: list[Line], along: tuple[list[int], list[Line]], grid: Grid) -> list[Relation]:
    """Return what is carried on: last year's and this year's own."""
    tried = []
    for own in (other for other in lines if _OWN.search(other.label) and other is not line):
        relations = []
        for at in along[0]:
            claims = (line.claims[at], line.claims[at - 1], own.claims[at])
            known = tuple(claim for claim in claims if claim is not None)
            if len(known) == len(claims):
                relations.append(Relation("balance", known, about(line, along[1][at], grid), {"signs": (1, 1)}))
        tried.append(relations)
    return _best(tried)


def _best(tried: list[list[Relation]]) -> list[Relation]:
    """Return the relations of which most hold, if half of them do."""
    best = max(tried, key=_fits, default=[])
    return best if best and _fits(best) * 2 >= len(best) else []


def _fits(relations: list[Relation]) -> int:
    return sum(1 for relation in relations if holds(relation))
