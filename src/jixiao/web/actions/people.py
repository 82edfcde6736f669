"""单位与人员: what an administrator does: offices, accounts, duties, second factors, keys for programs."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.db import transaction

from jixiao import keys
from jixiao.web import audit, clock, permissions, seal
from jixiao.web.models import Account, Duty, Office, SignIn, Token
from jixiao.web.models.accounts import ROLES
from jixiao.web.models.offices import KINDS, LEVELS
from jixiao.web.permissions import of_account
from jixiao.web.refusals import BadForm, Refused, Unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jixiao.web.permissions import Viewer

TOKEN_ROLES = ("fill", "evaluate", "check", "review")
_NAME = re.compile(r"[\w.@-]{3,60}")


@transaction.atomic
def found(*, name: str, full_name: str, password: str, office: str, kind: str, level: str) -> Account:
    """Make the first office and its administrator; only while there is no account at all."""
    if Account.objects.exists():
        raise Unseen
    first = _office(office, kind, level, "", None)
    account = _account(name, full_name, password, must_change=False)
    Duty.objects.create(account=account, office=first, role="manage")
    audit.record(of_account(account), "founded", office=first.pk)
    return account


@transaction.atomic
def add_office(
    viewer: Viewer, parent: Office, *, name: str, kind: str, level: str, region: str = "", finance: Office | None = None
) -> Office:
    """Add an office below one that the viewer manages."""
    _managed(viewer, parent)
    office = _office(name, kind, level, region, parent)
    if finance is not None:
        office.finance = finance
        office.save()
    audit.record(viewer, "office_added", added=office.pk, name=office.name, parent=parent.pk)
    return office


@transaction.atomic
def set_finance(viewer: Viewer, office: Office, finance: Office | None) -> None:
    """Say which finance office reviews the evaluations of an office."""
    _managed(viewer, office)
    office.finance = finance
    office.save(update_fields=["finance"])
    audit.record(viewer, "finance_set", office=office.pk, finance=finance.pk if finance else None)


@transaction.atomic
def set_code(viewer: Viewer, office: Office, code: str) -> None:
    """Say the code of the region whose case lists are an office's; "" is none."""
    _managed(viewer, office)
    if code and not re.fullmatch(r"[1-9][0-9]{5}", code, re.ASCII):
        raise BadForm("region_code", code=code)
    if code != office.code:
        office.code = code
        office.save(update_fields=["code"])
        audit.record(viewer, "code_set", office=office.pk, code=code)


@transaction.atomic
def set_active(viewer: Viewer, office: Office, *, active: bool) -> None:
    """Close an office, whose people then do nothing for it, or open it again; what it has evaluated stays."""
    _managed(viewer, office)
    if viewer.at(office.path, ("manage",)) is not None and office.pk == viewer.office and not active:
        raise Refused("own_office")
    office.active = active
    office.save(update_fields=["active"])
    audit.record(viewer, "office_opened" if active else "office_closed", office=office.pk)


@transaction.atomic
def add_account(viewer: Viewer, office: Office, name: str, full_name: str, roles: Sequence[str]) -> tuple[Account, str]:
    """Add a person with duties at an office; return the account and the password to hand over, kept nowhere."""
    _managed(viewer, office)
    if not roles or not set(roles) <= set(ROLES):
        raise BadForm("roles")
    password = f"{keys.password()[:14]}-7"
    account = _account(name, full_name, password, must_change=True)
    for role in roles:
        Duty.objects.create(account=account, office=office, role=role)
    audit.record(viewer, "account_added", account=account.pk, name=account.name, at=office.pk, roles=list(roles))
    return account, password


@transaction.atomic
def set_duties(viewer: Viewer, number: int, office: Office, roles: Sequence[str]) -> None:
    """Give a person exactly these duties at an office."""
    _managed(viewer, office)
    account = account_of(viewer, number)
    if not set(roles) <= set(ROLES):
        raise BadForm("roles")
    Duty.objects.filter(account=account, office=office).exclude(role__in=roles).delete()
    for role in roles:
        Duty.objects.get_or_create(account=account, office=office, role=role)
    audit.record(viewer, "duties_set", account=account.pk, at=office.pk, roles=list(roles))


