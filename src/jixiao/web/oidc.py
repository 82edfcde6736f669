"""统一身份认证: signing in by an organisation's own service (OpenID Connect, authorization code with PKCE).

The service stands in for the password; the second factor stays ours unless the service says that it has asked for one.
A person is found by the service's own name for them, the first time by the sign-in name, and from then on has no
password here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.core.cache import cache
from django.db import transaction

from jixiao.web import audit
from jixiao.web.models import Account
from jixiao.web.permissions import of_account
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from jixiao.web.place import Provider

KEPT, SECONDS, LARGEST = 3600, 10, 2**20
_SALT, _LONGEST = "jixiao.oidc", 600
_STRONG = frozenset({"mfa", "otp", "hwk", "sc"})
_SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")


def provider() -> Provider:
    """Return the service that is named; `Unseen` where none is."""
    found: Provider | None = settings.OIDC
    if found is None:
        raise Unseen
    return found


def begun(back: str, then: str) -> tuple[str, str]:
    """Return where to send the browser, and the signed note of what was asked, to keep in a cookie."""
    asked, own = provider(), {name: secrets.token_urlsafe(24) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(own["verifier"].encode()).digest()
    said = {
        "response_type": "code", "client_id": asked.client, "redirect_uri": back, "scope": "openid profile",
        "state": own["state"], "nonce": own["nonce"], "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
    }  # fmt: skip
    note = signing.dumps({**own, "back": back, "then": then}, salt=_SALT)
    return f"{_described()['authorization_endpoint']}?{urlencode(said)}", note


def finished(note: str, state: str, code: str) -> tuple[Account, bool, str]:
    """Return who came back, whether a second factor was asked for there, and where to go on; `BadForm` otherwise."""
    try:
        asked = signing.loads(note, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        raise BadForm("sign_in_again") from None
    if not code or not secrets.compare_digest(asked["state"].encode(), state.encode()):
        raise BadForm("oidc")
    claims = _claims(_token(code, asked["verifier"], asked["back"]), asked["nonce"])
    return _account(claims), bool(_STRONG & set(claims.get("amr") or ())), asked["then"]


def _described() -> dict[str, Any]:
    """Return what the service says of itself, kept for an hour; `BadForm` where it does not answer."""
    issuer = provider().issuer
    found: dict[str, Any] = cache.get_or_set(
        f"oidc-{issuer}", lambda: _read(f"{issuer}/.well-known/openid-configuration"), KEPT
    )
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise BadForm("oidc")
    return found


def _read(address: str, said: dict[str, str] | None = None) -> dict[str, Any]:
    body = urlencode(said).encode() if said is not None else None
    try:
        with urlopen(Request(address, body, {"Accept": "application/json"}), timeout=SECONDS) as answer:
            found = json.loads(answer.read(LARGEST))
    except (URLError, OSError, ValueError):
        raise BadForm("oidc_away") from None
    if not isinstance(found, dict):
        raise BadForm("oidc_away")
    return found


def _token(code: str, verifier: str, back: str) -> str:
    asked = provider()
    said = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier,
        "client_id": asked.client, "client_secret": asked.secret,
    }  # fmt: skip
    return str(_read(_described()["token_endpoint"], said).get("id_token", ""))


def _claims(token: str, nonce: str) -> dict[str, Any]:
    """Return what a token says, once its signature, issuer, audience, age and nonce are right."""
    import jwt  # noqa: PLC0415  (loaded where somebody signs in by a service)

    try:
        keys = jwt.PyJWKSet.from_dict(_read(_described()["jwks_uri"]))
        named = jwt.get_unverified_header(token).get("kid")
        key = next(one for one in keys.keys if named is None or one.key_id == named)
        claims: dict[str, Any] = jwt.decode(
            token, key.key, algorithms=_SIGNED_BY, audience=provider().client, issuer=_described()["issuer"],
            leeway=60, options={"require": ["exp", "iat", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, StopIteration):
        raise BadForm("oidc") from None
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise BadForm("oidc")
    return claims


@transaction.atomic
def _account(claims: dict[str, Any]) -> Account:
    """Return the account that a service's person has; the first time found by name, and bound to that person."""
    subject = hashlib.sha256(f"{provider().issuer}|{claims['sub']}".encode()).hexdigest()
    found: Account | None = Account.objects.filter(subject=subject, active=True).first()
    if found is not None:
        return found
    name = str(claims.get(provider().claim, ""))
    found = Account.objects.select_for_update().filter(name=name, subject="", active=True).first()
    if found is None:
        raise BadForm("oidc_unknown", name=name or "—")
    found.subject, found.must_change, found.password = subject, False, make_password(None)
    found.save()
    audit.record(of_account(found), "bound", name=found.name)
    return found
