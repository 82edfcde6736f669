"""Gives a command a PostgreSQL of its own, which is gone when the command ends.

    python tools/postgres.py benchmarks/web.py --full

The command is run by this Python, with DATABASE_URL naming an empty database. The cluster lies in a temporary folder
and answers on the loopback address only; it is not made safe against a crash, which nobody here needs.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

USER = "jixiao"
_PROGRAMS = "/usr/lib/postgresql"  # where Debian keeps those that only an administrator runs


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest there is, or None."""
    found = sorted(Path(_PROGRAMS).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    anywhere = shutil.which("initdb")
    return found[-1].parent if found else Path(anywhere).parent if anywhere else None


class Cluster:
    """A PostgreSQL in a temporary folder; `database` makes an empty database in it and returns its address."""

    def __init__(self) -> None:
        folder = programs()
        if folder is None:
            raise FileNotFoundError("initdb")
        self._programs, self._made = folder, 0
        self._root = Path(tempfile.mkdtemp(prefix="jixiao-postgres-"))

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self._root, "postgres", "postgres")
        made = f"-D {self._root}/data -U {USER} -A trust -E UTF8 --locale=C.UTF-8 --no-sync"
        self._run("initdb", *made.split())
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self._port} -c unix_socket_directories={self._root} "
            "-c fsync=off -c full_page_writes=off -c max_connections=200"
        )
        self._run("pg_ctl", "-D", str(self._root / "data"), "-l", str(self._root / "log"), "-o", options, "-w", "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        self._run("pg_ctl", "-D", str(self._root / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._root, ignore_errors=True)

    def database(self) -> str:
        """Make an empty database and return its address."""
        self._made += 1
        name = f"jixiao_{self._made}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", USER, name)
        return f"postgresql://{USER}@127.0.0.1:{self._port}/{name}"

    def _run(self, program: str, *words: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        log = self._root / f"{program}.log"
        with log.open("wb") as out:  # a server that stays would hold a pipe open
            done = subprocess.run(
                [*as_user, str(self._programs / program), *words], cwd="/", stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {log.read_text(encoding='utf-8', errors='replace')}")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster goes as well
    with Cluster() as cluster:
        env = {**os.environ, "DATABASE_URL": cluster.database()}
        return subprocess.run([sys.executable, *sys.argv[1:]], env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
