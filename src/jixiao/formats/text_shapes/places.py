"""列的位置: the column in which each word of a line stands, by how near it is; a figure must be certain."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from jixiao.formats.text_shapes.words import Word, is_blank, is_figure, is_year, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

_FARTHEST = 4
_LEAST_FIGURES = 2


class Column(NamedTuple):
    """A column: where it begins and ends, and what its head says."""

    start: int
    end: int
    head: str

    def apart(self, word: Word) -> float:
        """Return how far a word stands from the column, and a little for one that is not in its middle."""
        gap = max(self.start - word.end, word.start - self.end, 0)
        return gap + abs(self.start + self.end - word.start - word.end) / 100


@dataclass
class Line:
    """A line that holds something: its words, and once the columns are settled the column of each.

    `block` is the number of the stretch without an empty line in which it stands.
    """

    at: int
    block: int
    words: list[Word]
    columns: list[int]

    def figures(self) -> int:
        """Return how many of its words are figures that are no years and number no name (专家 1)."""
        before = [None, *self.words]
        return sum(
            1
            for word, last in zip(self.words, before, strict=False)
            if is_figure(word.text) and not is_year(word.text) and not (last and _numbers(last, word))
        )

    def groups(self) -> int:
        """Return into how many groups gaps part its words."""
        return len(list(segments(self.words)))

    def text(self, column: int) -> str:
        """Return what it holds in a column."""
        return "".join(word.text for word, to in zip(self.words, self.columns, strict=True) if to == column)

    def holding(self, columns: set[int]) -> set[int]:
        """Return those of the columns in which the line has a figure."""
        pairs = zip(self.words, self.columns, strict=True)
        return {to for word, to in pairs if to in columns and is_figure(word.text)}

    def filled(self, columns: set[int]) -> set[int]:
        """Return those of the columns in which the line has a figure or a dash."""
        pairs = zip(self.words, self.columns, strict=True)
        return {to for word, to in pairs if to in columns and (is_figure(word.text) or is_blank(word.text))}


def _numbers(name: Word, number: Word) -> bool:
    """Return whether a small number right behind a name belongs to it."""
    return number.start - name.end == 1 and number.text.isdigit() and not is_figure(name.text)


def settled(lines: list[Line], columns: list[Column]) -> list[Line]:
    """Return the lines with the column of every word; `columns` move to where their figures stand.

    A line with a figure that is not certain ends the lines, where no more rows of figures follow; else there are none.
    """
    while lines:
        bad = _placed(lines, columns)
        if bad is None:
            return lines
        if any(line.figures() > 1 for line in lines[bad + 1 :]):
            return []
        lines = lines[:bad]
    return lines


def _placed(lines: Sequence[Line], columns: list[Column]) -> int | None:
    """Give every word its column; return the first line that has too many words or a figure that is not certain."""
    for _ in range(2):
        for n, line in enumerate(lines):
            found = assigned(line.words, columns)
            if found is None:
                return n
            line.columns = found
        rows = [pair for line in lines if line.figures() > 1 for pair in zip(line.columns, line.words, strict=True)]
        for at, column in enumerate(columns):
            columns[at] = _moved(column, [word for to, word in rows if to == at])
    return next((n for n, line in enumerate(lines) if not _is_certain(line, columns)), None)


def _moved(column: Column, words: list[Word]) -> Column:
    """Return a column where its figures stand, or its words where it has none, on lines with several figures."""
    figures = [word for word in words if is_figure(word.text)]
    seen = figures if len(figures) * 2 >= len(words) else words
    if len(seen) < _LEAST_FIGURES:
        return column
    return Column(median_low(word.start for word in seen), median_low(word.end for word in seen), column.head)


def _is_certain(line: Line, columns: Sequence[Column]) -> bool:
    """Return whether every figure of a line stands at its column and clearly farther from every other."""
    for word, to in zip(line.words, line.columns, strict=True):
        own = columns[to].apart(word)
        near = any(other.apart(word) <= own + 1 for at, other in enumerate(columns) if at != to)
        if is_figure(word.text) and (own >= _FARTHEST or near):
            return False
    return True


def assigned(line: Sequence[Word], columns: Sequence[Column]) -> list[int] | None:
    """Return the column of each word, from left to right, so that they stand nearest; a gap begins a new column."""
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for n, word in enumerate(line):
        step = 1 if n == 0 or word.start - line[n - 1].end > 1 else 0
        nearer: dict[int, tuple[float, list[int]]] = {}
        for last, (cost, path) in best.items():
            for to in range(last + step if last >= 0 else 0, len(columns)):
                total = cost + columns[to].apart(word)
                if to not in nearer or total < nearer[to][0]:
                    nearer[to] = (total, [*path, to])
        best = nearer
    return min(best.values())[1] if best else None


def moved(columns: Sequence[Column], row: Line, lines: Sequence[Line]) -> list[Column] | None:
    """Return columns where they stand among other lines, by the row there that has as many figures as this one has.

    Columns without figures move with the next that has some. None where no row has as many.
    """
    own = [to for word, to in zip(row.words, row.columns, strict=True) if is_figure(word.text)]
    there = max(([word for word in line.words if is_figure(word.text)] for line in lines), key=len, default=[])
    if not own or len(own) != len(there):
        return None
    by = {to: word.start - columns[to].start for to, word in zip(own, there, strict=True)}
    steps = [by[next((to for to in own if to >= at), own[-1])] for at in range(len(columns))]
    return [Column(start + step, end + step, head) for (start, end, head), step in zip(columns, steps, strict=True)]
