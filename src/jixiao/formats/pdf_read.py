"""读 PDF: a PDF that holds text, page by page: its tables by their ruled lines, its words outside them as text.

A page without letters is a picture: the optional recogniser reads it, else it is said that it was not read. Text is
normalised (radicals); full-width forms stay as they are, figures are cleaned where they are read.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Block, Cell, Document, Heading, Paragraph, Table
from jixiao.errors import CannotOpen
from jixiao.figures.unread import Unread
from jixiao.findings import Message, Place
from jixiao.formats import ocr_read, ruled
from jixiao.formats.legible import legible
from jixiao.formats.opened import opened
from jixiao.formats.text_read import heading_level

if TYPE_CHECKING:
    from pathlib import Path

MOST_PAGES = 400
_MOST_STAMPED = 60
_FOOTER = re.compile(r"^[-—–\s]*\d{1,4}[-—–\s]*$|^第\s*\d+\s*页.*$")
_CAPTION = re.compile(r"^(?:表\s*\d|附[件表]\s*\d?).{0,60}$|^.{2,40}(?:表|情况)$")
_NUMBERS = re.compile(r"[\d\s—–-]+")
_RUNNING = 3  # pages on which a line is no text of its own
_ENDS = re.compile(r"[。；;！!？?：:]$")


def read(path: Path) -> Document:
    """Return a PDF's text and tables; `CannotOpen` for one with a password, a damaged one, one of pictures only."""
    import pdfplumber  # noqa: PLC0415  (300 ms, and only for PDF)

    raw = opened(path)
    place = Place(str(path))
    blocks: list[Block] = []
    blank: list[int] = []
    try:
        with pdfplumber.open(BytesIO(raw)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise CannotOpen(
                    Message("open.too_many_pages", {"pages": len(pdf.pages), "most": MOST_PAGES}),
                    remedy=Message("open.too_large.remedy"),
                    place=place,
                )
            for number, page in enumerate(pdf.pages, 1):
                if _is_picture(page):
                    blank.append(number)
                else:
                    blocks += _page(page, number, str(path))
                page.close()
    except CannotOpen:
        raise
    except Exception as problem:
        # the reader wraps what its parser says
        locked = any(word in f"{problem!r} {problem.__context__!r}" for word in ("assword", "ncrypt"))
        what = "open.password" if locked else "open.damaged_pdf"
        raise CannotOpen(Message(what), remedy=Message(f"{what}.remedy"), place=place) from None
    remarks: tuple[Message, ...] = ()
    if blank and ocr_read.available():
        read = ocr_read.pages(raw, blank, str(path))
        blocks, blank = _recognised(blocks, read)
        numbers = ocr_read.ranges(number for number, found in read.items() if found)
        remarks = (Message("open.recognised", {"pages": numbers}),) if numbers else ()
    if not blocks:
        raise CannotOpen(Message("open.pictures_only"), remedy=Message("open.pictures_only.remedy"), place=place)
    title = next((block.text for block in blocks if isinstance(block, Heading | Paragraph)), "")
    return Document(
        (*_joined(_without_running(blocks)), *_pictures(blank, str(path))), title, str(path), remarks=remarks
    )


def _without_running(blocks: list[Block]) -> list[Block]:
    """Return the blocks without the lines that stand first or last on page after page, but for their numbers."""
    ends: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, Heading | Paragraph):
            ends.setdefault(_page_of(block), []).append(at)
    said = {}
    for at in {at for lines in ends.values() for at in (lines[0], lines[-1])}:
        block = blocks[at]
        if isinstance(block, Heading | Paragraph) and not (_CAPTION.match(block.text) or "单位" in block.text):
            said[at] = _NUMBERS.sub("", block.text)
    often = Counter(said.values())
    return [block for at, block in enumerate(blocks) if often.get(said.get(at, ""), 0) < _RUNNING]


def _recognised(blocks: list[Block], pages: dict[int, list[Block]]) -> tuple[list[Block], list[int]]:
    """Return the blocks with those of recognised pages in their place, and the pages that stay unread."""
    every = [*blocks, *(block for found in pages.values() for block in found)]
    ordered = sorted(every, key=_page_of)
    return ordered, [number for number, found in pages.items() if not found]


def _page_of(block: Block) -> int:
    place = block.grid[0][0].place if isinstance(block, Table) and block.grid[0][0] else getattr(block, "place", None)
    return (place.page or 0) if place is not None else 0


def _pictures(blank: list[int], name: str) -> list[Block]:
    """Return a cell for every page without letters, so that it is listed as not read."""
    hole = [
        Cell("", value=Unread(f"p{page}", Message("open.picture_page", {"page": page})), place=Place(name, page=page))
        for page in blank
    ]
    return [Table.of([hole])] if hole else []


def _is_picture(page: Any) -> bool:
    """Return whether a page is a scan: hardly a letter (a stamp of the scanning program), and a picture all over."""
    if len(page.chars) > _MOST_STAMPED:
        return False
    whole = page.width * page.height
    covered = max((picture["width"] * picture["height"] for picture in page.images), default=0)
    return not page.chars or covered * 2 > whole


def _page(page: Any, number: int, name: str) -> list[Block]:
    """Return the blocks of a page from top to bottom."""
    tables = [(table, table.extract()) for table in page.find_tables()]
    tables = [(table, rows) for table, rows in tables if rows and len(rows[0]) > 1 and len(rows) > 1]
    boxes = [table.bbox for table, _ in tables]
    rest = page.filter(lambda thing: not _is_char_in(thing, boxes)) if boxes else page
    lines = rest.extract_text_lines(strip=True, return_chars=False) if rest.chars else []
    found: list[tuple[float, Block]] = [
        (float(line["top"]), _words(legible(line["text"]), number, at, name))
        for at, line in enumerate(lines, 1)
        if line["text"].strip() and not _FOOTER.match(line["text"].strip())
    ]
    for at, (table, rows) in enumerate(tables, 1):
        said = [[None if text is None else legible(text) for text in row] for row in rows]
        found.append((float(table.bbox[1]), ruled.laid(table, said, number, f"表{at}", name)))
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def _is_char_in(thing: Any, boxes: list[tuple[float, float, float, float]]) -> bool:
    if thing.get("object_type") != "char":
        return False
    return any(ruled.inside((thing["x0"], thing["top"], thing["x1"], thing["bottom"]), box) for box in boxes)


def _words(text: str, page: int, line: int, name: str) -> Block:
    place = Place(name, page=page, line=line, quote=text[:60])
    level = heading_level(text)
    return Paragraph(text, place=place) if level is None else Heading(text, level, place)


def _joined(blocks: list[Block]) -> list[Block]:
    """Return the blocks with lines of one paragraph joined and captions given to their tables."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and not _ENDS.search(last.text)
            and len(last.text) > 24
        ):
            found[-1] = Paragraph(last.text + block.text, last.kind, last.place)
        elif isinstance(block, Table) and isinstance(last, Paragraph) and _CAPTION.match(last.text):
            found.append(Table(block.grid, block.head_rows, last.text, name=block.name))
        else:
            found.append(block)
    return found
