"""静态文件: style and scripts, each at an address that bears its digest, so that a browser asks for it once."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib import resources
from typing import NamedTuple

_HERE = "jixiao.web"
_FILES = {
    "app.css": (_HERE, "static/app.css", "text/css; charset=utf-8"),
    "app.js": (_HERE, "static/app.js", "text/javascript; charset=utf-8"),
    "icon.svg": (_HERE, "static/icon.svg", "image/svg+xml"),
    "htmx.js": ("django_htmx", "static/django_htmx/htmx-2.min.js", "text/javascript; charset=utf-8"),
}


class Asset(NamedTuple):
    """A file as it is served: its bytes, plain and packed, its type, its digest."""

    raw: bytes
    packed: bytes
    kind: str
    digest: str


@cache
def asset(name: str) -> Asset | None:
    """Return a file by its name, or None."""
    if name not in _FILES:
        return None
    package, path, kind = _FILES[name]
    raw = resources.files(package).joinpath(path).read_bytes()
    return Asset(raw, gzip.compress(raw, 9, mtime=0), kind, hashlib.sha256(raw).hexdigest()[:12])


@cache
def addresses() -> dict[str, str]:
    """Return the address of every file, by its name with `_` for the dot."""
    return {
        name.replace(".", "_"): f"/static/{found.digest}/{name}"
        for name in _FILES
        if (found := asset(name)) is not None
    }
