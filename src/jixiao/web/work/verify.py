"""核验链条: the audit log and the chain of every evaluation's versions, recomputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jixiao.web import audit
from jixiao.web.models import Entry, Revision

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Return how many links were recomputed, and where one does not hold."""
    links = Entry.objects.count() + Revision.objects.count()
    broken = audit.broken(lambda done: progress(min(done, links), links))
    return {"links": links, "broken": [[one.chain, one.number, one.what] for one in broken]}
