"""比率行列: a line of percentages in a table of numbers, as one line of amounts over another."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from jixiao.review.arithmetic import holds
from jixiao.review.recognising.lines import DIFFERENCE, TOTAL, Line, about, is_percent, is_rate
from jixiao.review.said import Relation

if TYPE_CHECKING:
    from jixiao.review.recognising.material import Grid

_MEANT = (
    (re.compile(r"得分率"), re.compile(r"得分"), re.compile(r"分值|权重|满分|标准分")),
    (re.compile(r"到位率"), re.compile(r"到位"), re.compile(r"预算|计划|应|下达|安排")),
    (
        re.compile(r"执行率|支出率|支付率|支出进度|执行进度|使用率"),
        re.compile(r"执行|支出|支付|使用|赔付|发放|兑付"),
        re.compile(r"预算|安排|到位|下达|总额|划拨|拨入|筹资|筹集"),
    ),
    (re.compile(r"完成率"), re.compile(r"完成|实际|决算|执行数"), re.compile(r"指标值|目标|计划|任务|预算")),
)
_SHARE = re.compile(r"占比|比重|比例|百分比|构成|份额|占总")
_GROWTH = re.compile(r"增长|增减|比.{0,6}年|增幅|增长率|增速|同比|增长%|增减率|变动率|增减幅|变化率")
WIDEST = 16


def rates(line: Line, lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return a rate line as one line over another, or as growth of one over another, whichever fits most of it."""
    added = [other for other in lines if other is not line and not other.rates() and not is_rate(other)]
    meant = _meant(line, added)
    for pairs in (meant, None):
        found = (
            _named(line, pairs, across, grid)
            if pairs
            else []
            if pairs is not None
            else _fitted(line, added, lines, across, grid)
        )
        if found:
            return found
    return []


def _meant(line: Line, added: list[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of amounts that the label of a rate means, the likeliest first."""
    form = next(
        ((part, whole) for rate, part, whole in _MEANT if rate.search(line.label) or rate.search(line.parent)), None
    )
    if form is None:
        return []
    near = [other for other in added if other.parent == line.parent]
    for pool in (near, added):
        parts = [other for other in pool if form[0].search(other.label)]
        wholes = [other for other in pool if form[1].search(other.label) and other not in parts]
        if parts and wholes:
            parts.sort(key=lambda other: abs(other.index - line.index))
            wholes.sort(
                key=lambda other: (not re.search("全年|调整后|到位", other.label), abs(other.index - line.index))
            )
            return [(part, whole) for part in parts[:2] for whole in wholes[:3]]
    return []


def _named(line: Line, pairs: list[tuple[Line, Line]], across: list[Line], grid: Grid) -> list[Relation]:
    """Return the rate over the amounts that its label means, where it holds somewhere or nothing else can be meant."""
    kind = "score_rate" if "得分率" in line.label else "rate"
    tries = [_over(line, (part, whole), kind, across, grid) for part, whole in pairs]
    tries = [relations for relations in tries if relations]
    if not tries:
        return []
    best = max(tries, key=lambda relations: sum(1 for r in relations if holds(r)))
    others = [relations for relations in tries if relations is not best]
    by_result = {id(r.result): [r] for r in best}
    for relations in others:
        for r in relations:
            by_result.setdefault(id(r.result), []).append(r)
    found = []
    for same in by_result.values():
        first, rest = same[0], same[1:]
        found.append(Relation(kind, first.claims, first.about, {"instead": tuple(r.inputs for r in rest)}))
    telling = [r for r in found if _tells(r)]
    fits = sum(1 for r in telling if holds(r))
    return found if fits * 2 >= len(telling) and (fits or len(telling) == 1) else []


def _fitted(line: Line, added: list[Line], lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return a rate line as whatever pair of lines gives most of it."""
    if len(added) > WIDEST:
        at = lines.index(line)
        added = sorted(added, key=lambda other: abs(lines.index(other) - at))[:WIDEST]
    tries: list[tuple[tuple[int, int, int], list[Relation]]] = []
    for part, whole in permutations(added, 2):
        for kind in ["change", "rate"] if _GROWTH.search(line.label) else ["rate"]:
            relations = _over(line, (part, whole), kind, across, grid)
            telling = sum(1 for r in relations if _tells(r) and holds(r))
            if telling:
                means = int(bool(DIFFERENCE.search(part.label)) and kind == "rate")
                tries.append(((telling, means, -abs(line.index - part.index)), relations))
    shares = _shares(line, added, lines, across, grid)
    if shares:
        tries.append(((sum(1 for r in shares if holds(r) and _tells(r)), 1, 0), shares))
    if not tries:
        return []
    _, relations = max(tries, key=lambda pair: (pair[0][1] and _most(pair[1]), *pair[0]))
    return relations if _most(relations) else []


def _most(relations: list[Relation]) -> bool:
    """Return whether an explanation fits at least two figures and most of them, or half where none is round."""
    tried = [r for r in relations if _tells(r)]
    fits = [r for r in tried if holds(r)]
    fine = all(r.result.figure is not None and (r.result.figure.places or 0) > 1 for r in fits)
    return len(fits) >= 2 and len(fits) * 2 + fine > len(tried)


def _tells(relation: Relation) -> bool:
    """Return whether a fit means anything: both amounts there and not alike, or a whole that is all used."""
    figures = [claim.figure for claim in relation.claims]
    return all(figure is not None and figure.num != 0 for figure in figures[1:])


def _over(line: Line, pair: tuple[Line, Line], kind: str, across: list[Line], grid: Grid) -> list[Relation]:
    part, whole = pair
    found = []
    for at, rate in enumerate(line.claims):
        a, b = part.claims[at], whole.claims[at]
        if rate is None or a is None or b is None or a.figure is None or b.figure is None:
            continue
        if a.figure.unit.base != b.figure.unit.base or b.figure.num == 0 or is_percent(a) or is_percent(b):
            continue
        if rate.figure is None or not (is_percent(rate) or abs(rate.figure.num) <= 200 * rate.figure.den):
            continue
        found.append(Relation(kind, (rate, a, b), about(line, across[at], grid)))
    return found


def _shares(line: Line, added: list[Line], lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    """Return a share line as each figure of an amount line over that line's total."""
    if not _SHARE.search(line.label):
        return []
    totals = [n for n, other in enumerate(across) if TOTAL.search(other.label)]
    if len(totals) > 1:
        totals = [n for n in totals if re.fullmatch(r"合计|总计|合计[:：]", across[n].label)]
    if len(totals) != 1:
        return []
    best: list[Relation] = []
    for amounts in added:
        whole = amounts.claims[totals[0]]
        if whole is None or whole.figure is None or whole.figure.num == 0:
            continue
        found = [
            Relation("rate", (rate, part, whole), about(line, across[at], grid))
            for at, (rate, part) in enumerate(zip(line.claims, amounts.claims, strict=True))
            if rate is not None
            and part is not None
            and is_percent(rate)
            and part.figure is not None
            and whole.figure.unit.base == part.figure.unit.base
        ]
        if sum(1 for r in found if holds(r)) > sum(1 for r in best if holds(r)):
            best = found
    return best
