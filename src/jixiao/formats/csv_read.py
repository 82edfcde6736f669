r"""读 CSV: one table, its cells parted by commas, semicolons or tabs and quoted where they hold one, in UTF-8 or GBK.

>>> [[cell.text for cell in row] for row in table('甲,"1,560.00"\r\n乙,2\r\n', "例.csv").grid]
[['甲', '1,560.00'], ['乙', '2']]
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from jixiao.documents.document import Cell, Document, Table
from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.legible import legible
from jixiao.formats.opened import MOST_CELLS, opened
from jixiao.formats.text_read import decoded

if TYPE_CHECKING:
    from pathlib import Path

_GUARDED = re.compile(r"'(?=[=+@-])")  # what keeps a spreadsheet from taking a text for a formula


def read(path: Path) -> Document:
    """Return the file as a document of one table; the line of every cell is that on which its row begins."""
    found = table(decoded(opened(path)), str(path))
    return Document((found,) if found.grid else (), path.stem, str(path))


def table(text: str, name: str) -> Table:
    """Return the rows of a text, filled up to one width; empty lines around them are left out."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append((line, row))
        line = reader.line_num + 1
    width = max((len(row) for _, row in rows), default=0)
    if width * len(rows) > MOST_CELLS:
        said = Message("excel.too_many", {"cells": width * len(rows), "most": MOST_CELLS})
        raise CannotOpen(said, remedy=Message("open.too_large.remedy"), place=Place(name))
    return Table(
        tuple(
            tuple(
                _cell(text, Place(name, line=line, row=at, column=column))
                for column, text in enumerate(row + [""] * (width - len(row)), 1)
            )
            for at, (line, row) in enumerate(rows, 1)
        )
    )


def _cell(text: str, place: Place) -> Cell:
    said = legible(_GUARDED.sub("", text.strip(), count=1) if text.startswith("'") else text.strip())
    return Cell(said, place=replace(place, quote=said[:60]))
