"""Word 的版面页码: on which page paragraphs and rows stand where the file records none, as LibreOffice lays it out.

The words are looked for in the pages one after the other; what is not found stands on the page where the last was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Cell, Document, Heading, Paragraph, Table
from jixiao.errors import NoTool
from jixiao.findings import Message
from jixiao.formats.legible import legible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ENTRY = re.compile(r"[\s.…·]*\t\s*\d+$")  # the page number of an entry in the contents list
_KEY, _LEAST, _AHEAD = 12, 4, 6000  # letters that are looked for, fewer are not, and how far ahead


def paged(document: Document, path: Path) -> Document:
    """Return a document with the pages that LibreOffice gives it; where it gives none, one that says so."""
    if any(place.page is not None for place in _places(document)):
        return document
    pages = _pages(path)
    if not pages:
        return replace(document, remarks=(*document.remarks, Message("open.no_pages")))
    search = _Search(pages)
    return replace(document, blocks=tuple(_located(block, search) for block in document.blocks))


def _places(document: Document) -> Iterator[Any]:
    return (block.place for block in document.blocks if isinstance(block, Heading | Paragraph) and block.place)


def _pages(path: Path) -> list[str]:
    """Return the text of each page without blanks; none where LibreOffice is absent or fails."""
    import pypdfium2  # noqa: PLC0415

    from jixiao.formats.pdf_write import converter  # noqa: PLC0415  (it writes as well, and only pages are wanted)

    try:
        with converter() as printed:
            made = printed(path.read_bytes())
    except NoTool:
        return []
    with pypdfium2.PdfDocument(made) as pdf:
        return [_bare(page.get_textpage().get_text_range()) for page in pdf]


def _bare(text: str) -> str:
    return "".join(legible(text).split())


class _Search:
    """Finds words in the pages, never before those found last."""

    def __init__(self, pages: Sequence[str]) -> None:
        self.text, self.at = "".join(pages), 0
        self.starts = list(accumulate((len(page) for page in pages), initial=0))[:-1]

    def page(self, text: str) -> int:
        """Return the page on which a text begins."""
        key = _bare(_ENTRY.sub("", text))[:_KEY]
        found = self.text.find(key, self.at, self.at + _AHEAD) if len(key) >= _LEAST else -1
        begins = self.at if found < 0 else found
        self.at = begins + (len(key) if found >= 0 else 0)
        return max(1, bisect_right(self.starts, begins))


def _located(block: Any, search: _Search) -> Any:
    if isinstance(block, Table):
        return replace(block, grid=tuple(_row(row, search) for row in block.grid))
    if isinstance(block, Heading | Paragraph) and block.place is not None:
        return replace(block, place=replace(block.place, page=search.page(block.text)))
    return block


def _row(row: Sequence[Cell | None], search: _Search) -> tuple[Cell | None, ...]:
    """Return a row with its cells on the page on which its first words of some length begin."""
    said = next((cell.text for cell in row if cell is not None and len(cell.text) >= _LEAST), "")
    page = search.page(said)
    return tuple(
        replace(cell, place=replace(cell.place, page=page)) if cell is not None and cell.place is not None else cell
        for cell in row
    )
