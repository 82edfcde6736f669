"""连排成行: rows out of a stream of words, whatever their lines are.

A row ends with as many cells as there are columns behind the names, each of a kind that its head allows, where the
next word is no figure. A last column of words is left out: where it ends and the next row begins, nobody can tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.head_kinds import Heads, Kind, fits, total
from jixiao.formats.text_shapes.shape import CAPTION, PAGE, TOTAL, UNIT, Row
from jixiao.formats.text_shapes.words import is_blank, is_figure, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.formats.text_shapes.head_kinds import Cell

_LONGEST_NAME = 30
_MOST_PIECES = 12  # words that a row may have besides its figures
_GROUP = re.compile(r".*指标?|标")
_CODE = re.compile(r"[A-Z]?\d+(?:\.\d+)*")


def rows(lines: Sequence[str], heads: Heads) -> tuple[list[str], list[Row], int]:
    """Return the heads, the rows up to a total or what fits no row, and the line after the last."""
    width = len(heads.texts)
    while heads.kinds[width - 1] == "words":
        width -= 1
    heads = Heads(heads.texts[:width], heads.kinds[:width], heads.end)
    read, end = _read(lines, heads)
    if any(not row.texts[0] for row in read):  # groups are named in some rows only: which rows they take is not said
        read = [
            row
            if TOTAL.fullmatch(row.texts[0])
            else Row([""] * (heads.names - 1) + row.texts[heads.names - 1 :], row.lines)
            for row in read
        ]
    return heads.texts, read, end


def _read(lines: Sequence[str], heads: Heads) -> tuple[list[Row], int]:
    found: list[Row] = []
    pieces: list[Cell] = []
    end = at = heads.end
    while at < len(lines):
        text = lines[at].strip()
        if _ends(text) or sum(1 for piece, _ in pieces if not is_figure(piece)) > _MOST_PIECES:
            break
        pieces += [(word.text, at) for word in words(text)]
        at += 1
        if not pieces or _is_figure_next(lines, at):
            continue
        last = next((n for n, (piece, _) in enumerate(pieces) if TOTAL.fullmatch(piece)), None)
        row = total(pieces[last:], heads) if last is not None else _row(pieces, heads)
        if row is not None:
            found.append(row)
            pieces, end = [], at
            if last is not None:
                break
    return found, end


def _ends(text: str) -> bool:
    """Return whether a line stands below a table: the number of a page, a caption, a sentence."""
    titled = CAPTION.match(text) or UNIT.match(text) or (PAGE.search(text) and not is_figure(text))
    return bool(titled) or text.endswith("。")


def _is_figure_next(lines: Sequence[str], at: int) -> bool:
    """Return whether the next word is a figure, which then belongs to the row."""
    after = next((words(line) for line in lines[at : at + 3] if line.strip()), [])
    return bool(after) and (is_figure(after[0].text) or is_blank(after[0].text))


def _row(pieces: list[Cell], heads: Heads) -> Row | None:
    """Return pieces as a row: the last ones in the columns behind the names, those before them as names."""
    behind: Sequence[Kind | None] = heads.kinds[heads.names :]
    cells, rest = pieces[-len(behind) :], pieces[: -len(behind)]
    if not rest or not all(fits(text, below) for (text, _), below in zip(cells, behind, strict=True)):
        return None
    if is_figure(rest[0][0]) and _CODE.fullmatch(rest[0][0]) and len(rest) > 1:
        rest = rest[1:]  # the number of the row
    figures = sum(1 for text, _ in cells if is_figure(text))
    weighed = "mark" in heads.kinds[: heads.names]  # groups have weights of their own
    others = [text for text, _ in rest if is_figure(text) and not (fits(text, "mark") and weighed)]
    named = _named(rest, heads.names)
    if not figures or others or named is None:
        return None
    every = [*named, *cells]
    return Row([text for text, _ in every], [at for _, at in every])


def _named(rest: list[Cell], names: int) -> list[Cell] | None:
    """Return the names of a row: all where there are as many as columns, else its own, the last, after blanks."""
    if len(rest) > 1 and _CODE.fullmatch(rest[-2][0]) and rest[-1][1] == rest[-2][1]:
        rest = [*rest[:-2], (rest[-2][0] + rest[-1][0], rest[-1][1])]
    own = rest[-1:]
    if len(rest) == names and len({at for _, at in rest}) == 1:
        own = rest
    else:
        pieces = [cell for cell in rest if not _GROUP.fullmatch(cell[0])]
        after = next((n for n in range(len(pieces), 0, -1) if is_figure(pieces[n - 1][0])), 0)
        own = [("".join(text for text, _ in pieces[after:]), rest[-1][1])]
    if not own[-1][0] or is_figure(own[-1][0]) or len(own[-1][0]) > _LONGEST_NAME:
        return None
    return [*[("", rest[-1][1])] * (names - len(own)), *own]
