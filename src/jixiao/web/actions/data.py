"""登记数据的动作: offices' folders of registers and settlement records: laid, worked on in the background, taken away.

Large ones are laid by whoever runs the server in a folder per office (`JIXIAO_REGISTERS`); small ones are uploaded.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import transaction

from jixiao import library
from jixiao.errors import JixiaoError
from jixiao.operations import data_folder
from jixiao.web import audit, clock, jobs, permissions
from jixiao.web.actions.evidence import safe_name
from jixiao.web.models import Office
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from jixiao.findings import Finding
    from jixiao.operations.data_folder import Described
    from jixiao.web.models import Account, Dossier, Job
    from jixiao.web.permissions import Viewer

WORKS = ("registers", "pensions", "settlements", "profile")
MODES = ("charge", "decide")
ROLES = ("own", "other", "deaths", "payments", "barred")
_OFFICE = re.compile(r"(\d{1,9})(?:-.*)?")


class Folder(NamedTuple):
    """A folder of an office's data: its name, where it lies, whether it was uploaded, what lies in it or why not."""

    name: str
    path: Path
    uploaded: bool
    of: Described | None
    problem: JixiaoError | None = None


def folders(office: Office) -> list[Folder]:
    """Return the folders of an office's data that say what lies in them, those uploaded last."""
    found: dict[str, Folder] = {}
    for place, uploaded in [*((one, False) for one in _laid(office)), (_uploads(office), True)]:
        for path in _inner(place):
            if path.name not in found and data_folder.is_data_folder(path):
                found[path.name] = _described(path, uploaded=uploaded)
    return list(found.values())


def _inner(place: Path) -> list[Path]:
    """Return the folders in a place, without links that lead out of it: they may lead to another office's."""
    try:
        return [path for path in sorted(place.iterdir()) if path.is_dir() and path.resolve().parent == place.resolve()]
    except OSError:
        return []


def folder(office: Office, name: str) -> Folder:
    """Return one folder of an office's data; `Unseen` where there is none of that name."""
    found = next((one for one in folders(office) if one.name == name), None)
    if found is None:
        raise Unseen
    return found


def _described(path: Path, *, uploaded: bool) -> Folder:
    try:
        return Folder(path.name, path, uploaded, data_folder.described(path))
    except JixiaoError as problem:
        return Folder(path.name, path, uploaded, None, _inside(problem))


def statuses(lang: str) -> dict[str, str]:
    """Return which records a comparison may count, as people call it, by the name of the rule."""
    found = library.read("enrolment/parameters.yaml")["statuses"]
    return {name: said[lang] for name, said in found.items()}


def _laid(office: Office) -> list[Path]:
    """Return the folders under `JIXIAO_REGISTERS` that bear an office's number: `3` or `3-anything`."""
    if settings.REGISTERS is None:
        return []
    named = ((path, _OFFICE.fullmatch(path.name)) for path in sorted(Path(settings.REGISTERS).iterdir()))
    return [path for path, read in named if read is not None and int(read[1]) == office.pk and path.is_dir()]


def _uploads(office: Office) -> Path:
    return Path(settings.DATA) / "registers" / f"{office.pk}"


def office_of(viewer: Viewer, number: int) -> Office:
    """Return an office on whose data a viewer works; `Unseen` for any other."""
    found: Office | None = Office.objects.filter(pk=number, active=True).first()
    if found is None or permissions.why_not_compare(viewer, found) is not None:
        raise Unseen
    return found


def upload_archive(viewer: Viewer, office: Office, given: UploadedFile | None) -> Folder:
    """Lay an archive of data with the file that describes it; it appears whole or not at all."""
    if given is None:
        raise BadForm("no_file")
    name = _fitting(given)
    if not name.endswith(".zip"):
        raise BadForm("file_kind", name=name, allowed="zip")

    def fill(place: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".coming-", dir=place.parent) as beside:
            archive = Path(beside) / name
            _write(given, archive)
            data_folder.unpacked(archive, place)

    return _lay(viewer, office, name.removesuffix(".zip"), fill)


