"""对齐: two versions of a list of passages, paired where they are the same or much alike; nothing changes its order.

>>> aligned(["甲", "原来的第二段话", "丙"], ["甲", "新加的一段", "后来的第二段话", "丙"])
[(0, 0), (None, 1), (1, 2), (2, 3)]
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair: TypeAlias = tuple[int | None, int | None]

_ALIKE = 0.45  # from this share of common signs two passages are versions of one
_LONGEST = 400  # signs of a passage that are looked at
_MOST = 4000  # pairs in a gap that are compared; beyond that passages pair in their order


def aligned(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return pairs of positions; None where a passage is only in one version."""
    found: list[Pair] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            found += _gap(before, after, range(i1, i2), range(j1, j2))
    return found


def _gap(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Pair]:
    """Yield the pairs of a gap: those that are most alike together, in order; then what is left over."""
    if len(old) * len(new) > _MOST:
        kept = list(zip(old, new, strict=False))
    else:
        kept = _best(
            [[_alike(before[i], after[j]) for j in new] for i in old],
        )
        kept = [(old[i], new[j]) for i, j in kept]
    i, j = old.start, new.start
    for at, to in [*kept, (old.stop, new.stop)]:
        yield from ((left, None) for left in range(i, at))
        yield from ((None, right) for right in range(j, to))
        if at < old.stop:
            yield at, to
        i, j = at + 1, to + 1


def _alike(one: str, other: str) -> float:
    """Return the share of common signs, 0 below what makes two versions of one."""
    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    if one[:1] != other[:1] and "▦" in (one[:1], other[:1]):
        return 0.0
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    share = matcher.ratio()
    return share if share >= _ALIKE else 0.0


def _best(alike: list[list[float]]) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness adds up to most."""
    rows, columns = len(alike), len(alike[0]) if alike else 0
    most = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = most[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            most[i][j] = max(most[i + 1][j], most[i][j + 1], paired)
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if alike[i][j] and most[i][j] == most[i + 1][j + 1] + alike[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif most[i][j] == most[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
