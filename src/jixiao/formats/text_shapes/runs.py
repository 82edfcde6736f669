"""跨行单元格: which row a line belongs to, where cells run over several lines around the line of their row.

A cell stands in the middle of its row: as many of its lines above the line of the row as below it, or one more.

>>> attached([0, 2, 4, 6], [1, 5])
{0: 0, 2: 0, 4: 1, 6: 1}
>>> attached([0, 1, 2, 3, 4, 5, 6], [1, 5]), attached([1, 2, 5], [1, 5])
({0: 0, 1: 0, 2: 0, 3: None, 4: 1, 5: 1, 6: 1}, {1: 0, 2: None, 5: 1})
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST_WAYS = 8
_MOST_OFF = 2  # half lines that a cell may stand beside the middle of its rows


def attached(lines: Sequence[int], rows: Sequence[int]) -> dict[int, int | None]:
    """Return the row, by its number, of each line in which a column holds something; None for one that may be of two.

    `rows` are the lines of rows.
    """
    filled = set(lines)
    between: list[list[int]] = [[] for _ in range(len(rows) + 1)]
    for line in sorted(filled.difference(rows)):
        between[bisect_right(rows, line)].append(line)
    ways = _ways([len(part) for part in between])
    found: dict[int, int | None] = {line: row for row, line in enumerate(rows) if line in filled}
    for row in range(len(rows)):
        found |= dict.fromkeys(between[0] if row == 0 else [], 0)
        for at, line in enumerate(between[row + 1]):
            owners = {row if at < way[row] else row + 1 for way in ways}
            found[line] = owners.pop() if len(owners) == 1 else None
    return dict(sorted(found.items()))


def _ways(between: Sequence[int]) -> list[tuple[int, ...]]:
    """Return how many lines below each row belong to it, in the ways that leave cells most in the middle."""
    best: dict[int, tuple[int, list[tuple[int, ...]]]] = {between[0]: (0, [()])}  # by the lines above the next row
    for below in between[1:]:
        further: dict[int, tuple[int, list[tuple[int, ...]]]] = {}
        for above, (cost, ways) in best.items():
            for own in range(below + 1):
                total, left = cost + (above - own) ** 2, below - own
                known = further.get(left)
                if known is None or total < known[0]:
                    further[left] = (total, [(*way, own) for way in ways])
                elif total == known[0] and len(known[1]) < _MOST_WAYS:
                    known[1].extend((*way, own) for way in ways)
        best = further
    return best[0][1]


def spread(cells: list[list[int]], rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for cells that span rows, by the lines of each, the first row of each and how many it spans.

    `rows` are the first and last line of each row. A cell stands in the middle of its rows, or at their top; nothing
    is given where that can be read in two ways.

    >>> spread([[1, 2], [6]], [(0, 0), (2, 2), (4, 4), (6, 6), (8, 8)])
    [(0, 2), (2, 3)]
    """
    if not cells or len(cells) > len(rows):
        return []
    middles, tops = _middles(cells, rows), _tops(cells, rows)
    starts = middles or tops
    if middles and tops and middles != tops:
        return []
    ends = [*starts[1:], len(rows)]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)] if starts else []


def _middles(cells: list[list[int]], rows: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first row of each cell so that every cell stands in the middle of its rows; [] where it is unclear."""
    best: dict[int, list[tuple[int, list[int]]]] = {0: [(0, [])]}  # by the row that comes next
    for n, cell in enumerate(cells):
        further: dict[int, list[tuple[int, list[int]]]] = {}
        left = len(cells) - n - 1
        for start, ways in best.items():
            for end in range(start + 1, len(rows) - left + 1):
                off = abs(rows[start][0] + rows[end - 1][1] - cell[0] - cell[-1])  # twice the lines
                if off <= _MOST_OFF:
                    further.setdefault(end, []).extend((cost + off, [*way, start]) for cost, way in ways)
        best = {end: sorted(ways)[:2] for end, ways in further.items()}
    ways = best.get(len(rows), [])
    return ways[0][1] if ways and (len(ways) == 1 or ways[1][0] > ways[0][0] + 1) else []


def _tops(cells: list[list[int]], rows: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first row of each cell where every cell begins on the first line of a row."""
    tops = [first for first, _ in rows]
    starts = [tops.index(cell[0]) for cell in cells if cell[0] in tops]
    rising = all(one < other for one, other in pairwise(starts))
    return starts if len(starts) == len(cells) and starts[0] == 0 and rising else []
