"""审计: entries are added inside the transaction of what they tell, each with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Q

from jixiao.web import clock
from jixiao.web.models import Dossier, Entry, Link, Office, Revision
from jixiao.web.permissions import below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jixiao.web.permissions import Viewer

NOTHING = "0" * 64
DEEDS = (
    "created", "saved", "attached", "erased", "submit", "withdraw", "pass", "return", "approve", "publish", "unpublish",
    "given", "deadline_set", "seen", "read", "downloaded", "job_asked", "job_done", "job_failed", "job_cancelled",
    "signed_in", "sign_in_failed", "locked", "second_factor_set", "password_changed", "founded", "office_added",
    "finance_set", "account_added", "duties_set", "account_reset", "account_closed", "token_added", "token_ended",
    "audit_exported", "survey_put_up", "survey_arranged", "office_closed", "office_opened", "signed_out", "bound",
    "data_laid", "data_removed", "password_shown", "job_again", "job_cleared", "code_set",
)  # fmt: skip


class Broken(NamedTuple):
    """A place where a chain does not hold: which chain, at which number, what is wrong there."""

    chain: str
    number: int
    what: str


def record(
    viewer: Viewer, what: str, dossier: Dossier | None = None, *, of_office: int | None = None, **details: object
) -> Entry:
    """Add an entry; it stands or falls with the transaction around it.

    It is one of the dossier's office, else of the office named, else of the one that the viewer first acts for.
    """
    assert transaction.get_connection().in_atomic_block and what in DEEDS, what
    end = Link.objects.select_for_update().get(pk=1)
    entry = Entry(
        number=end.number + 1,
        at=clock.now(),
        account=viewer.account,
        who=viewer.name[:120],
        office=dossier.office_id if dossier is not None else of_office or viewer.office,
        what=what,
        dossier=dossier.pk if dossier is not None else None,
        details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
        previous=end.hash,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    end.number, end.hash = entry.number, entry.hash
    end.save(update_fields=["number", "hash"])
    return entry


def saw(
    viewer: Viewer, what: str, dossier: Dossier | None = None, *, of_office: int | None = None, **details: object
) -> None:
    """Record that something was looked at or downloaded."""
    with transaction.atomic():
        record(viewer, what, dossier, of_office=of_office, **details)


def digest(entry: Entry) -> str:
    """Return the hash of an entry over all it says and the hash of the one before."""
    said = [entry.number, clock.stamp(entry.at), entry.account, entry.who, entry.office, entry.what, entry.dossier,
            entry.details, entry.previous]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def revision_digest(revision: Revision) -> str:
    """Return the hash of a revision over its bytes, its head and the hash of the one before."""
    said = [revision.dossier_id, revision.number, clock.stamp(revision.at), revision.by, revision.reason,
            revision.previous]  # fmt: skip
    head = json.dumps(said, ensure_ascii=False).encode()
    return hashlib.sha256(head + b"\n" + bytes(revision.content)).hexdigest()


def broken(done: Callable[[int], None] = lambda links: None) -> Iterator[Broken]:
    """Yield every place where the audit log or the chain of a dossier does not hold; none is the good answer.

    `done` is told how many links have been recomputed.
    """
    number, before = 0, NOTHING
    told: dict[tuple[int, int], str] = {}
    for links, entry in enumerate(Entry.objects.order_by("number").iterator(1000)):
        done(links)
        if entry.number != number + 1 or entry.previous != before or digest(entry) != entry.hash:
            yield Broken("audit", entry.number, "chain")
        number, before = entry.number, entry.hash
        if entry.what == "saved" and entry.dossier is not None:
            said = json.loads(entry.details)
            told[entry.dossier, said["revision"]] = said["hash"]
    end = Link.objects.get(pk=1)
    if (end.number, end.hash) != (number, before):
        yield Broken("audit", end.number, "end")
    yield from _revisions(told, lambda links: done(number + links))


def _revisions(told: dict[tuple[int, int], str], done: Callable[[int], None]) -> Iterator[Broken]:
    of, number, before = None, 0, NOTHING
    for links, revision in enumerate(Revision.objects.order_by("dossier_id", "number").iterator(200)):
        done(links)
        if revision.dossier_id != of:
            of, number, before = revision.dossier_id, 0, NOTHING
        chain = f"dossier {of}"
        if revision.number != number + 1 or revision.previous != before or revision_digest(revision) != revision.hash:
            yield Broken(chain, revision.number, "chain")
        elif told.pop((revision.dossier_id, revision.number), None) != revision.hash:
            yield Broken(chain, revision.number, "untold")
        number, before = revision.number, revision.hash
    for dossier, lost in sorted(told):
        yield Broken(f"dossier {dossier}", lost, "gone")


def readable(viewer: Viewer):  # type: ignore[no-untyped-def]
    """Return the entries that a viewer reads: what was done at the offices that it manages, by whomever."""
    managed = Office.objects.filter(below(viewer, roles=("manage",))).values("pk")
    return Entry.objects.filter(Q(office__in=managed)).order_by("-number")
