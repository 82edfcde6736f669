"""转换: old and other office files (.xls, .doc, .wps, .et) by LibreOffice, where it is installed, into what we read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_SECONDS = 120
BOOKS = frozenset({".xls", ".et", ".ett", ".xlsb", ".ods"})


def office() -> str | None:
    """Return the LibreOffice program, or None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def converted(path: Path) -> Iterator[Path]:
    """Give the file as .xlsx or .docx for as long as it is needed; `CannotOpen` where it cannot be converted.

    Macros are never run: LibreOffice runs without a user's settings, in a profile that is thrown away.
    """
    program, place = office(), Place(str(path))
    if program is None:
        raise CannotOpen(
            Message("open.needs_office", {"ending": path.suffix}),
            remedy=Message("open.needs_office.remedy"),
            place=place,
        )
    goal = "xlsx" if path.suffix.lower() in BOOKS else "docx"
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        profile = Path(folder, "profile").as_uri()
        order = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            goal,
            "--outdir",
            folder,
            str(path),
        ]
        try:
            subprocess.run(order, check=True, capture_output=True, timeout=_LONGEST_SECONDS)
        except (subprocess.SubprocessError, OSError):
            raise _cannot(place) from None
        result = Path(folder, f"{path.stem}.{goal}")
        if not result.exists():
            raise _cannot(place)
        yield result


def _cannot(place: Place) -> CannotOpen:
    return CannotOpen(Message("open.cannot_convert"), remedy=Message("open.cannot_convert.remedy"), place=place)
