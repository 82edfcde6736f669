"""识别图片文字: pages that are pictures, read by an optional recogniser on the office's own machine (extra `ocr`).

What is read so is less sure than printed text: its places say OCR, and nothing found in it alone is an error.
Nothing is sent anywhere; the models are part of the package.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from jixiao.documents.document import Heading, Paragraph
from jixiao.findings import Place
from jixiao.formats.text_read import heading_level, unradical
from jixiao.review.said import OCR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.documents.document import Block

_DOTS_PER_POINT = 2.5
_LONGEST_SIDE = 2000
_LEAST_SURE = 0.6


def available() -> bool:
    """Return whether the recogniser is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    return RapidOCR()


def pages(raw: bytes, numbers: Iterable[int], name: str) -> dict[int, list[Block]]:
    """Return the lines of some pages of a PDF, counted from 1."""
    import pypdfium2  # noqa: PLC0415

    found = {}
    pdf = pypdfium2.PdfDocument(raw)
    try:
        for number in numbers:
            page = pdf[number - 1]
            scale = min(_DOTS_PER_POINT, _LONGEST_SIDE / max(page.get_size()))
            found[number] = _lines(page.render(scale=scale).to_numpy(), number, name)
    finally:
        pdf.close()
    return found


def picture(raw: bytes, name: str) -> list[Block]:
    """Return the lines of a picture file, none where it is damaged."""
    import numpy  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(BytesIO(raw)) as image:
            return _lines(numpy.asarray(image.convert("RGB")), 1, name)
    except (OSError, ValueError):
        return []


def _lines(pixels: Any, page: int, name: str) -> list[Block]:
    """Return the recognised lines from top to bottom; words at one height are one line."""
    boxes, _ = _engine()(pixels)
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for corners, text, sure in sorted(boxes or (), key=lambda box: box[0][0][1]):
        if float(sure) < _LEAST_SURE:
            continue
        left, top, height = corners[0][0], corners[0][1], corners[2][1] - corners[0][1]
        if rows and abs(rows[-1][0] - top) < height / 2:
            rows[-1][1].append((left, text))
        else:
            rows.append((top, [(left, text)]))
    blocks: list[Block] = []
    for at, (_, words) in enumerate(rows, 1):
        said = unradical(" ".join(text for _, text in sorted(words)))
        place = Place(name, OCR, page, line=at, quote=said[:60])
        level = heading_level(said)
        blocks.append(Paragraph(said, place=place) if level is None else Heading(said, level, place))
    return blocks
