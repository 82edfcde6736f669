"""单位与人员页: what an administrator of an office and those below it sees and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import permissions
from jixiao.web.actions import people
from jixiao.web.models import Account, Office, Token
from jixiao.web.models.accounts import ROLES
from jixiao.web.models.offices import KINDS, LEVELS
from jixiao.web.pages import go, note, page, signed, whole
from jixiao.web.refusals import BadForm, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 40


def _managed(request: HttpRequest, name: str = "office") -> Office:
    return permissions.office(request.viewer, whole(request.POST.get(name)), ("manage",))


@signed
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List offices, people and programs' keys."""
    return shown(request)


def shown(request: HttpRequest, problem: BadForm | None = None, **handed: str) -> HttpResponse:
    """Return the page, with what could not be done, or a password or key to hand over now."""
    if "manage" not in request.viewer.roles:
        raise Refused("no_role_to_manage")
    words = request.GET.get("q", "").strip()[:60]
    offices = Office.objects.filter(permissions.below(request.viewer, roles=("manage",)))
    if words:
        offices = offices.filter(name__icontains=words)
    shown_page = Paginator(offices.select_related("finance").order_by("path"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    here = [office.pk for office in shown_page]
    accounts = Account.objects.filter(duties__office__in=here, active=True).distinct().order_by("name")
    accounts = list(accounts.prefetch_related("duties__office"))
    tokens = Token.objects.filter(office__in=here, ended=None).select_related("office").order_by("-at")
    return page(
        request, "people.html", problem.status if problem else 200, problem=problem, shown=shown_page,
        accounts=accounts, words=words, roles=ROLES, kinds=KINDS, levels=LEVELS, tokens=list(tokens),
        token_roles=people.TOKEN_ROLES,
        finances=_finances(), said=request.POST,
        **handed,
    )  # fmt: skip


@signed
@require_POST
def add_office(request: HttpRequest) -> HttpResponse:
    """Add an office."""
    said = request.POST
    try:
        finance = (
            Office.objects.filter(pk=whole(said["finance"]), kind="finance").first() if said.get("finance") else None
        )
        people.add_office(
            request.viewer, _managed(request), finance=finance,
            **{one: said.get(one, "") for one in ("name", "kind", "level", "region")},
        )  # fmt: skip
    except BadForm as refused:
        return shown(request, refused)
    note(request, "web.people.done")
    return go("people")


@signed
@require_http_methods(["GET", "POST"])
def office(request: HttpRequest, office: int) -> HttpResponse:
    """Show an office; a POST says which finance office reviews, and whether it is open."""
    found = permissions.office(request.viewer, office, ("manage",))
    if request.method == "POST":
        said = request.POST.get("finance", "")
        finance = Office.objects.filter(pk=whole(said), kind="finance").first() if said else None
        active = bool(request.POST.get("active"))
        people.set_code(request.viewer, found, request.POST.get("code", "").strip())
        if finance != found.finance:
            people.set_finance(request.viewer, found, finance)
        if active != found.active:
            people.set_active(request.viewer, found, active=active)
        note(request, "web.people.done")
        return go("office", office=office)
    staff = Account.objects.filter(duties__office=found, active=True).distinct().order_by("name")
    return page(
        request, "office.html", office=found, finances=_finances(), staff=list(staff.prefetch_related("duties"))
    )


@signed
@require_GET
def person(request: HttpRequest, account: int) -> HttpResponse:
    """Show a person's duties at every office, to change them."""
    return person_shown(request, people.account_of(request.viewer, account))


def person_shown(
    request: HttpRequest, account: Account, problem: BadForm | None = None, handed: str = ""
) -> HttpResponse:
    """Return the page of a person, with what could not be done, or a password to hand over now."""
    held: dict[Office, list[str]] = {}
    for duty in account.duties.select_related("office").order_by("office__path"):
        held.setdefault(duty.office, []).append(duty.role)
    offices = Office.objects.filter(permissions.below(request.viewer, roles=("manage",)), active=True)
    others = offices.exclude(pk__in=[one.pk for one in held]).order_by("path")[:500]
    return page(request, "person.html", problem.status if problem else 200, problem=problem, person=account,
                held=list(held.items()), others=list(others), roles=ROLES, handed=handed)  # fmt: skip


def _finances() -> list[Office]:
    return list(Office.objects.filter(kind="finance", active=True).order_by("path")[:300])


@signed
@require_POST
def add_account(request: HttpRequest) -> HttpResponse:
    """Add a person, and show the password once."""
    said = request.POST
    try:
        account, password = people.add_account(
            request.viewer, _managed(request), said.get("name", ""), said.get("full_name", ""), said.getlist("role")
        )
    except BadForm as refused:
        return shown(request, refused)
    return shown(request, handed_name=account.name, handed=password)


@signed
@require_POST
def set_duties(request: HttpRequest, account: int) -> HttpResponse:
    """Change a person's duties at an office."""
    try:
        people.set_duties(request.viewer, account, _managed(request), request.POST.getlist("role"))
    except BadForm as refused:
        return person_shown(request, people.account_of(request.viewer, account), refused)
    note(request, "web.people.done")
    return go("person", account=account)


@signed
@require_POST
def reset(request: HttpRequest, account: int) -> HttpResponse:
    """Give a person a new password and a new second factor."""
    password = people.reset(request.viewer, account)
    return person_shown(request, people.account_of(request.viewer, account), handed=password)


@signed
@require_POST
def close(request: HttpRequest, account: int) -> HttpResponse:
    """Close an account."""
    people.close(request.viewer, account)
    note(request, "web.people.done")
    return go("people")


@signed
@require_POST
def add_token(request: HttpRequest) -> HttpResponse:
    """Make a key for an office's program, and show it once."""
    said = request.POST
    try:
        days = whole(said.get("days"), low=1, high=400)
        key = people.add_token(request.viewer, _managed(request), said.get("name", ""), said.getlist("role"), days)
    except BadForm as refused:
        return shown(request, refused)
    return shown(request, handed_name=said.get("name", ""), handed=key)


@signed
@require_POST
def end_token(request: HttpRequest, token: int) -> HttpResponse:
    """End a program's key."""
    people.end_token(request.viewer, token)
    note(request, "web.people.done")
    return go("people")