def upload_files(
    viewer: Viewer, office: Office, given: Mapping[str, Sequence[UploadedFile]], *, title: str, as_of: date | None,
    names: Mapping[str, str],
) -> Folder:  # fmt: skip
    """Lay files of registers by role, with the title, the reference date and the names of the registers as typed."""
    if as_of is None:
        raise BadForm("date")
    registers: dict[str, tuple[str, list[str]]] = {}
    for role, uploads in given.items():
        if role not in ROLES:
            raise BadForm("register_role")
        for one in uploads:
            ending = Path(_fitting(one)).suffix
            if ending not in data_folder.DATA:
                raise BadForm("file_kind", name=safe_name(one.name or ""), allowed="、".join(data_folder.DATA))
        files = [f"{role}-{number}{Path(safe_name(one.name or '')).suffix}" for number, one in enumerate(uploads, 1)]
        registers[role] = (names.get(role, "").strip()[:60] or role, files)

    def fill(place: Path) -> None:
        for role, uploads in given.items():
            for one, file in zip(uploads, registers[role][1], strict=True):
                _write(one, place / file)
        data_folder.write_description(place, title=title.strip()[:60], as_of=as_of.isoformat(), registers=registers)

    return _lay(viewer, office, title, fill)


def _fitting(given: UploadedFile) -> str:
    name = safe_name(given.name or "")
    if given.size is None or given.size > settings.LARGEST_EVIDENCE:
        raise BadForm("file_large", name=name, largest=settings.LARGEST_EVIDENCE >> 20)
    if not given.size:
        raise BadForm("file_empty", name=name)
    return name


def _write(given: UploadedFile, path: Path) -> None:
    with path.open("wb") as out:
        for chunk in given.chunks():
            out.write(chunk)


def _lay(viewer: Viewer, office: Office, title: str, fill: Any) -> Folder:
    permissions.demand(permissions.why_not_compare(viewer, office))
    place = _uploads(office)
    for path in (place.parent, place):
        path.mkdir(mode=0o700, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "-", safe_name(title)).strip(".-")[:40] or "data"
    taken = {one.name for one in folders(office)} | {path.name for path in place.iterdir()}
    name = next(one for number in range(1, len(taken) + 2) if (one := f"{stem}-{number}") not in taken)
    staging = Path(tempfile.mkdtemp(prefix=".coming-", dir=place))
    try:
        inner = staging / "new"
        inner.mkdir(mode=0o700)
        fill(inner)
        data_folder.described(inner)
        with transaction.atomic():
            audit.record(viewer, "data_laid", of_office=office.pk, name=name)
            inner.rename(place / name)
    except JixiaoError as problem:
        raise _inside(problem) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return folder(office, name)


def _inside(problem: JixiaoError) -> JixiaoError:
    """Return a problem with the name of the file alone: where on the server it lies concerns nobody."""
    if problem.place is not None and problem.place.file is not None:
        problem.place = replace(problem.place, file=Path(problem.place.file).name)
    return problem


def remove(viewer: Viewer, office: Office, name: str) -> None:
    """Take an uploaded folder away; what was laid by whoever runs the server stays."""
    permissions.demand(permissions.why_not_compare(viewer, office))
    found = folder(office, name)
    if not found.uploaded:
        raise BadForm("not_uploaded")
    with transaction.atomic():
        audit.record(viewer, "data_removed", of_office=office.pk, name=name)
        shutil.rmtree(found.path, ignore_errors=True)


def clear() -> None:
    """Remove what was uploaded more than `settings.KEEP_DAYS` ago."""
    before = (clock.now() - timedelta(days=settings.KEEP_DAYS)).timestamp()
    for path in (Path(settings.DATA) / "registers").glob("*/*"):
        if path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)


def start(
    viewer: Viewer, account: Account | None, office: Office, name: str, work: str, *, lang: str,
    status: str = "normal", mode: str = MODES[0], dossier: Dossier | None = None,
) -> Job:  # fmt: skip
    """Put work on a folder of an office's data into the queue."""
    permissions.demand(permissions.why_not_compare(viewer, office))
    found = folder(office, name)
    if found.of is None:
        raise BadForm("data_folder", name=name)
    if work not in (*found.of.works, "profile") or status not in statuses(lang) or mode not in MODES:
        raise BadForm("work")
    title = f"{found.of.title or name} {found.of.as_of}".strip()
    args = {"folder": name, "status": status, "mode": mode, "lang": lang}
    return jobs.put(viewer, account, work, title=title, args=args, dossier=dossier, office=office)


def of_job(job: Job) -> Path:
    """Return the folder that a job works on; every file of it lies inside, or what is wrong is raised."""
    found = folder(job.office, jobs.args(job)["folder"])
    if found.problem is not None:
        raise found.problem
    return found.path


def said(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return what was found as a job keeps it: severity and sentences in every language, not where on the server."""
    return [
        {
            "severity": one.severity,
            "because": {lang: one.because.text(lang) for lang in library.LANGUAGES},
            "remedy": {lang: one.remedy.text(lang) for lang in library.LANGUAGES},
        }
        for one in found
    ]
