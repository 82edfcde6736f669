"""整存整取: outputs appear whole or not at all, and an earlier output survives a failed run.

Files are written into a folder beside the target and moved into place one by one once all of them exist.
"""

from __future__ import annotations

import errno
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
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EACCES: "forbidden", errno.EPERM: "forbidden", errno.EROFS: "forbidden",
    errno.EEXIST: "file", errno.ENOTDIR: "file", errno.ENAMETOOLONG: "name",
}  # fmt: skip


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a folder to write into; on leaving, its files move to `target`, or all of them vanish."""
    place = Place(str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as problem:
        raise _cannot(problem, place) from None
    try:
        yield staging
        target.mkdir(exist_ok=True)
        for path in sorted(staging.rglob("*")):
            if path.is_file():
                goal = target / path.relative_to(staging)
                goal.parent.mkdir(parents=True, exist_ok=True)
                path.replace(goal)
    except OSError as problem:
        raise _cannot(problem, place) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _cannot(problem: OSError, place: Place) -> CannotWrite:
    said = Message("write.cannot", {"why": Message(f"write.why.{_WHY.get(problem.errno or 0, 'other')}", {"code": problem.errno})})
    return CannotWrite(said, remedy=Message("write.cannot.remedy"), place=place)
