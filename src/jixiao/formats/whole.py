"""整存整取: outputs appear whole or not at all, and an earlier output survives a failed run.

Files are written into a folder beside the target and moved into place one by one once all of them exist.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import CannotWrite
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHY = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.EEXIST: "file",
    errno.ENOTDIR: "file",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "name",
}


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a folder to write into; on leaving, its files move to `target`, or all of them vanish."""
    place = Place(str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        staging = beside / "new"
        staging.mkdir()
    except OSError as problem:
        raise _cannot(problem, place) from None
    try:
        yield staging
        if target.exists():
            target.mkdir(exist_ok=True)  # refuses a file of that name
            _move(staging, target, kept=beside / "earlier")
        else:
            staging.rename(target)
    except CannotWrite as problem:  # what an engine could not write lies in `beside`, which nobody has heard of
        raise CannotWrite(problem.what, remedy=problem.remedy, place=place) from None
    except OSError as problem:
        raise _cannot(problem, place) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def whole_file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file with the permissions `mode`, or leave the earlier one as it was and raise `CannotWrite`."""
    place = Place(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            beside.chmod(mode)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as problem:
        raise _cannot(problem, place) from None


def _move(staging: Path, target: Path, *, kept: Path) -> None:
    """Move every file into the target; when one cannot go, those that went are taken back."""
    gone: list[Path] = []
    try:
        for path in sorted(path for path in staging.rglob("*") if path.is_file()):
            name = path.relative_to(staging)
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            if (target / name).is_file():
                (kept / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(target / name, kept / name)
            path.replace(target / name)
            gone.append(name)
    except OSError:
        for name in gone:
            if (kept / name).exists():
                (kept / name).replace(target / name)
            else:
                (target / name).unlink()
        raise


def _cannot(problem: OSError, place: Place) -> CannotWrite:
    why = Message(f"write.why.{_WHY.get(problem.errno or 0, 'other')}", {"code": problem.errno})
    said = Message("write.cannot", {"why": why})
    return CannotWrite(said, remedy=Message("write.cannot.remedy"), place=place)
