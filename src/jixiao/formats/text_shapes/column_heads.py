"""版面分列的表头: the columns that the lines of a head name, also where a head runs over lines or spans others."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.places import Column, assigned
from jixiao.formats.text_shapes.words import Word, is_figure, joined, role, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jixiao.formats.text_shapes.places import Line

_KNOWN = 3
_TALLEST = 2  # lines that may stand above the main one


def columns(head: Sequence[Line], body: Sequence[Line]) -> tuple[int | None, list[Column]]:
    """Return the main line of a head, and the columns that it and the lines right above and below it name.

    None where the head begins below the first line.
    """
    known = [sum(1 for word in line.words if role(word.text)) for line in head]
    main = known.index(max(known)) if max(known) >= _KNOWN else max(range(len(head)), key=lambda n: head[n].groups())
    found = [Column(*cell) for cell in _heads(head[main], body)]
    above = head[:main] if _repeat(found) and head[main].block - head[0].block < 2 else []
    close = [line for line in head if line.block == head[main].block]
    for line in (*(line for line in close if line.at > head[main].at), *(above or close)):
        for cell in _heads(line, body):
            apart = all(cell.end <= column.start or cell.start >= column.end for column in found)
            over = line in above and min(found).start < cell.start < max(found).start  # it spans what it stands between
            if apart and not over:
                found.append(Column(*cell))
    first = close[0].at if not above else above[0].at
    tall = head[main].at - head[0].at > _TALLEST and not above
    return (main if first == head[0].at and not tall else None), _with_labels(sorted(found), body)


def _repeat(found: Sequence[Column]) -> bool:
    """Return whether the same heads stand under several others."""
    heads = [column.head for column in found if column.head]
    return len(set(heads)) < len(heads) and len(set(heads)) * 2 <= len(heads) + 2


def _heads(line: Line, body: Sequence[Line]) -> Iterator[Word]:
    """Yield the heads of a line: every word of a group in which one is known or that stands over several figures."""
    for group in segments(line.words):
        whole = joined(group)
        if (any(role(word.text) for word in group) and not role(whole.text)) or _is_over(whole, body):
            yield from group
        else:
            yield whole


def _is_over(word: Word, body: Iterable[Line]) -> bool:
    """Return whether cells of two columns stand below a word."""
    return any(
        sum(1 for other in map(joined, segments(line.words)) if other.start < word.end and word.start < other.end) > 1
        for line in body
        if line.figures() > 1
    )


def _with_labels(found: list[Column], body: Iterable[Line]) -> list[Column]:
    """Return the columns, with as many before the first of figures as there are names before the figures of a row."""
    rows = [list(map(joined, segments(line.words))) for line in body if line.figures() > 1]
    longest = max((_names(row) for row in rows), key=len, default=[])
    first = min((word.end for word in longest[-1:]), default=0)
    heads = [column for column in found if column.start <= first]
    if len(longest) <= len(heads):
        return found
    columns = [Column(*word._replace(text="")) for word in longest]
    for head in heads:
        at = min(range(len(columns)), key=lambda n: abs(columns[n].start - head.start))
        columns[at] = columns[at]._replace(head=head.head)
    return [*columns, *(column for column in found if column not in heads)]


def _names(row: Sequence[Word]) -> list[Word]:
    """Return the words of a row before its figures, a number that only counts the rows among them."""
    numbered = len(row) > 1 and is_figure(row[0].text) and not is_figure(row[1].text)
    return [*row[:numbered], *takewhile(lambda word: not is_figure(word.text), row[numbered:])]


def named(found: list[Column], lines: Sequence[Line], main: int) -> list[Word]:
    """Give every column all of its head, which may run over lines around the main one; return heads that span several.

    `lines` are those of the head and the first below it. Heads that span are known by the heads that repeat below them.
    """
    upper = lines[:main] if _repeat(found) else []
    spanning = sorted(word for line in upper for word in map(joined, segments(line.words)))
    head = [line for line in lines[:-1] if line not in upper and line.block == lines[main].block]
    apart = lines[-1].block != lines[main].block
    for line in head:
        line.columns = assigned(line.words, found) or []
    for to, column in enumerate(found):
        texts = {line.at: line.text(to) for line in head if line.columns and line.text(to)}
        kept = texts if apart else _own(texts, lines[main].at)
        found[to] = column._replace(head="".join(texts[line] for line in kept) or column.head)
    return spanning


def _own(texts: dict[int, str], main: int) -> list[int]:
    """Return the lines of a head that stands in the middle of its cell, and not those of the row right below it."""
    above, below = [line for line in texts if line < main], [line for line in texts if line > main]
    more = main in texts and not above and not role(texts[main]) and below[:1] == [main + 1]
    return [*above, *([main] if main in texts else []), *below[: len(above) + more]]
