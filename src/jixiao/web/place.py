"""数据目录: where everything stored lies: database, evidence, outputs and the secret key, for the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from jixiao.errors import CannotOpen, CannotWrite
from jixiao.findings import Message, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET = "secret.key"


def folder() -> Path:
    """Return the data folder: `JIXIAO_DATA`, else `jixiao-data` where the command was started; it is made if absent."""
    path = Path(os.environ.get("JIXIAO_DATA") or "jixiao-data").resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        said = Message("web.place.cannot", {"folder": path})
        raise CannotWrite(said, remedy=Message("web.place.cannot.remedy"), place=Place(str(path))) from None
    return path


def secret_key(path: Path) -> str:
    """Return the secret key of a data folder, made at its first use and readable by its owner only."""
    file = path / SECRET
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        key = secrets.token_urlsafe(64)
        out.write(f"{key}\n")
    return key


def registers(named: str | None) -> Path | None:
    """Return the folder that `JIXIAO_REGISTERS` names, or None; it has to be there."""
    if not named:
        return None
    path = Path(named).resolve()
    if not path.is_dir():
        said = Message("web.place.registers", {"folder": path})
        raise CannotOpen(said, remedy=Message("web.place.registers.remedy"), place=Place(str(path)))
    return path


class Provider(NamedTuple):
    """A service that signs people in: its address, what we are called there, our secret, the claim of a name."""

    issuer: str
    client: str
    secret: str
    claim: str


def oidc(env: Mapping[str, str]) -> Provider | None:
    """Return the service that `JIXIAO_OIDC_ISSUER` and what stands beside it name, or None; it has to speak HTTPS.

    >>> oidc({"JIXIAO_OIDC_ISSUER": "https://id.example/", "JIXIAO_OIDC_CLIENT": "jixiao"}).issuer
    'https://id.example'
    """
    issuer = env.get("JIXIAO_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        said = Message("web.place.oidc", {"issuer": issuer})
        raise CannotOpen(said, remedy=Message("web.place.oidc.remedy"))
    names = ("JIXIAO_OIDC_CLIENT", "JIXIAO_OIDC_SECRET", "JIXIAO_OIDC_CLAIM")
    client, secret, claim = (env.get(name, "") for name in names)
    return Provider(issuer, client, secret, claim or "preferred_username")


def database(path: Path, url: str | None) -> dict[str, object]:
    """Return Django's settings of the database: SQLite in the data folder, or what `DATABASE_URL` names.

    >>> found = database(Path("/data"), "postgresql://jx:p%40ss@db:5433/jixiao?sslmode=require")
    >>> found["HOST"], found["PORT"], found["PASSWORD"], found["OPTIONS"]
    ('db', '5433', 'p@ss', {'sslmode': 'require'})
    """
    if not url:
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path / "jixiao.sqlite3"), "OPTIONS": options,
                "CONN_MAX_AGE": 60}  # fmt: skip
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        said = Message("web.place.database", {"scheme": parts.scheme or "—"})
        raise CannotOpen(said, remedy=Message("web.place.database.remedy"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
