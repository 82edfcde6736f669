"""权限: who may see and do what. Pages, files and the API all ask here and nowhere else.

An office sees its own evaluations, those of the offices below it, those it evaluates, and those it was given. What may
be done follows from the role held, the step that the evaluation stands at, and what the same person did on it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from jixiao.web import steps
from jixiao.web.models import Dossier, Duty, Gift, Move, Office, Revision
from jixiao.web.refusals import Refused, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jixiao.web.models import Account, Token

_FEW = 200
DATA_ROLES = ("fill", "evaluate")  # the duties of a data officer: registers are theirs to compare


class Held(NamedTuple):
    """A role at an office, known by its number and its path."""

    office: int
    path: str
    role: str


class Viewer(NamedTuple):
    """Whoever asks: a person or an office's program, with the roles held. `account` is None for a program."""

    account: int | None
    name: str
    held: tuple[Held, ...]
    token: int | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths of the offices at which a role is held, without those below another."""
        found: list[str] = []
        for path in sorted({held.path for held in self.held}):
            if not any(path.startswith(above) for above in found):
                found.append(path)
        return tuple(found)

    @property
    def roles(self) -> frozenset[str]:
        """Return every role held anywhere."""
        return frozenset(held.role for held in self.held)

    @property
    def office(self) -> int | None:
        """Return the office that this viewer first acts for."""
        return self.held[0].office if self.held else None

    def at(self, path: str, roles: Iterable[str], *, above: bool = False) -> str | None:
        """Return the first of some roles that is held at an office, or with `above` at one above it."""
        for role in roles:
            for held in self.held:
                if held.role == role and (held.path == path or (above and path.startswith(held.path))):
                    return role
        return None


def of_account(account: Account) -> Viewer:
    """Return a person as a viewer."""
    duties = Duty.objects.filter(account=account, office__active=True).select_related("office").order_by("id")
    held = tuple(Held(duty.office_id, duty.office.path, duty.role) for duty in duties)
    return Viewer(account.pk, f"{account.full_name}（{account.name}）", held)


def of_token(token: Token) -> Viewer:
    """Return an office's program as a viewer."""
    held = tuple(Held(token.office_id, token.office.path, role) for role in token.roles.split(","))
    return Viewer(None, f"{token.name}@{token.office.name}", held, token.pk)


def below(viewer: Viewer, field: str = "path", roles: Iterable[str] | None = None) -> Q:
    """Return the condition that an office is one of the viewer's or below it; `roles` narrows them to those held."""
    held = viewer.held if roles is None else tuple(one for one in viewer.held if one.role in set(roles))
    asked = Q(pk__in=[])
    for path in viewer._replace(held=held).paths:
        asked |= Q(**{f"{field}__startswith": path})
    return asked


def visible(viewer: Viewer) -> Q:
    """Return the condition that a dossier is seen by a viewer; `sees` says the same of one.

    Few offices and few gifts are named one by one, which lets a database use its indexes.
    """
    offices = Office.objects.filter(below(viewer)).values_list("pk", flat=True)
    here = list(offices[: _FEW + 1])
    inside = here if len(here) <= _FEW else offices
    given = Gift.objects.filter(office__in=inside).values_list("dossier", flat=True)
    named = list(given[: _FEW + 1])
    return Q(office__in=inside) | Q(evaluator__in=inside) | Q(pk__in=named if len(named) <= _FEW else given)


def sees(viewer: Viewer, of: Dossier) -> bool:
    """Return whether a viewer sees a dossier: its office or its evaluator is the viewer's or below, or it was given."""
    paths = [of.office.path, *([of.evaluator.path] if of.evaluator is not None else [])]
    if any(path.startswith(own) for own in viewer.paths for path in paths):
        return True
    return bool(Gift.objects.filter(below(viewer, "office__path"), dossier=of).exists())


def dossiers(viewer: Viewer):  # type: ignore[no-untyped-def]
    """Return the dossiers that a viewer sees (a QuerySet; Django ships no types)."""
    return Dossier.objects.filter(visible(viewer)).select_related("office", "office__finance", "evaluator")


def dossier(viewer: Viewer, number: int, *, lock: bool = False) -> Dossier:
    """Return a dossier that the viewer sees; `Unseen` for any other. With `lock` nobody else changes it meanwhile."""
    asked = Dossier.objects.select_related("office", "office__finance", "evaluator").filter(pk=number)
    found: Dossier | None = (asked.select_for_update(of=("self",)) if lock else asked).first()
    if found is None or not sees(viewer, found):
        raise Unseen
    return found


