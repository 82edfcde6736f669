"""识别图片文字: pages that are pictures, read by an optional recogniser on the office's own machine (extra `ocr`).

What is read so is less sure than printed text: its places say OCR, and nothing found in it alone is an error. The lines
that rule a table are looked for first, and its words are put into their cells. Nothing is sent anywhere; the models are
part of the package.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from jixiao.documents.document import Heading, Paragraph
from jixiao.findings import Place
from jixiao.formats import ruled
from jixiao.formats.legible import legible
from jixiao.formats.text_read import heading_level
from jixiao.review.said import OCR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Image

    from jixiao.documents.document import Block

_LONGEST_SIDE = 1700  # A4 at 145 dots an inch: enough for printed characters, and memory stays below 1 GB
_LEAST_SURE = 0.6
_RULE = 50  # a ruled line is at least this part of the page's longest side
_APART = 9  # lines that lie so many dots apart are two


class Word(NamedTuple):
    """A recognised stretch of text: left, top, right and bottom in dots, and what it says."""

    box: tuple[float, float, float, float]
    text: str


def available() -> bool:
    """Return whether the recogniser is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    return RapidOCR()


def pages(raw: bytes, numbers: Iterable[int], name: str) -> dict[int, list[Block]]:
    """Return the lines and tables of some pages of a PDF, counted from 1."""
    import pypdfium2  # noqa: PLC0415

    found = {}
    pdf = pypdfium2.PdfDocument(raw)
    try:
        for number in numbers:
            page = pdf[number - 1]
            image = page.render(scale=_LONGEST_SIDE / max(page.get_size())).to_pil()
            found[number] = list(_blocks(image, number, name))
            page.close()
    finally:
        pdf.close()
    return found


def picture(raw: bytes, name: str, page: int = 1) -> list[Block]:
    """Return the lines and tables of a picture file, none where it is damaged."""
    from PIL import Image as Images  # noqa: PLC0415

    try:
        with Images.open(BytesIO(raw)) as image:
            image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            return list(_blocks(image, page, name))
    except (OSError, ValueError, Images.DecompressionBombError):
        return []


def _blocks(image: Image, page: int, name: str) -> Iterator[Block]:
    """Yield the blocks of a picture from top to bottom: words at one height outside the tables are one line."""
    pixels = _pixels(image)
    words = list(_words(pixels))
    placed: list[tuple[float, Block | list[Word]]] = []
    for at, table in enumerate(_tables(pixels), 1):
        rows = [[_said(words, box) for box in row.cells] for row in table.rows]
        if any(text for row in rows for text in row):
            words = [word for word in words if not ruled.inside(word.box, table.bbox)]
            placed.append((table.bbox[1], ruled.laid(table, rows, page, f"{OCR} 表{at}", name)))
    placed += [(line[0].box[1], line) for line in _lines(words)]
    for at, (_, block) in enumerate(sorted(placed, key=lambda pair: pair[0]), 1):
        yield _line(" ".join(word.text for word in block), page, at, name) if isinstance(block, list) else block


def _pixels(image: Image) -> Any:
    import numpy  # noqa: PLC0415  (it comes with the recogniser)

    return numpy.asarray(image.convert("RGB"))


def _line(said: str, page: int, at: int, name: str) -> Block:
    place = Place(name, OCR, page, line=at, quote=said[:60])
    level = heading_level(said)
    return Paragraph(said, place=place) if level is None else Heading(said, level, place)


def _words(pixels: Any) -> Iterator[Word]:
    boxes, _ = _engine()(pixels, use_cls=False)
    for corners, text, sure in boxes or ():
        if float(sure) >= _LEAST_SURE:
            across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
            yield Word((min(across), min(down), max(across), max(down)), legible(text))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return words from top to bottom, those at one height together from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box[1]):
        height = word.box[3] - word.box[1]
        if lines and abs(lines[-1][0].box[1] - word.box[1]) < height / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in lines]


def _said(words: Iterable[Word], box: tuple[float, float, float, float] | None) -> str | None:
    """Return what a cell says, line by line; None where a spanning cell covers it."""
    if box is None:
        return None
    lines = _lines(word for word in words if ruled.inside(word.box, box))
    return "\n".join("".join(word.text for word in line) for line in lines)


def _tables(pixels: Any) -> list[Any]:
    """Return the tables that ruled lines make in a picture, from top to bottom."""
    from pdfplumber import table as ruling  # noqa: PLC0415

    crossings = ruling.edges_to_intersections(_ruled_lines(pixels), _APART, _APART)
    cells = ruling.intersections_to_cells(crossings)
    found = [ruling.Table(None, group) for group in ruling.cells_to_tables(cells)]  # type: ignore[arg-type]
    return [table for table in found if len(table.rows) > 1 and len(table.rows[0].cells) > 1]


def _ruled_lines(pixels: Any) -> list[dict[str, Any]]:
    """Return the long straight lines of a picture as edges; those that nearly coincide have one coordinate."""
    import cv2  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    least = max(pixels.shape[:2]) // _RULE
    edges = []
    for way, shape in (("h", (least, 1)), ("v", (1, least))):
        kept = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        bridged = cv2.dilate(kept, cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
        boxes = [tuple(int(n) for n in stats[:4]) for stats in cv2.connectedComponentsWithStats(bridged)[2][1:]]
        middles = _snapped([y + h // 2 if way == "h" else x + w // 2 for x, y, w, h in boxes])
        for (x, y, w, h), middle in zip(boxes, middles, strict=True):
            across = {"x0": x, "x1": x + w, "top": middle, "bottom": middle}
            down = {"x0": middle, "x1": middle, "top": y, "bottom": y + h}
            edges.append({"orientation": way, **(across if way == "h" else down)})
    return edges


def ranges(numbers: Iterable[int]) -> str:
    """Return page numbers in few words.

    >>> ranges([1, 2, 3, 7])
    '1–3、7'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _snapped(values: list[int]) -> list[int]:
    """Return numbers with those that lie close together made one.

    >>> _snapped([10, 200, 13, 205])
    [10, 200, 10, 200]
    """
    firsts: dict[int, int] = {}
    last = None
    for value in sorted(set(values)):
        last = value if last is None or value - last > _APART else last
        firsts[value] = last
    return [firsts[value] for value in values]
