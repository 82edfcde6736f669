"""成批出报告: forms and reports of many evaluations as one archive, each in a folder of its own."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

from jixiao.operations.evaluate import documents, report_files, report_of
from jixiao.web import audit, jobs, permissions
from jixiao.web.actions.dossiers import revision
from jixiao.web.actions.evidence import safe_name
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from jixiao.web.jobs import Progress
    from jixiao.web.models import Job

NAME = "documents.zip"
_FIXED = (1980, 1, 1, 0, 0, 0)


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """Write the archive; an evaluation with errors is named among those left out."""
    args = json.loads(job.args)
    viewer = permissions.of_account(job.account)
    asked = permissions.dossiers(viewer).filter(pk__in=args["dossiers"]).order_by("office__path", "pk")
    found, left_out = list(asked), []
    path = jobs.folder(job) / "out" / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, dossier in enumerate(found):
            progress(at, len(found))
            standing = of_revision(revision(dossier, dossier.head))
            if standing.errors:
                left_out.append(dossier.title)
                continue
            report = report_of(standing.of)
            files = {**documents(standing.of, args["lang"]), **(report_files(report) if report else {})}
            for name, raw in files.items():
                inside = f"{dossier.pk}-{safe_name(dossier.title)}/{name}"
                archive.writestr(zipfile.ZipInfo(inside, _FIXED), raw, zipfile.ZIP_DEFLATED)
            audit.saw(viewer, "downloaded", dossier, job=job.pk)
    progress(len(found), len(found))
    return {"files": [NAME], "written": len(found) - len(left_out), "left_out": left_out}
