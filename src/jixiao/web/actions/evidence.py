"""佐证: files are taken in by their content, not by their name; the bytes lie outside the chain and can be erased."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.db import transaction

from jixiao.evaluation.model import Evidence
from jixiao.evaluation.paths import put
from jixiao.operations.filled_form import filled_form
from jixiao.operations.outcome import Outcome
from jixiao.web import audit, clock, permissions
from jixiao.web.actions import drafts
from jixiao.web.models import File
from jixiao.web.refusals import BadForm, Refused, Unseen

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from jixiao.evaluation.model import Evaluation
    from jixiao.findings import Finding
    from jixiao.web.models import Dossier
    from jixiao.web.permissions import Viewer

    Found: TypeAlias = tuple[Finding, ...]

_ENDINGS = {
    "pdf": ("pdf",), "png": ("png",), "jpeg": ("jpg", "jpeg"), "office": ("docx", "xlsx", "pptx"),
    "ole": ("doc", "xls", "wps", "et"), "text": ("txt", "csv"),
}  # fmt: skip
KINDS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_LONGEST_NAME = 120


def safe_name(given: str) -> str:
    r"""Return the last part of a name, without what a path or a command could be made of.

    >>> safe_name("..\\..\\etc/pass\x00wd.pdf"), safe_name("=cmd.csv"), safe_name(".pdf")
    ('passwd.pdf', '_cmd.csv', '文件.pdf')
    """
    name = re.split(r"[\\/]", given)[-1]
    name = "".join(sign for sign in name if sign.isprintable() and sign not in '<>:"|?*').strip(" .") if name else ""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = ("", name) if given.rstrip().startswith(".") else (name, "")
    stem = re.sub(r"^[=+\-@\t\r]", "_", stem)[: _LONGEST_NAME - len(ending) - 1] or "文件"
    return f"{stem}.{ending.lower()}" if ending else stem


def kind_of(name: str, file: IO[bytes]) -> str:
    """Return the kind of a file, known by its first bytes; `BadForm` where name and content are not of one kind."""
    ending = name.rpartition(".")[2].lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise BadForm("file_kind", name=name, allowed="、".join(KINDS))
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start:
        raise BadForm("file_empty", name=name)
    if kind != _content(start, file):
        raise BadForm("file_disguised", name=name, ending=ending)
    return kind


def _content(start: bytes, file: IO[bytes]) -> str:
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if start.startswith(b"PK\x03\x04"):
        return "office" if _is_office(file) else "zip"
    return "text" if _is_text(start) else "unknown"


def _is_office(file: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            return "[Content_Types].xml" in names and not any(name.endswith("vbaProject.bin") for name in names)
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        file.seek(0)


def _is_text(start: bytes) -> bool:
    if b"\x00" in start or re.search(rb"<\s*(?:script|html|svg|!doctype)", start, re.IGNORECASE):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            start[:4000].decode(encoding)
        except UnicodeDecodeError as problem:
            if problem.start > len(start[:4000]) - 4:
                return True
        else:
            return True
    return False


def attach(viewer: Viewer, dossier: Dossier, upload: UploadedFile, code: str, title: str) -> File:
    """Take a file in as evidence of an indicator: its bytes by their hash, its record, and its line in the draft."""
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    if upload.size is None or upload.size > settings.LARGEST_EVIDENCE:
        raise BadForm("file_large", name=safe_name(upload.name or ""), largest=settings.LARGEST_EVIDENCE >> 20)
    name = safe_name(upload.name or "")
    kind = kind_of(name, upload)
    digest, size = _kept(upload)
    with transaction.atomic():
        locked = permissions.dossier(viewer, dossier.pk, lock=True)
        file, made = File.objects.get_or_create(
            dossier=locked, sha256=digest,
            defaults={"name": name, "size": size, "kind": kind, "by": viewer.name[:120], "at": clock.now()},
        )  # fmt: skip
        if not made and file.erased is not None:
            file.erased = None
            file.save(update_fields=["erased"])
        drafts.change(viewer, locked, lambda one: Outcome(with_evidence(one, file, code, title)), reason=name)
        audit.record(viewer, "attached", locked, file=file.pk, name=name, sha256=digest, code=code)
    return file


def take_form(viewer: Viewer, dossier: Dossier, upload: UploadedFile | None) -> tuple[str, drafts.Working, Found]:
    """Take in a filled Excel form; return its name, what is worked on now, and what did not fit, each with its cell."""
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    if upload is None:
        raise BadForm("no_file")
    name = safe_name(upload.name or "form.xlsx")
    if upload.size is None or upload.size > settings.LARGEST_EVIDENCE:
        raise BadForm("file_large", name=name, largest=settings.LARGEST_EVIDENCE >> 20)
    if kind_of(name, upload) != "office" or not name.endswith(".xlsx"):
        raise BadForm("not_a_workbook", name=name)
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        path = Path(folder) / name
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        at, found = drafts.change(viewer, dossier, lambda one: filled_form(one, path), reason=name)
    return name, at, found


def with_evidence(evaluation: Evaluation, file: File, code: str, title: str) -> Evaluation:
    """Return the evaluation with a file as evidence of an indicator; one that is there proves one thing more."""
    system = evaluation.system("scored") or evaluation.system("declared")
    if system is None or system.find(code) is None:
        raise BadForm("indicator", code=code)
    entries = list(evaluation.evidence)
    same = next((at for at, one in enumerate(entries) if one.sha256 == file.sha256), None)
    if same is None:
        named = title.strip()[:120] or file.name.rpartition(".")[0] or file.name
        entries.append(Evidence(named, (code,), f"{file.sha256[:12]}/{file.name}", file.sha256))
    elif code not in entries[same].proves:
        entries[same] = replace(entries[same], proves=(*entries[same].proves, code))
    return put(evaluation, "evidence", tuple(entries))


def detach(viewer: Viewer, dossier: Dossier, sha256: str, code: str) -> None:
    """Let a file no longer prove an indicator; what proves nothing leaves the evaluation, its file stays."""

    def without(evaluation: Evaluation) -> Outcome[Evaluation]:
        entries = []
        for one in evaluation.evidence:
            proves = tuple(proven for proven in one.proves if one.sha256 != sha256 or proven != code)
            if proves or one.sha256 != sha256:
                entries.append(replace(one, proves=proves))
        return Outcome(put(evaluation, "evidence", tuple(entries)))

    drafts.change(viewer, dossier, without)


@transaction.atomic
def erase(viewer: Viewer, number: int, file_number: int) -> None:
    """Remove the bytes of a file for good; its record and the chain stay. Who manages the office may."""
    dossier = permissions.dossier(viewer, number, lock=True)
    if not permissions.may_manage(viewer, dossier.office.path):
        raise Refused("no_role_to_manage")
    file = file_of(dossier, file_number)
    file.erased = clock.now()
    file.save(update_fields=["erased"])
    audit.record(viewer, "erased", dossier, file=file.pk, sha256=file.sha256)
    if not File.objects.filter(sha256=file.sha256, erased__isnull=True).exists():
        transaction.on_commit(lambda: _removed(path_of(file.sha256)))


def _removed(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".png").unlink(missing_ok=True)


def file_of(dossier: Dossier, number: int) -> File:
    """Return a file of a dossier; `Unseen` for another."""
    found: File | None = File.objects.filter(dossier=dossier, pk=number).first()
    if found is None:
        raise Unseen
    return found


def path_of(sha256: str) -> Path:
    """Return where the bytes of a file lie."""
    return Path(settings.DATA) / "evidence" / sha256[:2] / sha256


def _kept(upload: UploadedFile) -> tuple[str, int]:
    """Keep the bytes of an upload under their hash, whole or not at all."""
    folder = Path(settings.DATA) / "evidence"
    folder.mkdir(mode=0o700, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, beside = tempfile.mkstemp(dir=folder, prefix=".coming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in upload.chunks():
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        target = path_of(digest.hexdigest())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        Path(beside).replace(target)
    finally:
        Path(beside).unlink(missing_ok=True)
    return digest.hexdigest(), size
