"""转换: old and other office files (.xls, .doc, .wps, .et) by LibreOffice, where it is installed, into what we read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats import kinds
from jixiao.formats.opened import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT = 120
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
    result = None
    goal = "xlsx" if kinds.is_book(opened(path), path.suffix.lower()) else "docx"
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        with suppress(TimeoutError):
            result = run(program, path, goal, Path(folder), TIMEOUT)
        if result is None:
            raise CannotOpen(Message("open.cannot_convert"), remedy=Message("open.cannot_convert.remedy"), place=place)
        yield result


def run(program: str, source: Path, goal: str, folder: Path, seconds: float) -> Path | None:
    """Return the file that LibreOffice makes in a folder; None where it fails.

    Raises `TimeoutError` when it takes longer; then it is ended with everything that it started.
    """
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
               "--convert-to", goal, "--outdir", str(folder), str(source)]  # fmt: skip
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            _stop(running)
            raise TimeoutError from None
    result = folder / f"{source.stem}.{goal}"
    return result if result.is_file() else None


def _stop(running: subprocess.Popen[bytes]) -> None:
    """End the program with everything it started."""
    if hasattr(os, "killpg"):
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