@transaction.atomic
def reset(viewer: Viewer, number: int) -> str:
    """Give a person a new password and let the second factor be set up anew; all sessions end."""
    account = account_of(viewer, number)
    password = f"{keys.password()[:14]}-7"
    account.password, account.secret, account.must_change = make_password(password), "", True
    account.subject = ""
    account.failures, account.locked_until = 0, None
    account.save()
    SignIn.objects.filter(account=account).delete()
    audit.record(viewer, "account_reset", account=account.pk)
    return password


@transaction.atomic
def close(viewer: Viewer, number: int) -> None:
    """Close an account; nobody closes their own."""
    account = account_of(viewer, number)
    if account.pk == viewer.account:
        raise Refused("own_account")
    account.active = False
    account.save(update_fields=["active"])
    SignIn.objects.filter(account=account).delete()
    audit.record(viewer, "account_closed", account=account.pk)


def account_of(viewer: Viewer, number: int) -> Account:
    """Return an account all of whose duties are at offices that the viewer manages; `Unseen` for another."""
    account: Account | None = Account.objects.filter(pk=number).first()
    if account is None:
        raise Unseen
    offices = [duty.office for duty in account.duties.select_related("office")]
    if not offices or not all(permissions.may_manage(viewer, office.path) for office in offices):
        raise Unseen
    return account


@transaction.atomic
def add_token(viewer: Viewer, office: Office, name: str, roles: Sequence[str], days: int) -> str:
    """Return a new key for an office's program; it acts in no more than these roles, and cannot approve or manage."""
    _managed(viewer, office)
    if not roles or not set(roles) <= set(TOKEN_ROLES) or not name.strip() or not 1 <= days <= 400:
        raise BadForm("token")
    key = f"jx_{secrets.token_urlsafe(32)}"
    now = clock.now()
    token = Token.objects.create(
        office=office, name=name.strip()[:60], key_hash=seal.key_hash(key), roles=",".join(roles),
        by_id=viewer.account, at=now, until=now + timedelta(days=days),
    )  # fmt: skip
    audit.record(viewer, "token_added", token=token.pk, name=token.name, at=office.pk, roles=list(roles))
    return key


@transaction.atomic
def end_token(viewer: Viewer, number: int) -> None:
    """End a program's key."""
    token = Token.objects.select_related("office").filter(pk=number).first()
    if token is None or not permissions.may_manage(viewer, token.office.path):
        raise Unseen
    token.ended = clock.now()
    token.save(update_fields=["ended"])
    audit.record(viewer, "token_ended", token=token.pk)


def token_of(key: str) -> Token | None:
    """Return the token that a key belongs to, or None for one that is unknown, ended or has run out."""
    token: Token | None = Token.objects.select_related("office").filter(key_hash=seal.key_hash(key), ended=None).first()
    return token if token is not None and token.until > clock.now() and token.office.active else None


def _managed(viewer: Viewer, office: Office) -> None:
    if not permissions.may_manage(viewer, office.path):
        raise Refused("no_role_to_manage")


def _office(name: str, kind: str, level: str, region: str, parent: Office | None) -> Office:
    if not name.strip() or kind not in KINDS or level not in LEVELS:
        raise BadForm("office")
    if Office.objects.filter(name=name.strip(), parent=parent).exists():
        raise BadForm("office_twice", name=name)
    return Office.objects.create(
        name=name.strip()[:120], kind=kind, level=level, region=region.strip()[:60], parent=parent
    )


def _account(name: str, full_name: str, password: str, *, must_change: bool) -> Account:
    from jixiao.web.signing_in import checked_password  # noqa: PLC0415  (signing in asks for accounts)

    if not _NAME.fullmatch(name) or not full_name.strip():
        raise BadForm("account_name")
    if Account.objects.filter(name__iexact=name).exists():
        raise BadForm("account_twice", name=name)
    account = Account(name=name, full_name=full_name.strip()[:60], must_change=must_change)
    checked_password(account, password)
    account.password = make_password(password)
    account.save()
    return account
