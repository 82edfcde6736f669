"""预览: what a piece of evidence looks like, small, where it can be shown at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jixiao.formats import preview as drawing

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"pdf": drawing.pdf, "png": drawing.picture, "jpeg": drawing.picture}


def preview(path: Path, kind: str) -> bytes | None:
    """Return a PDF's first page, or a picture, as a small PNG; None for what cannot be shown."""
    return KINDS[kind](path) if kind in KINDS else None
