"""比较各单位: the indicators of many evaluations of one kind and year as tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jixiao.operations.comparison import Entry, tables
from jixiao.web import audit, jobs, permissions
from jixiao.web.actions.dossiers import revision
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.evaluation.assess import Assessment
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Dossier, Job


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Write the tables of what the person sees now; that each was read is recorded."""
    args = json.loads(job.args)
    viewer = permissions.of_account(job.account)
    asked = permissions.dossiers(viewer).filter(kind=args["kind"], year=args["year"]).exclude(total="")
    numbers = list(asked.order_by("office__path", "pk").values_list("pk", flat=True))

    def each() -> Iterator[tuple[Entry, Assessment]]:
        for at, number in enumerate(numbers):
            progress(at, len(numbers))
            one: Dossier = permissions.dossier(viewer, number)
            audit.saw(viewer, "read", one, job=job.pk)
            yield Entry(one.office.name, one.title, one.year, one.total, one.grade), _of(one)

    files = tables(each())
    for name, raw in files.items():
        (jobs.folder(job) / "out" / name).write_bytes(raw)
    progress(len(numbers), len(numbers))
    return {"files": sorted(files), "count": len(numbers)}


def _of(dossier: Dossier) -> Assessment:
    return of_revision(revision(dossier, dossier.head)).of
