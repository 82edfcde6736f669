"""预览图: the first page of a PDF, or a picture, as a small PNG to look at beside its name."""

from __future__ import annotations

import io
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

WIDTH = 320
_LARGEST = 60_000_000  # points of a picture; more is not opened
_one_at_a_time = Lock()  # PDFium serves one thread


def pdf(path: Path) -> bytes | None:
    """Return the first page of a PDF as PNG, or None where it cannot be opened."""
    import pypdfium2  # noqa: PLC0415  (loaded when a PDF is looked at)

    with _one_at_a_time:
        try:
            with pypdfium2.PdfDocument(path) as opened:
                page = opened[0]
                return _png(page.render(scale=WIDTH / max(page.get_width(), 1)).to_pil())
        except (pypdfium2.PdfiumError, ValueError, OSError, IndexError):
            return None


def picture(path: Path) -> bytes | None:
    """Return a picture as a smaller PNG, or None where it cannot be opened or is far too large."""
    from PIL import Image as images  # noqa: PLC0415

    try:
        with images.open(path) as opened:
            if opened.width * opened.height > _LARGEST:
                return None
            opened.thumbnail((WIDTH, WIDTH * 2))
            return _png(opened.convert("RGB"))
    except (OSError, ValueError, images.DecompressionBombError):
        return None


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()
