"""标签表格: an HTML table that a converter left standing in plain text or Markdown, with its spans.

>>> lines = ["<table><tr><td rowspan='2'>地区</td><td>预算</td></tr>", "<tr><td>执行</td></tr></table>", "完。"]
>>> [(row.texts, row.lines, row.spans) for row in found(lines, 0).tables[0]]
[(['地区', '预算'], [0, 0], ((2, 1), (1, 1))), (['执行'], [1], ((1, 1),))]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jixiao.formats import html_table
from jixiao.formats.text_shapes.shape import Found, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENS, _CLOSES = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\s*>", re.IGNORECASE)
_EDGE = re.compile(r"(?=<table\b)|(?<=</table>)", re.IGNORECASE)


def found(lines: Sequence[str], at: int) -> Found | None:
    """Return the table whose opening tag begins this line; None where it is never closed."""
    if not _OPENS.match(lines[at].lstrip()):
        return None
    end, depth = at, 0
    while end < len(lines):
        depth += len(_OPENS.findall(lines[end])) - len(_CLOSES.findall(lines[end]))
        end += 1
        if depth <= 0:
            return Found([_rows("\n".join(lines[at:end]), at)], end)
    return None


def parted(line: str) -> list[str]:
    """Return a line in pieces, so that a table in it begins one and ends one.

    >>> parted("见表<table><tr></tr></table>如上")
    ['见表', '<table><tr></tr></table>', '如上']
    """
    return [piece for piece in _EDGE.split(line) if piece] or [line]


def _rows(text: str, at: int) -> list[Row]:
    from lxml import html  # noqa: PLC0415  (only where a text holds tags)

    table = next(html.document_fromstring(text).iter("table"))
    starts = [at + _line(line) - 1 for line in table.iter("tr")]
    return [
        Row(
            [cell.text for cell in cells],
            [start] * len(cells),
            tuple((cell.rows, cell.cols) for cell in cells),
        )
        for start, cells in zip(starts, html_table.rows(table), strict=True)
        if cells
    ]


def _line(node: Any) -> int:
    return node.sourceline or 1
