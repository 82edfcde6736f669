"""启动: the data folder, the database and its migrations, the first key, the server and the worker beside it."""

from __future__ import annotations

import hashlib
import hmac
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.errors import CannotOpen, NoTool
from jixiao.findings import Message

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = "jixiao.web.settings"


def prepare(data: Path | None = None) -> None:
    """Set Django up on a data folder and bring its database up to date; nothing of Django is loaded before."""
    if data is not None:
        os.environ["JIXIAO_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    try:
        import django  # noqa: PLC0415
    except ImportError:
        raise NoTool(Message("web.serve.no_django"), remedy=Message("web.serve.no_django.remedy")) from None
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db.utils import DatabaseError  # noqa: PLC0415

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as problem:
        said = Message("web.serve.database", {"why": str(problem).splitlines()[0] if str(problem) else "—"})
        raise CannotOpen(said, remedy=Message("web.serve.database.remedy")) from None


def setup_key() -> str | None:
    """Return the key with which the first office is made, or None where there are accounts already."""
    from jixiao.web.models import Account  # noqa: PLC0415

    return None if Account.objects.exists() else _setup_key()


def is_setup_key(key: str) -> bool:
    """Return whether somebody has the key that the server printed."""
    return hmac.compare_digest(key.encode(), _setup_key().encode())


def _setup_key() -> str:
    from django.conf import settings  # noqa: PLC0415

    return hmac.new(settings.SECRET_KEY.encode(), b"jixiao.web.setup", hashlib.sha256).hexdigest()[:32]


def broken() -> list[tuple[str, int, str]]:
    """Return every place where a chain does not hold."""
    from jixiao.web import audit  # noqa: PLC0415

    return [(one.chain, one.number, one.what) for one in audit.broken()]


def serve(host: str, port: int, *, workers: int = 2, said: Callable[[str], None]) -> None:
    """Answer requests until the process is ended, with workers for long jobs beside; `said` is told the address."""
    from granian import Granian  # noqa: PLC0415
    from granian.constants import Interfaces  # noqa: PLC0415

    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    command = [sys.executable, "-m", "jixiao.web.worker"]
    beside = [subprocess.Popen([*command, size, str(os.getpid())]) for size in ("small", "large")]
    said(f"http://{shown}:{port}/")
    key = setup_key()
    if key is not None:
        said(f"http://{shown}:{port}/setup/{key}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        Granian(
            "jixiao.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
            blocking_threads=8, log_enabled=False, backlog=1024,
        ).serve()  # fmt: skip
    finally:
        for one in beside:
            one.terminate()
        for one in beside:
            one.wait(10)
