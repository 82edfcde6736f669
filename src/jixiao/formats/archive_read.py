"""读压缩包: the files of an archive, unpacked one at a time, under the names that Chinese Windows gave them."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen
from jixiao.findings import Message, Place
from jixiao.formats.opened import LARGEST_UNPACKED, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MEMBERS = 2000


def members(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file's name inside the archive and where it lies until the next one is asked for."""
    place = Place(str(path))
    with _open(path) as archive, TemporaryDirectory(prefix="jixiao-") as folder:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > LARGEST_UNPACKED or len(entries) > _MOST_MEMBERS:
            said = Message("open.bomb", {"size": f"{unpacked / 2**20:.0f}"})
            raise CannotOpen(said, remedy=Message("open.bomb.remedy"), place=place)
        for number, entry in enumerate(entries):
            name = _name(entry)
            inner = Path(folder, f"{number}{Path(name).suffix.lower()}")
            inner.write_bytes(archive.read(entry))
            yield name, inner
            inner.unlink(missing_ok=True)


@contextmanager
def _open(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give the archive; what goes wrong in it is `CannotOpen`."""
    try:
        with zipfile.ZipFile(BytesIO(opened(path))) as archive:
            yield archive
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as problem:
        what = "open.password" if "password" in str(problem) or "encrypted" in str(problem) else "open.not_archive"
        raise CannotOpen(Message(what), remedy=Message(f"{what}.remedy"), place=Place(str(path))) from None


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; archives made on Chinese Windows spell it in GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
