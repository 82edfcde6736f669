"""均值行列: a line of averages (人均, 次均, 户均) in a table of numbers, as one line of amounts over one of counts.

The amounts may stand in 万元 and the averages in 元, or be a year's and the averages a month's: the factor that fits
most of the line is meant.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.grid_rates import WIDEST
from jixiao.review.recognising.lines import NOT_ADDED, Line, about, is_percent
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Grid

AVERAGE = re.compile(r"人均|次均|户均|件均|例均|月均|单价|标准")
_FACTORS = ((1, 1), (10**4, 1), (10**8, 1), (1, 12), (10**4, 12), (10**8, 12))
_LEAST = 2


def averages(line: Line, lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return an average line as one line over another by the factor that fits most of it; none where few fit."""
    added = [other for other in lines if other is not line and not other.rates() and not NOT_ADDED.search(other.label)]
    best: list[Relation] = []
    fits = 0
    for amounts, counts in permutations(added[:WIDEST], 2):
        for factor in _FACTORS:
            tried = _over((line, amounts, counts), factor, across, grid)
            fitting = sum(1 for relation in tried if holds(relation))
            if fitting > fits:
                best, fits = tried, fitting
    return best if fits >= _LEAST and fits * 2 > len(best) else []


def _over(lines: tuple[Line, Line, Line], factor: tuple[int, int], across: list[Line], grid: Grid) -> list[Relation]:
    found = []
    for at, (average, amount, count) in enumerate(zip(*(line.claims for line in lines), strict=True)):
        if average is None or amount is None or count is None or count.figure is None or count.figure.num <= 0:
            continue
        if is_percent(average) or is_percent(amount) or is_percent(count):
            continue
        found.append(Relation("rate", (average, amount, count), about(lines[0], across[at], grid), {"scale": factor}))
    return found
