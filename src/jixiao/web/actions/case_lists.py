"""核查名单的动作: each list is for the office that it concerns and nobody else; its password is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from jixiao.operations.enrolment_compare import case_file
from jixiao.web import audit, clock, jobs, seal
from jixiao.web.models import CaseList, Office
from jixiao.web.refusals import BadForm, Refused, Unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jixiao.web.models import Job
    from jixiao.web.permissions import Viewer

PENSIONS = "pensions"
ROLES = ("fill", "check")  # the duties of those who work a list through
KINDS = ("bureau", "centre", "other")


def handed_out(job: Job, counts: Mapping[str, int], passwords: Mapping[str, str]) -> None:
    """Note each list of a job for the office that it concerns, with its password sealed."""
    CaseList.objects.filter(job=job).delete()
    for code, count in counts.items():
        CaseList.objects.create(
            job=job, office=_addressee(job.office, code), code=code, count=count, password=seal.sealed(passwords[code])
        )


def _addressee(office: Office, code: str) -> Office:
    """Return the office at or below another whose region has a code: the bureau first; without one, that office."""
    here = Office.objects.filter(path__startswith=office.path, code=code, kind__in=KINDS, active=True)
    found: Office | None = here.order_by("kind", "path").first() if code not in ("", PENSIONS) else None
    return found or office


def mine(viewer: Viewer):  # type: ignore[no-untyped-def]
    """Return the lists that a viewer works through: those for offices at which such a duty is held."""
    offices = {held.office for held in viewer.held if held.role in ROLES}
    return CaseList.objects.filter(office__in=offices, office__active=True).select_related(
        "job", "job__office", "office"
    )


def unopened(viewer: Viewer) -> int:
    """Return how many lists wait for a viewer: those whose password nobody has been shown."""
    count: int = mine(viewer).filter(job__state="done").exclude(password="").count()
    return count


def one(viewer: Viewer, number: int) -> CaseList:
    """Return a list that a viewer works through; `Unseen` for any other."""
    found: CaseList | None = mine(viewer).filter(pk=number, job__state="done").first()
    if found is None:
        raise Unseen
    return found


def path_of(listed: CaseList) -> Path:
    """Return where a list lies; it is gone once its job was cleared."""
    out = jobs.folder(listed.job_id) / "out"
    return out / "pensions.xlsx" if listed.code == PENSIONS else out / "cases" / case_file(listed.code)


@transaction.atomic
def password(viewer: Viewer, number: int) -> str:
    """Return the password of a list, to a person and once: it is forgotten with the same breath."""
    if viewer.account is None:
        raise Refused("person_needed")
    found = one(viewer, number)
    locked = CaseList.objects.select_for_update().get(pk=found.pk)
    if not locked.password:
        raise BadForm("password_shown", by=locked.by, at=clock.stamp(locked.shown)[:16])
    said = seal.opened(locked.password)
    locked.password, locked.shown, locked.by = "", clock.now(), viewer.name[:120]
    locked.save()
    audit.record(viewer, "password_shown", of_office=locked.office_id, job=locked.job_id, code=locked.code)
    return said
