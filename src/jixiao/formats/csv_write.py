"""写 CSV: rows of text as one file that Excel opens as UTF-8; nothing a cell holds becomes a formula.

>>> write([["地区", "金额"], ["=甲", "-1770.82"]]).decode("utf-8-sig").splitlines()
['地区,金额', "'=甲,-1770.82"]
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV; a text that a spreadsheet would compute gets an apostrophe in front, a number does not."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
