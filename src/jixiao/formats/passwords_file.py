"""名单密码: the passwords of case lists, in a file beside the folder of lists and never in it.

A folder is passed on as it is; the passwords go another way. An office keeps its password from one run to the next.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.formats.whole import whole_file
from jixiao.keys import password

if TYPE_CHECKING:
    from collections.abc import Iterable


def beside(out: Path) -> Path:
    """Return where the passwords of the lists in a folder stand.

    >>> beside(Path("/data/out")).as_posix()
    '/data/out-passwords.csv'
    """
    folder = out.absolute()
    return folder.with_name(f"{folder.name}-passwords.csv")


def kept(out: Path, offices: Iterable[str]) -> dict[str, str]:
    """Return the password of every office, an earlier one if it has one, once all of them stand on disk."""
    path = beside(out)
    earlier = read(path)
    found = {office: earlier.get(office) or password() for office in offices}
    lines = "".join(f"{office},{key}\n" for office, key in sorted({**earlier, **found}.items()))
    whole_file(path, f"office,password\n{lines}".encode(), mode=0o600)
    return found


def read(path: Path) -> dict[str, str]:
    """Return the passwords by office; none where there is no such file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["office"]: row["password"] for row in csv.DictReader(file)}
