"""数表: any table of numbers: what its total rows and columns, rate columns and difference columns say holds.

Nothing is known of a table but its labels and its numbers. A line (row or column) whose label calls it a total, a
rate or a difference is explained by other lines; of the explanations that its label allows the one is taken that fits
most of the table, and only if it fits most of it. Where it does not fit, a figure is wrong.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from jixiao.figures.units import BARE
from jixiao.review.arithmetic import holds
from jixiao.review.recognising import grid_ranks
from jixiao.review.recognising.grid_averages import AVERAGE, averages
from jixiao.review.recognising.grid_means import answers, means
from jixiao.review.recognising.grid_rates import WIDEST, rates
from jixiao.review.recognising.grid_series import series
from jixiao.review.recognising.lines import DIFFERENCE, NOT_ADDED, RATE, TOTAL, Block, Line, about, is_percent, is_rate
from jixiao.review.recognising.material import Grid
from jixiao.review.said import Claim, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SUBTOTAL = re.compile(r"小计")
_SPENT = re.compile(r"执行|支出|支付|使用|完成|实际")
_COUNTS = re.compile(r"人数|人次|户数|家数|个数|份数|例数|件数|户次|人头")
_ENOUGH = 3
_MOST_LINES = 60  # of more lines only totals are explained: rates and differences try every pair


def recognise(grid: Grid, taken: frozenset[int] = frozenset()) -> list[Relation]:
    """Return what a table of numbers says holds; rows in `taken` have been read as something else."""
    found: list[Relation] = []
    for block in blocks(grid, taken):
        for lines, across in ((block.columns, block.rows), (block.rows, block.columns)):
            found += _explained(lines, across, grid)
            found += series(lines, across, grid)
            found += means(lines, across, grid)
            found += answers(lines, across, grid)
        found += grid_ranks.recognise(block, grid)
    return found


def blocks(grid: Grid, taken: frozenset[int]) -> Iterator[Block]:
    """Yield the parts of a grid that have heads and numbers, each row once."""
    heads: list[int] = []
    body: list[int] = []
    for row in range(len(grid.rows)):
        numbers = 0 if row in taken else sum(1 for at in range(grid.width()) if _own(grid, row, at) is not None)
        texts = sum(1 for at in range(grid.width()) if grid.text(row, at))
        if row in taken:
            if heads and body:
                yield _block(grid, heads, body)
            heads, body = [], []
        elif numbers:
            body.append(row)
        elif texts > 1 or not body:
            if body:
                yield _block(grid, heads, body)
                heads, body = [], []
            heads.append(row)
    if body:
        yield _block(grid, heads, body)


def _own(grid: Grid, row: int, column: int) -> Claim | None:
    """Return the figure of a cell where it begins, not where it only spans to."""
    cell = grid.cell(row, column)
    if cell is None:
        return None
    if (column and grid.cell(row, column - 1) is cell) or (row and grid.cell(row - 1, column) is cell):
        return None
    return grid.figure(row, column, "amount", BARE)


def _block(grid: Grid, heads: list[int], body: list[int]) -> Block:
    width = grid.width()
    numeric = [at for at in range(width) if any(_own(grid, row, at) is not None for row in body)]
    numeric = [at for at in numeric if not _is_serial(grid, heads, body, at)]
    wordy = [at for at in range(width) if at not in numeric]
    columns = []
    for at in numeric:
        path = list(dict.fromkeys(grid.text(row, at) for row in heads[-3:] if grid.text(row, at)))
        claims = [_own(grid, row, at) for row in body]
        columns.append(Line(path[-1] if path else "", "/".join(path[:-1]), claims, at))
    rows = []
    above: dict[int, str] = {}
    for row in body:
        parts = []
        for at in wordy:
            text = grid.text(row, at)
            if text:
                above[at] = text
                for later in [key for key in above if key > at]:
                    del above[later]
            parts.append(text or above.get(at, ""))
        texts = [text for text in dict.fromkeys(parts) if text and len(text) < 40]
        claims = [_own(grid, row, at) for at in numeric]
        rows.append(Line(texts[-1] if texts else "", "/".join(texts[:-1]), claims, row))
    return Block(columns, rows)


def _is_serial(grid: Grid, heads: list[int], body: list[int], column: int) -> bool:
    """Return whether a column only numbers the rows."""
    names = "".join(grid.text(row, column) for row in heads)
    if re.search(r"序号|编号|^号$|排名|名次", names):
        return True
    said = [grid.text(row, column) for row in body]
    counted = [int(text) for text in said if text.isdecimal()]
    return len(counted) > 2 and counted == list(range(counted[0], counted[0] + len(counted))) and counted[0] in (0, 1)


def _explained(lines: list[Line], across: list[Line], grid: Grid) -> list[Relation]:
    found: list[Relation] = []
    open_ = [n for n, line in enumerate(across) if not NOT_ADDED.search(line.label) and not RATE.search(line.label)]
    for line in lines:
        if len(lines) > _MOST_LINES and not TOTAL.search(line.label):
            continue
        if line.rates() or is_rate(line):
            found += rates(line, lines, across, grid)
        elif TOTAL.search(line.label) and not NOT_ADDED.search(line.label):
            found += _totals(line, lines, open_, grid, across)
        elif AVERAGE.search(line.label):
            found += averages(line, lines, across, grid)
        elif DIFFERENCE.search(line.label):
            found += _differences(line, lines, open_, grid, across)
    return found


def _totals(line: Line, lines: list[Line], open_: list[int], grid: Grid, across: list[Line]) -> list[Relation]:
    """Return the total over its parts, position by position, by the choice of parts that fits best."""
    best: tuple[int, int, list[Relation]] | None = None
    for number, parts in enumerate(_choices(line, lines)):
        relations = [r for n in open_ if (r := _footing(line, parts, n, grid, across)) is not None]
        fitting = sum(1 for relation in relations if holds(relation))
        if relations and (best is None or fitting > best[0]):
            best = (fitting, number, relations)
    if best is None:
        return []
    fitting, _, relations = best
    alone = all(len(relation.inputs) == 1 for relation in relations)
    if fitting * 2 >= len(relations) and fitting > alone:
        return relations
    lone = len(relations) == 1 and _plain(line, lines)
    return relations if lone else []


def _plain(line: Line, lines: list[Line]) -> bool:
    """Return whether a lone total leaves no doubt about its parts: called 合计, everything else above it."""
    others = [other for other in lines if other is not line and not other.rates()]
    return (
        bool(re.fullmatch(r"合计|总计|合计[:：]?|全[区省市州县国]", line.label))
        and len(others) > 1
        and (lines[-1] is line or lines[0] is line)
        and not any(
            TOTAL.search(other.label)
            or "其中" in other.label
            or DIFFERENCE.search(other.label)
            or RATE.search(other.label)
            or NOT_ADDED.search(other.label)
            for other in others
        )
    )


def _choices(line: Line, lines: list[Line]) -> list[list[Line]]:
    """Return the sets of lines that a total may be the total of."""
    at = lines.index(line)
    added = [
        other
        for other in lines
        if other is not line and not other.rates() and not is_rate(other) and not NOT_ADDED.search(other.label)
    ]
    plain = [other for other in added if not TOTAL.search(other.label)]
    whole = [other for other in plain if "其中" not in other.label]
    before = [other for other in plain if lines.index(other) < at]
    since = before
    earlier = [n for n, other in enumerate(lines[:at]) if TOTAL.search(other.label)]
    if earlier:
        since = [other for other in before if lines.index(other) > earlier[-1]]
    later = [n for n, other in enumerate(lines) if n > at and TOTAL.search(other.label)]
    after = [other for other in plain if at < lines.index(other) < (later[0] if later else len(lines))]
    siblings = [other for other in plain if other.parent == line.parent and other.parent]
    subtotals = [other for other in added if TOTAL.search(other.label) and lines.index(other) < at]
    parents = {other.parent for other in subtotals if other.parent}
    mixed = [
        other for other in added if lines.index(other) < at and (other in subtotals or other.parent not in parents)
    ]
    base = TOTAL.sub("", line.label).strip("：: ")
    alike = [other for other in plain if base and other.label == base]
    nested = after[:]
    if after and "其中" in after[0].label:
        stop = next((n for n, other in enumerate(after[1:], 1) if "其中" in other.label), len(after))
        nested = after[:stop]
    found = [siblings, since, before, whole, plain, nested, after, subtotals, mixed, alike]
    if "年度资金总额" in line.label or "总额" in line.label or "年度金额" in line.label:
        found = [nested, after, *found]
    unique: list[list[Line]] = []
    for choice in found:
        alone = len(choice) == 1 and "其中" in choice[0].label and "总额" in line.label
        if (len(choice) > 1 or alone) and choice not in unique:
            unique.append(choice)
    return unique


def _footing(line: Line, parts: list[Line], at: int, grid: Grid, across: list[Line]) -> Relation | None:
    whole = line.claims[at]
    if whole is None or is_percent(whole):
        return None
    claims = [claim for part in parts if (claim := part.claims[at]) is not None]
    if not claims or any(is_percent(claim) for claim in claims):
        return None
    assert whole.figure is not None
    if any(claim.figure is None or claim.figure.unit.base != whole.figure.unit.base for claim in claims):
        return None
    if len(claims) == 1 and claims[0].figure is not None and claims[0].figure.num == 0:
        return None
    if all(claim.figure is not None and claim.figure.num == 0 for claim in claims) and whole.figure.num != 0:
        return None
    named_about = about(line, across[at], grid)
    named = f"{grid.caption}{line.parent}{line.label}{across[at].parent}{across[at].label}"
    counts = bool(_COUNTS.search(named)) and all(
        claim.figure is not None and claim.figure.places == 0 for claim in (whole, *claims)
    )
    return Relation("footing", (whole, *claims), named_about, {"exact": True} if counts else {})


def _differences(line: Line, lines: list[Line], open_: list[int], grid: Grid, across: list[Line]) -> list[Relation]:
    """Return a difference line as one line less another, or as the first of a run less the rest of the run."""
    at = lines.index(line)
    added = [other for other in lines if other is not line and not other.rates() and not is_rate(other)][:WIDEST]
    before = [other for other in lines[:at] if other in added]
    runs: list[tuple[Line, ...]] = [*permutations(added, 2)]
    runs += [tuple(before[n:m]) for n in range(len(before) - 2) for m in range(n + 3, len(before) + 1)]
    best: tuple[int, int, list[Relation]] | None = None
    for run in runs:
        relations = [r for n in open_ if (r := _less(line, run, n, grid, across)) is not None]
        telling = [r for r in relations if _moves(r)]
        fitting = sum(1 for r in telling if holds(r))
        if (
            len(telling) >= 2
            and fitting >= 2
            and fitting * 2 > len(telling)
            and (best is None or (fitting, len(run)) > best[:2])
        ):
            best = (fitting, len(run), relations)
    return best[2] if best else []


def _moves(relation: Relation) -> bool:
    """Return whether something was taken away at all."""
    return any(claim.figure is not None and claim.figure.num for claim in relation.claims[2:])


def _less(line: Line, run: Sequence[Line], at: int, grid: Grid, across: list[Line]) -> Relation | None:
    result, first = line.claims[at], run[0].claims[at]
    rest = [claim for part in run[1:] if (claim := part.claims[at]) is not None]
    if result is None or first is None or not rest:
        return None
    claims = (result, first, *rest)
    bases = {claim.figure.unit.base for claim in claims if claim.figure is not None}
    if len(bases) != 1 or any(is_percent(claim) for claim in claims):
        return None
    return Relation("difference", claims, about(line, across[at], grid), {"signs": (1, *(-1 for _ in rest))})


def twins(first: Sequence[Block], second: Sequence[Block]) -> Iterator[Relation]:
    """Yield the figures of two tables that stand for the same thing: same row labels, and a column that agrees."""
    for a in first:
        for b in second:
            rows = [
                (n, m)
                for n, one in enumerate(a.rows)
                for m, other in enumerate(b.rows)
                if one.label and one.label == other.label
            ]
            if len(rows) < _ENOUGH or len({n for n, _ in rows}) != len(rows) or len({m for _, m in rows}) != len(rows):
                continue
            for one in a.columns:
                for other in b.columns:
                    yield from _alike(one, other, rows, a.rows)


def _alike(one: Line, other: Line, rows: list[tuple[int, int]], names: list[Line]) -> Iterator[Relation]:
    pairs = [
        (x, y, names[n].label)
        for n, m in rows
        if (x := one.claims[n]) is not None
        and (y := other.claims[m]) is not None
        and x.figure is not None
        and y.figure is not None
        and x.figure.unit.base == y.figure.unit.base
        and not is_percent(x)
        and not is_percent(y)
    ]
    telling = {(x.figure.num, x.figure.den) for x, y, _ in pairs if x.figure is not None and x.figure.num}
    if bool(_SPENT.search(one.parent + one.label)) != bool(_SPENT.search(other.parent + other.label)):
        return
    relations = [Relation("same", (x, y), name) for x, y, name in pairs]
    apart = sum(1 for relation in relations if not holds(relation))
    if len(telling) >= _ENOUGH and apart <= max(1, len(relations) // 8):
        yield from relations
