"""自由文字: the small Markdown that officers write: headings, paragraphs, lists, bold, simple tables, references.

A reader of our own, because CommonMark closes no `**《办法》**规定` (a mark of punctuation before the stars) and joins
lines with blanks, both wrong in Chinese. `{scored/C203/score}` quotes the figure at that path.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from jixiao.documents.document import Block, Cell, Heading, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Quote = Callable[[str], Run]

REFERENCE = re.compile(r"\{([^{}\n]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_NUMBERED = re.compile(r"(\d{1,2})[.、)]\s+(.*)")
_BULLET = re.compile(r"[-*+]\s+(.*)")
_SHORT = 12  # longer cells begin at the left


class _Line(NamedTuple):
    kind: str
    text: str
    level: int = 0


def blocks(text: str, quote: Quote, under: int = 0) -> list[Block]:
    r"""Return the blocks of a text; its own headings stand one level and more below `under`.

    >>> [block.text for block in blocks("**《办法》**规定\n先预拨。", Run)]
    ['《办法》规定先预拨。']
    """
    found: list[Block] = []
    for (kind, _), group in groupby(_numbered_groups(text), key=lambda pair: (pair[1].kind, pair[0])):
        lines = [line for _, line in group]
        if kind == "heading":
            level = min(under + lines[0].level, 4)
            found.append(Heading("".join(run.text for run in inline(lines[0].text, quote)), level))
        elif kind == "row":
            found.append(_table([line.text for line in lines], quote))
        elif kind != "blank":
            found.append(Paragraph.of(inline(_join([line.text for line in lines]), quote), kind))
    return found


def sources(text: str) -> list[str]:
    r"""Return the lines behind each block of a text.

    >>> sources("## 甲\n\n先预拨，\n后清算。\n- 一\n- 二")
    ['## 甲', '先预拨，\n后清算。', '- 一', '- 二']
    """
    lines = zip(_numbered_groups(text), text.replace("\r\n", "\n").split("\n"), strict=True)
    pairs = [((line.kind, number), raw) for (number, line), raw in lines if line.kind != "blank"]
    return ["\n".join(raw for _, raw in group) for _, group in groupby(pairs, key=lambda pair: pair[0])]


def inline(text: str, quote: Quote) -> Iterator[Run]:
    """Yield the runs of one paragraph: plain, bold, and what its references quote."""
    for number, piece in enumerate(_BOLD.split(text)):
        for inner, words in enumerate(REFERENCE.split(piece)):
            run = quote(words.strip()) if inner % 2 else Run(words)
            if run.text:
                yield replace(run, bold=True) if number % 2 else run


def _numbered_groups(text: str) -> Iterator[tuple[int, _Line]]:
    """Yield every line with the number of the block it belongs to."""
    number, before = 0, _Line("blank", "")
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = _line(raw.strip(), before)
        joins = line.kind == before.kind == "row" or (line.kind == before.kind and line.level == -1)
        number += 0 if joins else 1
        yield number, line
        before = line


def _line(raw: str, before: _Line) -> _Line:
    """Return what a line is; one that follows on in the paragraph before it has level -1."""
    if not raw:
        return _Line("blank", "")
    if raw.startswith("|"):
        return _Line("row", raw)
    if match := _HEADING.fullmatch(raw):
        return _Line("heading", match[2].rstrip("# "), len(match[1]))
    if match := _NUMBERED.fullmatch(raw):
        return _Line("item", f"（{match[1]}）{match[2]}")
    if match := _BULLET.fullmatch(raw):
        return _Line("item", f"• {match[1]}")
    return _Line(
        before.kind if before.kind in ("body", "item") else "body", raw, -1 if before.kind in ("body", "item") else 0
    )


def _join(lines: list[str]) -> str:
    """Return lines as one text, with a blank only between two that are not Chinese."""
    text = lines[0]
    for line in lines[1:]:
        text += (" " if text[-1:].isascii() and line[:1].isascii() else "") + line
    return text


def _table(lines: list[str], quote: Quote) -> Table:
    ruled = [set(line) <= set("|:- \t") for line in lines]
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    headed = ruled[1:2] == [True]
    rows = [row for row, rule in zip(rows, ruled, strict=True) if not rule] or [[""]]
    cells = [[_cell(text, quote, head=headed and not at) for text in row] for at, row in enumerate(rows)]
    table = Table.of(cells, head_rows=1 if headed else 0)
    columns = ([row[at] for row in table.grid] for at in range(len(table.grid[0])))
    longest = (max(len(cell.text) for cell in column if cell is not None) for column in columns)
    return replace(table, widths=tuple(float(min(max(length, 4), 28)) for length in longest))


def _cell(text: str, quote: Quote, *, head: bool) -> Cell:
    found = list(inline(text, quote))
    only, whole = found[0] if len(found) == 1 else Run(""), "".join(run.text for run in found)
    return Cell(whole, value=only.value, bind=only.bind, head=head, align="left" if len(whole) > _SHORT else "center")