def office(viewer: Viewer, number: int, roles: Iterable[str] | None = None) -> Office:
    """Return an office that is the viewer's or below it, where one of some roles is held; `Unseen` for any other."""
    found: Office | None = Office.objects.filter(below(viewer, roles=roles), pk=number).first()
    if found is None:
        raise Unseen
    return found


def sees_office(viewer: Viewer, of: Office) -> bool:
    """Return whether an office is one of the viewer's or below it."""
    return any(of.path.startswith(path) for path in viewer.paths)


def data_offices(viewer: Viewer) -> list[Office]:
    """Return the offices whose registers a viewer works on: those at which a data officer's duty is held."""
    numbers = {held.office for held in viewer.held if held.role in DATA_ROLES}
    return list(Office.objects.filter(pk__in=numbers, active=True).order_by("path"))


def why_not_compare(viewer: Viewer, of: Office) -> Refused | None:
    """Return why a viewer may not work on the registers of an office, or None."""
    return None if viewer.at(of.path, DATA_ROLES) is not None else Refused("no_role_to_compare")


def filling_role(viewer: Viewer, of: Dossier) -> str | None:
    """Return the role in which a viewer fills an evaluation, or None: its office's, or its evaluator's."""
    if of.evaluator is not None:
        return viewer.at(of.evaluator.path, ("evaluate",))
    return viewer.at(of.office.path, ("fill",))


def why_not_fill(viewer: Viewer, of: Dossier, done: set[str] | None = None) -> Refused | None:
    """Return why a viewer may not change an evaluation now, or None."""
    if filling_role(viewer, of) is None:
        return Refused("no_role_to_fill")
    if of.step != "filling":
        return Refused("not_filling")
    if of.evaluator is not None and _belongs(viewer, of.office):
        return Refused("evaluator_belongs")
    clash = steps.clash("fill", done_by(viewer, of) if done is None else done)
    return Refused("clash", done=_role(clash), wanted=_role("fill")) if clash else None


def why_not_take(viewer: Viewer, of: Dossier, action: str, done: set[str] | None = None) -> Refused | None:
    """Return why a viewer may not take a step, or None."""
    way = steps.move(of.step, action)
    if way is None:
        return Refused("no_such_step")
    role = role_for(viewer, of, way)
    if role is None:
        return Refused("no_role_for_step")
    if viewer.account is None:
        return Refused("person_needed")
    if role == "evaluate" and _belongs(viewer, of.office):
        return Refused("evaluator_belongs")
    clash = steps.clash(role, done_by(viewer, of) if done is None else done)
    return Refused("clash", done=_role(clash), wanted=_role(steps.done_as(role))) if clash else None


def role_for(viewer: Viewer, of: Dossier, way: steps.Way) -> str | None:
    """Return the role in which a viewer would take a step, or None."""
    if way.whose == "finance":
        return viewer.at(of.office.finance.path, way.roles) if of.office.finance is not None else None
    if set(way.roles) & {"fill", "evaluate"}:
        return filling_role(viewer, of)
    if of.evaluator is not None and way.roles == ("check",):
        return viewer.at(of.evaluator.path, way.roles)
    return viewer.at(of.office.path, way.roles)


def open_actions(viewer: Viewer, of: Dossier, done: set[str]) -> list[steps.Way]:
    """Return the steps that a viewer may take now who has done some duties on the evaluation before."""
    return [way for way in steps.moves(of.step) if why_not_take(viewer, of, way.action, done) is None]


def done_by(viewer: Viewer, of: Dossier) -> set[str]:
    """Return the duties that a person has already done on an evaluation."""
    if viewer.account is None:
        return set()
    done = {
        steps.done_as(role)
        for role in Move.objects.filter(dossier=of, account=viewer.account).values_list("role", flat=True)
    }
    if Revision.objects.filter(dossier=of, author=viewer.account, number__gt=1).exists():
        done.add("fill")
    return done


def may_manage(viewer: Viewer, path: str) -> bool:
    """Return whether a viewer manages an office: its own or one below."""
    return viewer.at(path, ("manage",), above=True) is not None


def may_audit(viewer: Viewer) -> bool:
    """Return whether a viewer reads the audit log: of the offices that it manages, and of its own reviews."""
    return "manage" in viewer.roles


def demand(refused: Refused | None) -> None:
    """Raise a refusal, if there is one."""
    if refused is not None:
        raise refused


def _belongs(viewer: Viewer, evaluated: Office) -> bool:
    return any(held.path.startswith(evaluated.path) or evaluated.path.startswith(held.path) for held in viewer.held)


def _role(name: str | None) -> object:
    from jixiao.findings import Message  # noqa: PLC0415

    return Message(f"web.role.{name}")
