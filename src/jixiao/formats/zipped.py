"""可复现的压缩包: the same parts give the same bytes: fixed times, sorted names, one compression."""

from __future__ import annotations

import zipfile
from io import BytesIO

_WHEN = (1980, 1, 1, 0, 0, 0)


def reproducible(raw: bytes) -> bytes:
    """Return an Office file's archive with every accident of its making removed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        first = "[Content_Types].xml"
        for name in sorted(source.namelist(), key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
