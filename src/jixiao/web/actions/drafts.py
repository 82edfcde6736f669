"""草稿: what one person types is kept at once, one draft per person; saving makes a revision of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from jixiao.operations import merge, stored
from jixiao.web import clock, permissions
from jixiao.web.actions import dossiers
from jixiao.web.models import Draft
from jixiao.web.refusals import BadForm
from jixiao.web.standing import Standing, of_draft, of_revision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding
    from jixiao.operations.outcome import Outcome
    from jixiao.web.models import Dossier, Revision
    from jixiao.web.permissions import Viewer


class Working(NamedTuple):
    """What a person works on: how it stands, the revision it started from, and the draft, if there is one."""

    standing: Standing
    base: int
    draft: Draft | None

    @property
    def evaluation(self) -> Evaluation:
        """Return the evaluation as it is being worked on."""
        return self.standing.of.evaluation


def working(viewer: Viewer, dossier: Dossier) -> Working:
    """Return a person's draft of a dossier, else its latest revision."""
    draft = Draft.objects.filter(dossier=dossier, account=viewer.account).first() if viewer.account else None
    if draft is not None:
        return Working(of_draft(draft), draft.base, draft)
    return Working(of_revision(dossiers.revision(dossier, dossier.head)), dossier.head, None)


@transaction.atomic
def change(
    viewer: Viewer, dossier: Dossier, how: Callable[[Evaluation], Outcome[Evaluation]], reason: str = ""
) -> tuple[Working, tuple[Finding, ...]]:
    """Change a person's draft, making it where there is none; return it and what did not fit.

    A draft is nobody else's and no version: it leaves no audit entry until it is saved. A program has no drafts: what
    it changes is a version at once.
    """
    locked = permissions.dossier(viewer, dossier.pk, lock=True)
    permissions.demand(permissions.why_not_fill(viewer, locked))
    at = working(viewer, locked)
    outcome = how(at.evaluation)
    if outcome.value == at.evaluation:
        return at, outcome.findings
    if viewer.account is None:
        made = dossiers.save(viewer, locked.pk, outcome.value, base=at.base, reason=reason)
        return Working(of_revision(made), made.number, None), outcome.findings
    content = stored.written(outcome.value)
    draft, _ = Draft.objects.update_or_create(
        dossier=locked, account_id=viewer.account,
        defaults={"base": at.base, "content": content, "at": clock.now()},
    )  # fmt: skip
    return Working(of_draft(draft), at.base, draft), outcome.findings


def save(viewer: Viewer, dossier: Dossier, reason: str) -> Revision:
    """Make a revision of a person's draft; `Stale` where somebody has saved meanwhile."""
    at = working(viewer, dossier)
    if at.draft is None:
        raise BadForm("unchanged")
    return dossiers.save(viewer, dossier.pk, at.evaluation, base=at.base, reason=reason)


def discard(viewer: Viewer, dossier: Dossier) -> None:
    """Throw a person's draft away."""
    Draft.objects.filter(dossier=dossier, account=viewer.account).delete()


def changes(viewer: Viewer, dossier: Dossier) -> tuple[merge.Change, ...]:
    """Return what my draft and the versions saved since it began changed, field by field."""
    at = working(viewer, dossier)
    base = of_revision(dossiers.revision(dossier, at.base)).of.evaluation
    theirs = of_revision(dossiers.revision(dossier, dossier.head)).of.evaluation
    return merge.changes(base, at.evaluation, theirs)


@transaction.atomic
def merge_with(viewer: Viewer, dossier: Dossier, mine: Collection[str], head: int) -> Working:
    """Bring a draft up to the latest version, keeping my text in the fields named; `Stale` if another came since."""
    from jixiao.web.refusals import Stale  # noqa: PLC0415

    locked = permissions.dossier(viewer, dossier.pk, lock=True)
    permissions.demand(permissions.why_not_fill(viewer, locked))
    if locked.head != head:
        raise Stale(locked.head)
    at = working(viewer, locked)
    if at.draft is None:
        raise BadForm("unchanged")
    base, theirs = (of_revision(dossiers.revision(locked, number)).of.evaluation for number in (at.base, head))
    together = merge.merged(base, at.evaluation, theirs, mine)
    at.draft.base, at.draft.content, at.draft.at = head, stored.written(together), clock.now()
    at.draft.save()
    return Working(of_draft(at.draft), head, at.draft)
