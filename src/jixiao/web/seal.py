"""封存: secrets at rest under the data folder's key (AES-GCM), and hashes of keys that are only compared."""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.conf import settings


def sealed(text: str) -> str:
    """Return a text encrypted under the secret key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  (loaded when a secret is handled)

    nonce = secrets.token_bytes(12)
    return base64.b64encode(nonce + AESGCM(_key()).encrypt(nonce, text.encode(), b"jixiao.web")).decode()


def opened(text: str) -> str:
    """Return what `sealed` made."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    raw = base64.b64decode(text)
    return AESGCM(_key()).decrypt(raw[:12], raw[12:], b"jixiao.web").decode()


def key_hash(key: str) -> str:
    """Return the hash under which a session's or a program's key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


def _key() -> bytes:
    return hashlib.sha256(b"jixiao.web.seal" + settings.SECRET_KEY.encode()).digest()
