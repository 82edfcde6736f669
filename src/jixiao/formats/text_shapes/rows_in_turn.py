"""逐格成行: rows of cells that stand one a line, in turns of as many lines as there are heads; an empty line is a cell.

A last column of words may take more lines than one. A total has only the cells that its spans left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.formats.text_shapes.head_kinds import Heads, fits, total
from jixiao.formats.text_shapes.shape import TOTAL, Row
from jixiao.formats.text_shapes.words import is_blank, is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_WORDS = 6  # lines of a last cell
_LONGEST_NAME = 40


def rows(lines: Sequence[str], heads: Heads) -> tuple[list[Row], int]:
    """Return the rows below a head, up to a total or what is no row, and the line after the last."""
    found: list[Row] = []
    at = heads.end
    while at < len(lines):
        row = _total(lines, at, heads) or _row(lines, at, heads)
        if row is None:
            more = _more_words(lines, at, heads) if found else 0
            if not more:
                break
            found[-1].texts[-1] += "".join(line.strip() for line in lines[at : at + more])
            at += more
            continue
        found.append(row)
        at = row.lines[-1] + 1
        if any(TOTAL.fullmatch(text) for text in row.texts):
            break
    return found, at


def _row(lines: Sequence[str], at: int, heads: Heads) -> Row | None:
    """Return the next turn of lines as a row, where each fits and the row has a name and figures."""
    width = len(heads.texts)
    texts = [line.strip() for line in lines[at : at + width]]
    if len(texts) < width or not all(not text or fits(text, one) for text, one in zip(texts, heads.kinds, strict=True)):
        return None
    names, told = texts[: heads.names], texts[heads.names :]
    figures = sum(1 for text in told if is_figure(text) or is_blank(text))
    if not names[-1] or is_figure(names[-1]) or len(names[-1]) > _LONGEST_NAME or not figures:
        return None
    return Row(texts, list(range(at, at + width)))


def _total(lines: Sequence[str], at: int, heads: Heads) -> Row | None:
    """Return a total that stands here: its name, and the figures right below it."""
    first = next((n for n in range(at, min(at + len(heads.texts), len(lines))) if lines[n].strip()), at)
    if not TOTAL.fullmatch(lines[first].strip()):
        return None
    cells = [(lines[first].strip(), first)]
    for n in range(first + 1, min(first + len(heads.texts), len(lines))):
        text = lines[n].strip()
        if text and not is_figure(text) and not is_blank(text):
            break
        cells += [(text, n)] if text else []
    return total(cells, heads)


def _more_words(lines: Sequence[str], at: int, heads: Heads) -> int:
    """Return how many lines the last cell goes on over, where that holds words: up to the next row; 0 where to none."""
    if heads.kinds[-1] != "words":
        return 0
    for n in range(1, _MOST_WORDS):
        if at + n > len(lines) or is_figure(lines[at + n - 1].strip()):
            return 0
        if _row(lines, at + n, heads) or _total(lines, at + n, heads):
            return n
    return 0
