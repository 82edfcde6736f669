"""照片: a photograph as documents print it: upright, as large as a page shows, without the notes of the camera.

Cameras write into a file where and with what it was taken; of that nothing goes into what is handed in.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from jixiao.documents.document import Picture

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 1400  # pixels; a page shows no more than 17 cm at 200 to the inch
_LARGEST = 60_000_000
_QUALITY = 85


def photo(path: Path, caption: str, says: str) -> Picture | None:
    """Return a photograph, or None where the file is no picture or far too large."""
    from PIL import Image, ImageOps  # noqa: PLC0415  (loaded where there are photographs)

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > _LARGEST:
                return None
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((LONGEST, LONGEST))
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright)
    out = io.BytesIO()
    bare.save(out, format="JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), bare.width, bare.height, caption, says)
