"""字体: which Chinese fonts this machine has, for charts and for the layout of a PDF."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Literal

from jixiao import library

_ENDINGS = (".ttf", ".ttc", ".otf")


@cache
def chinese(kind: Literal["sans", "serif"] = "sans") -> str | None:
    """Return the family of the best Chinese font of a kind, of any kind where there is none of it, or None."""
    present = _files()
    found = [entry for entry in library.read("formats/fonts.yaml") if entry["file"].lower() in present]
    fitting = [entry for entry in found if entry["kind"] == kind] or found
    return str(fitting[0]["family"]) if fitting else None


@cache
def families() -> frozenset[str] | None:
    """Return the families that fontconfig knows, or None on a system without it."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run([program, ":", "family"], capture_output=True, check=False, timeout=30)
    lines = listed.stdout.decode("utf-8", "replace").split("\n")
    return frozenset(name.strip() for line in lines for name in line.split(","))


@cache
def _files() -> frozenset[str]:
    paths = (path for folder in _folders() for path in folder.rglob("*"))
    return frozenset(path.name.lower() for path in paths if path.suffix.lower() in _ENDINGS)


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path("C:/Windows/Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]
