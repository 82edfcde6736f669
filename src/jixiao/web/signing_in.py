"""登录: password and second factor, lock-out after failures, sessions that end; nothing says whether a name exists."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import transaction

from jixiao.web import audit, clock, seal
from jixiao.web.models import Account, SignIn
from jixiao.web.permissions import Viewer, of_account
from jixiao.web.refusals import BadForm

if TYPE_CHECKING:
    from datetime import datetime

COOKIE = "jixiao"
HALF = "jixiao_half"
_HALF_SECONDS = 600
SHORTEST_PASSWORD = 10


@cache
def _nobody() -> str:
    """Return a hash to compare with where there is no such account, so that both take as long."""
    return make_password(secrets.token_urlsafe(16))


def first_half(name: str, password: str) -> str:
    """Return the signed pass to the second factor for a right name and password; `BadForm` for anything else."""
    account = Account.objects.filter(name=name.strip(), active=True).first()
    if account is None:
        check_password(password, _nobody())
        raise BadForm("sign_in")
    _not_locked(account)
    if not check_password(password, account.password):
        _failed(account)
        raise BadForm("sign_in")
    return half_of(account)


def half_of(account: Account) -> str:
    """Return the signed pass to the second factor."""
    pending = "" if account.secret else pyotp.random_base32()
    return signing.dumps([account.pk, pending], salt=HALF, compress=True)


def half(passed: str) -> tuple[Account, str]:
    """Return the account that a pass belongs to, and the new secret where its second factor is not set up yet."""
    try:
        number, pending = signing.loads(passed, salt=HALF, max_age=_HALF_SECONDS)
    except signing.BadSignature:
        raise BadForm("sign_in_again") from None
    account = Account.objects.filter(pk=number, active=True).first()
    if account is None or bool(account.secret) == bool(pending):
        raise BadForm("sign_in_again")
    return account, pending


def second_half(passed: str, code: str, agent: str) -> str:
    """Return the key of a new session for a right code; a code works once, and a new second factor is set up by it."""
    account, pending = half(passed)
    _not_locked(account)
    secret = pending or seal.opened(account.secret)
    step = _step(secret, code)
    if step is None or step <= account.last_code:
        _failed(account)
        raise BadForm("code")
    with transaction.atomic():
        account.last_code, account.failures, account.locked_until = step, 0, None
        if pending:
            account.secret = seal.sealed(pending)
            audit.record(of_account(account), "second_factor_set")
        account.save()
        return begin(account, agent)


def begin(account: Account, agent: str) -> str:
    """Start a session, ending the oldest where there are too many, and return its key."""
    key, now = secrets.token_urlsafe(32), clock.now()
    SignIn.objects.filter(account=account, seen__lt=now - timedelta(minutes=settings.SIGN_IN_IDLE)).delete()
    keep = SignIn.objects.filter(account=account).order_by("-started").values_list("pk", flat=True)
    SignIn.objects.filter(pk__in=list(keep)[settings.SIGN_INS_AT_ONCE - 1 :]).delete()
    SignIn.objects.create(key_hash=seal.key_hash(key), account=account, started=now, seen=now, agent=agent[:120])
    audit.record(of_account(account), "signed_in")
    return key


def current(key: str) -> tuple[Account, Viewer] | None:
    """Return who a session's key belongs to, or None for a key that is unknown or has run out."""
    found = SignIn.objects.select_related("account").filter(pk=seal.key_hash(key), account__active=True).first()
    now = clock.now()
    if found is None or _ran_out(found, now):
        return None
    if now - found.seen > timedelta(minutes=1):
        SignIn.objects.filter(pk=found.pk).update(seen=now)
    return found.account, of_account(found.account)


def end(key: str) -> None:
    """End a session."""
    SignIn.objects.filter(pk=seal.key_hash(key)).delete()


def change_password(account: Account, old: str, new: str, keep: str) -> None:
    """Change a person's password and end all other sessions; `BadForm` for a wrong or a weak one."""
    if not check_password(old, account.password):
        raise BadForm("old_password")
    checked_password(account, new)
    with transaction.atomic():
        account.password, account.must_change = make_password(new), False
        account.save(update_fields=["password", "must_change"])
        SignIn.objects.filter(account=account).exclude(pk=seal.key_hash(keep)).delete()
        audit.record(of_account(account), "password_changed")


@transaction.atomic
def end_others(account: Account, keep: str) -> None:
    """End every session of a person but one."""
    others = SignIn.objects.filter(account=account).exclude(pk=seal.key_hash(keep))
    ended, _ = others.delete()
    audit.record(of_account(account), "signed_out", others=ended)


def checked_password(account: Account, new: str) -> None:
    """Refuse a password that is short, of one kind of sign, or the name."""
    kinds = len({"a" if sign.isalpha() else "1" if sign.isdigit() else "-" for sign in new})
    if len(new) < SHORTEST_PASSWORD or kinds < 2 or account.name.lower() in new.lower() or len(set(new)) < 5:
        raise BadForm("weak_password", shortest=SHORTEST_PASSWORD)


def uri(account: Account, secret: str) -> str:
    """Return the address that an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name="jixiao")


def _step(secret: str, code: str) -> int | None:
    """Return the time step that a code belongs to, one before and one after now included; None for a wrong code."""
    totp, said = pyotp.TOTP(secret), "".join(code.split())
    this = totp.timecode(clock.now())
    steps = (this - 1, this, this + 1)
    return next(
        (step for step in steps if secrets.compare_digest(totp.generate_otp(step).encode(), said.encode())), None
    )


def _not_locked(account: Account) -> None:
    if account.locked_until is not None and account.locked_until > clock.now():
        raise BadForm("locked", minutes=settings.SIGN_IN_LOCKED)


def _failed(account: Account) -> None:
    """Count a failure; the last one that is allowed locks the account for a while."""
    with transaction.atomic():
        found = Account.objects.select_for_update().get(pk=account.pk)
        found.failures += 1
        nobody = Viewer(None, f"{found.full_name}（{found.name}）", of_account(found).held)
        audit.record(nobody, "sign_in_failed", failures=found.failures)
        if found.failures >= settings.SIGN_IN_FAILURES:
            found.failures = 0
            found.locked_until = clock.now() + timedelta(minutes=settings.SIGN_IN_LOCKED)
            audit.record(nobody, "locked", minutes=settings.SIGN_IN_LOCKED)
        found.save(update_fields=["failures", "locked_until"])


def _ran_out(found: SignIn, now: datetime) -> bool:
    idle = now - found.seen > timedelta(minutes=settings.SIGN_IN_IDLE)
    return idle or now - found.started > timedelta(hours=settings.SIGN_IN_LONGEST)
