"""评价项目的动作: create one from the catalogue, save a revision, merge, give it to another office."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from jixiao.evaluation.following import following
from jixiao.evaluation.paths import put
from jixiao.operations import stored
from jixiao.operations.check import check
from jixiao.operations.new import new
from jixiao.web import audit, clock, permissions
from jixiao.web.models import Dossier, Gift, Revision
from jixiao.web.refusals import BadForm, Refused, Stale, Unseen
from jixiao.web.standing import standing

if TYPE_CHECKING:
    from datetime import date

    from jixiao.evaluation.model import Evaluation
    from jixiao.web.models import Office
    from jixiao.web.permissions import Viewer

KINDS = ("self-evaluation", "transfer", "fund", "third-party")
_LONGEST_REASON = 300
FIRST_YEAR, LAST_YEAR = 2000, 2099


def drafted(kind: str, year: int, entry: str | None, last: Evaluation | None, office: Office) -> Evaluation:
    """Return the evaluation to start from: last year's carried on, or an entry of the catalogue."""
    if last is not None:
        return following(last, year)
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        made = Path(folder) / "new"
        new(made, kind=kind, year=year, entry=entry or None)
        draft = check(made).value.evaluation
    return put(draft, "head/unit", office.name)


@transaction.atomic
def create(
    viewer: Viewer, office: Office, evaluation: Evaluation, *, title: str, deadline: date | None = None,
    evaluator: Office | None = None, last: Dossier | None = None,
) -> Dossier:  # fmt: skip
    """Create a dossier of an office with its first revision.

    Who fills or manages at the office may; a third-party evaluation names the office that evaluates, which is neither
    part of the evaluated office nor above it.
    """
    if viewer.at(office.path, ("fill", "manage")) is None and not permissions.may_manage(viewer, office.path):
        raise Refused("no_role_to_create")
    if not title.strip():
        raise BadForm("no_title")
    if (evaluation.kind == "third-party") != (evaluator is not None):
        raise BadForm("evaluator")
    if evaluator is not None and (evaluator.path.startswith(office.path) or office.path.startswith(evaluator.path)):
        raise BadForm("evaluator_belongs")
    dossier = Dossier(
        office=office, evaluator=evaluator, title=title.strip()[:200], kind=evaluation.kind, year=evaluation.year,
        deadline=deadline, last=last, changed=clock.now(),
    )  # fmt: skip
    dossier.save()
    audit.record(viewer, "created", dossier, title=dossier.title, kind=dossier.kind, year=dossier.year)
    _append(viewer, dossier, stored.written(evaluation), "—")
    return dossier


@transaction.atomic
def save(viewer: Viewer, number: int, evaluation: Evaluation, *, base: int, reason: str) -> Revision:
    """Add a revision; `Stale` where somebody has saved since revision `base`, and nothing changes."""
    dossier = permissions.dossier(viewer, number, lock=True)
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    if dossier.head != base:
        raise Stale(dossier.head)
    content = stored.written(evaluation)
    if content == bytes(revision(dossier, base).content):
        raise BadForm("unchanged")
    if (evaluation.kind, evaluation.year) != (dossier.kind, dossier.year):
        raise BadForm("other_kind_or_year")
    made = _append(viewer, dossier, content, reason)
    dossier.drafts.filter(account=viewer.account).delete()
    return made


def _append(viewer: Viewer, dossier: Dossier, content: bytes, reason: str) -> Revision:
    """Add the next revision to the chain of a dossier that is locked, and bring its list entry up to date."""
    before = revision(dossier, dossier.head).hash if dossier.head else audit.NOTHING
    made = Revision(
        dossier=dossier, number=dossier.head + 1, content=content, author_id=viewer.account, by=viewer.name[:120],
        at=clock.now(), reason=reason.strip()[:_LONGEST_REASON] or "—", previous=before,
    )  # fmt: skip
    made.hash = audit.revision_digest(made)
    made.save(force_insert=True)
    found = standing(content)
    dossier.head, dossier.changed = made.number, made.at
    dossier.total, dossier.grade = found.total, found.grade
    dossier.due, dossier.filled = len(found.due), found.filled
    dossier.errors, dossier.warnings = found.errors, found.warnings
    dossier.save()
    audit.record(viewer, "saved", dossier, revision=made.number, hash=made.hash, reason=made.reason)
    return made


def revision(dossier: Dossier, number: int) -> Revision:
    """Return a revision of a dossier; `Unseen` for a number that it has not."""
    found: Revision | None = Revision.objects.filter(dossier=dossier, number=number).first()
    if found is None:
        raise Unseen
    return found


@transaction.atomic
def give(viewer: Viewer, number: int, office: Office, purpose: str = "look") -> None:
    """Let another office see a dossier; who manages or approves at its office may."""
    dossier = permissions.dossier(viewer, number, lock=True)
    if viewer.at(dossier.office.path, ("manage", "approve"), above=True) is None:
        raise Refused("no_role_to_give")
    _, made = Gift.objects.get_or_create(
        dossier=dossier, office=office, defaults={"purpose": purpose, "by": viewer.name[:120], "at": clock.now()}
    )
    if made:
        audit.record(viewer, "given", dossier, to=office.pk, name=office.name)


@transaction.atomic
def set_deadline(viewer: Viewer, number: int, deadline: date | None) -> None:
    """Set by when a dossier is due; who manages its office, or one above, may."""
    dossier = permissions.dossier(viewer, number, lock=True)
    if not permissions.may_manage(viewer, dossier.office.path):
        raise Refused("no_role_to_manage")
    dossier.deadline = deadline
    dossier.save(update_fields=["deadline"])
    audit.record(viewer, "deadline_set", dossier, deadline=deadline)


def offered(viewer: Viewer, of: Dossier) -> list[str]:
    """Return the kinds of change, beside filling and stepping, that a viewer may make to a dossier."""
    found = []
    if viewer.at(of.office.path, ("manage", "approve"), above=True) is not None:
        found.append("give")
    if permissions.may_manage(viewer, of.office.path):
        found.append("deadline")
    return found


def details(entry_details: str) -> dict[str, object]:
    """Return the details of an audit entry."""
    found: dict[str, object] = json.loads(entry_details)
    return found
