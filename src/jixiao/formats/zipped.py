"""可复现的压缩包: the same parts give the same bytes: fixed times, sorted names, one compression."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHEN = (1980, 1, 1, 0, 0, 0)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return an Office file of these parts."""
    out, first = BytesIO(), "[Content_Types].xml"
    with zipfile.ZipFile(out, "w") as target:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, parts[name])
    return out.getvalue()


def reproducible(raw: bytes) -> bytes:
    """Return an Office file's archive with every accident of its making removed."""
    with zipfile.ZipFile(BytesIO(raw)) as source:
        return archive({name: source.read(name) for name in source.namelist()})
