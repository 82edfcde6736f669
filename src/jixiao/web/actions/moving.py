"""办理: one step of an evaluation's way, taken by a person in a role; the change and its entry are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from jixiao.web import audit, clock, permissions, steps
from jixiao.web.actions.dossiers import revision
from jixiao.web.models import Draft, Gift, Move
from jixiao.web.refusals import BadForm, Refused, Stale
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from jixiao.web.models import Dossier
    from jixiao.web.permissions import Viewer

LONGEST = 1000


@transaction.atomic
def take(viewer: Viewer, number: int, action: str, *, remark: str = "", head: int | None = None) -> Dossier:
    """Take a step on a dossier; `head` is the version that the person looked at.

    Raises `Refused` where step, role or duty forbid it, `Stale` where another version came since; then nothing changes.
    """
    dossier = permissions.dossier(viewer, number, lock=True)
    permissions.demand(permissions.why_not_take(viewer, dossier, action))
    way = steps.move(dossier.step, action)
    assert way is not None
    if head is not None and head != dossier.head:
        raise Stale(dossier.head)
    if way.reason and not remark.strip():
        raise BadForm("no_remark")
    if len(remark) > LONGEST:
        raise BadForm("too_long", longest=LONGEST)
    if action == "submit":
        _ready(viewer, dossier)
    role = permissions.role_for(viewer, dossier, way)
    dossier.step, dossier.changed = way.after, clock.now()
    dossier.save(update_fields=["step", "changed"])
    Move.objects.create(
        dossier=dossier, action=action, before=way.before, after=way.after, account_id=viewer.account,
        by=viewer.name[:120], role=role, at=clock.now(), remark=remark.strip(), revision=dossier.head,
    )  # fmt: skip
    if way.after == "approved" and dossier.office.finance_id is not None:
        Gift.objects.get_or_create(
            dossier=dossier, office_id=dossier.office.finance_id,
            defaults={"purpose": "review", "by": viewer.name[:120], "at": clock.now()},
        )  # fmt: skip
    audit.record(
        viewer, action, dossier, before=way.before, after=way.after, role=role, revision=dossier.head,
        remark=remark.strip(),
    )  # fmt: skip
    return dossier


def _ready(viewer: Viewer, dossier: Dossier) -> None:
    """Refuse to hand in what has errors, is not scored, or is not saved."""
    if Draft.objects.filter(dossier=dossier, account=viewer.account).exists():
        raise Refused("draft_stands")
    found = of_revision(revision(dossier, dossier.head))
    if found.errors:
        raise Refused("errors_stand", count=found.errors)
    if not found.total:
        raise Refused("not_scored", count=len(found.missing))
