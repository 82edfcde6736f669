"""均值与打分: rows of averages, and satisfaction that comes from how many chose each answer.

平均      the mean of the other rows, or of them without the highest and the lowest
平均分    Σ points × answers ÷ answers
满意度    the mean of the points over the highest, or the share of those who are satisfied
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.lines import RATE, TOTAL, Line, about, is_percent
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jixiao.review.recognising.material import Grid

_MEAN = re.compile(r"^(?:平均|均值|平均分|平均得分|平均值|平均数)$")
_APART = re.compile(rf"{TOTAL.pattern}|满分|分值|权重|标准分")
_POINTS = re.compile(r"[（(](\d+)分[)）]")
_ANSWER = re.compile(r"满意|一般|了解|知晓|好|差|同意")
_RESULT = re.compile(r"满意[度率]|平均|得分|均分|知晓率|好评率")
_LEAST = 3


def means(lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return the figures of a line called an average over those of the other lines."""
    found: list[Relation] = []
    for line in lines:
        if not _MEAN.search(line.label):
            continue
        others = [other for other in lines if other is not line and not _APART.search(other.label)]
        own = [at for at, other in enumerate(across) if not TOTAL.search(other.label)]  # totals add up on their own
        tried = [_mean(line, others, (at, across), grid, least=0) for at in range(len(across))]
        trimmed = [_mean(line, others, (at, across), grid, least=1) for at in own]
        best = max(([r for r in each if r] for each in (tried, trimmed)), key=_fits)
        found += best if best and _fits(best) * 2 >= len(best) else []
    return found


def _mean(line: Line, others: list[Line], along: tuple[int, list[Line]], grid: Grid, *, least: int) -> Relation | None:
    """Return an average over the others, without so many of the lowest and the highest."""
    at, across = along
    claims = [claim for other in others if (claim := other.claims[at]) is not None]
    average = line.claims[at]
    claims.sort(key=lambda claim: claim.figure.num / claim.figure.den if claim.figure is not None else 0)
    claims = claims[least : len(claims) - least]
    if average is None or len(claims) < _LEAST or any(map(is_percent, (average, *claims))):
        return None
    facts = {"top": (1,) * len(claims), "over": len(claims)}
    return Relation("weighted", (average, *claims), about(line, across[at], grid), facts)


def answers(lines: list[Line], across: list[Line], grid: Grid) -> Iterator[Relation]:
    """Yield averages and rates of satisfaction over the answers beside them, by the formula that fits most lines."""
    chosen = [line for line in lines if _ANSWER.search(line.label) and not _RESULT.search(line.label)]
    chosen = [line for line in chosen if not RATE.search(line.label)]
    if len(chosen) < _LEAST or not all(_counts(line) for line in chosen):
        return
    for line in lines:
        if line in chosen or not _RESULT.search(line.label) or line.index < chosen[-1].index:
            continue
        tried = [
            [r for at in range(len(line.claims)) if (r := _of(line, chosen, facts, (at, across), grid)) is not None]
            for facts in _formulas(chosen)
        ]
        best = max(tried, key=_fits)
        if _fits(best) > 1 and _fits(best) * 2 > len(best):
            yield from best


def _counts(line: Line) -> bool:
    return all(claim is None or (claim.figure is not None and claim.figure.places == 0) for claim in line.claims)


def _formulas(chosen: Sequence[Line]) -> Iterator[dict[str, object]]:
    """Yield the ways in which satisfaction comes from answers, from the best answer to the worst."""
    size = len(chosen)
    named = [int(match[1]) for line in chosen if (match := _POINTS.search(f"{line.parent}{line.label}"))]
    points = named if len(named) == size else list(range(size, 0, -1))
    bottom = (1,) * size
    for good in range(1, size):
        yield {"top": tuple(int(n < good) for n in range(size)), "bottom": bottom}
    yield {"top": tuple(points), "bottom": bottom}
    yield {"top": tuple(points), "bottom": (max(points),) * size}
    for step in (20, 25):
        yield {"top": tuple(100 - step * n for n in range(size)), "bottom": bottom}
        yield {"top": tuple(100 - step * n for n in range(size)), "bottom": (100,) * size}


def _of(
    line: Line, chosen: list[Line], facts: dict[str, object], along: tuple[int, list[Line]], grid: Grid
) -> Relation | None:
    at, across = along
    result = line.claims[at]
    claims: list[Claim] = [claim for other in chosen if (claim := other.claims[at]) is not None]
    if result is None or len(claims) != len(chosen):
        return None
    return Relation("weighted", (result, *claims), about(line, across[at], grid), facts)


def _fits(relations: Sequence[Relation | None]) -> int:
    return sum(1 for relation in relations if relation is not None and holds(relation))
