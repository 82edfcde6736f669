"""接口（登记数据）: an office's program lays data, starts work on it, asks how far it is, and fetches the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import FileResponse
from ninja import Field, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.params.functions import Path, Query

from jixiao.web import audit, jobs, permissions
from jixiao.web.actions import compared, data
from jixiao.web.api_parts import TROUBLE, Bearer, Number, Saved, Sent
from jixiao.web.refusals import Unseen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.web.models import Job, Office

PER_PAGE = 100
router = Router(auth=Bearer())


class Folder(Schema):
    """A folder of the office's data; `works` is what can be done with it, `problem` why nothing can."""

    name: str
    title: str
    as_of: str
    works: list[str]
    uploaded: bool
    problem: str | None = None


class NewWork(Schema):
    """What to do with a folder, and for which evaluation."""

    folder: str = Field(..., max_length=80)
    work: Literal["registers", "pensions", "settlements", "profile"] = "registers"
    status: str = Field("normal", max_length=40)
    mode: Literal["charge", "decide"] = "charge"
    evaluation: int | None = Field(None, ge=1, le=2**53)


class Work(Schema):
    """Work in the background: its state, the stage it has come to, its files once it is done, and what was found."""

    number: int
    work: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    stage: str
    done: int
    of: int
    message: str | None = None
    files: list[str]
    found: list[dict[str, Any]]


class Taking(Schema):
    """A comparison to take into an evaluation on top of revision `base`; `code` binds one more indicator."""

    comparison: int = Field(..., ge=1, le=2**53)
    base: int = Field(..., ge=1, le=2**53)
    code: str = Field("", max_length=40)
    measure: str = Field("", max_length=40)
    where: dict[str, str] = Field(default_factory=dict)


def _office(request: HttpRequest) -> Office:
    return data.office_of(request.viewer, request.viewer.office or 0)


def _folder(request: HttpRequest, one: data.Folder) -> dict[str, Any]:
    of, problem = one.of, one.problem
    said = {"title": of.title, "as_of": of.as_of, "works": list(of.works)} if of else {}
    empty = {"title": "", "as_of": "", "works": []}
    why = problem.what.text(request.lang) if problem else None
    return {**empty, **said, "name": one.name, "uploaded": one.uploaded, "problem": why}


def _work(request: HttpRequest, job: Job) -> dict[str, Any]:
    message, left = jobs.message_of(job), jobs.result(job)
    found = [_said(one, request.lang) for one in left.get("found", [])]
    shown = {name: getattr(job, name) for name in ("title", "state", "stage", "done", "of")}
    return {
        **shown, "number": job.pk, "work": job.kind, "message": message.text(request.lang) if message else None,
        "files": left.get("files", []) if job.cleared is None else [], "found": found,
    }  # fmt: skip


def _said(found: dict[str, Any], lang: str) -> dict[str, Any]:
    return {"severity": found["severity"], "because": found["because"][lang], "remedy": found["remedy"][lang]}


@router.get("/data", response={200: list[Folder], **TROUBLE}, operation_id="list_data")
def list_data(request: HttpRequest) -> list[dict[str, Any]]:
    """List the folders of the office's registers and settlement records."""
    return [_folder(request, one) for one in data.folders(_office(request))]


@router.post("/data", response={201: Folder, **TROUBLE}, operation_id="upload_data")
def upload_data(request: HttpRequest, file: UploadedFile = Sent) -> Status[dict[str, Any]]:
    """Take in a small archive of data with the file that describes it; large data is laid on the server."""
    return Status(201, _folder(request, data.upload_archive(request.viewer, _office(request), file)))


@router.post("/comparisons", response={201: Work, **TROUBLE}, operation_id="start_comparison")
def start_comparison(request: HttpRequest, asked: NewWork) -> Status[dict[str, Any]]:
    """Start work on a folder in the background."""
    viewer = request.viewer
    dossier = permissions.dossier(viewer, asked.evaluation) if asked.evaluation is not None else None
    job = data.start(
        viewer, None, _office(request), asked.folder, asked.work, lang=request.lang, status=asked.status,
        mode=asked.mode, dossier=dossier,
    )  # fmt: skip
    return Status(201, _work(request, job))


@router.get("/comparisons", response={200: list[Work], **TROUBLE}, operation_id="list_comparisons")
def list_comparisons(request: HttpRequest, page: int = Query(1, ge=1, le=10_000)) -> list[dict[str, Any]]:
    """List the work on the data of the offices that the token's office sees, the latest first, a hundred a page."""
    found = compared.every(request.viewer)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return [_work(request, job) for job in found]


@router.get("/comparisons/{number}", response={200: Work, **TROUBLE}, operation_id="read_comparison")
def read_comparison(request: HttpRequest, number: int = Number) -> dict[str, Any]:
    """Say how far work is, and what came of it."""
    return _work(request, compared.of_number(request.viewer, number))


@router.post("/comparisons/{number}/cancel", response={200: Work, **TROUBLE}, operation_id="cancel_comparison")
def cancel_comparison(request: HttpRequest, number: int = Number) -> dict[str, Any]:
    """Cancel work; what it had made so far is gone."""
    compared.of_number(request.viewer, number)
    jobs.cancel(request.viewer, number)
    return _work(request, compared.of_number(request.viewer, number))


@router.get("/comparisons/{number}/files/{name}", response={200: None, **TROUBLE}, operation_id="comparison_file")
def comparison_file(
    request: HttpRequest, number: int = Number, name: str = Path(..., max_length=200)
) -> FileResponse | HttpResponse:
    """Return a file that work has made: the table, or the summary (`enrolment/1`, `pensions/1`, `measures/1`)."""
    job = compared.of_number(request.viewer, number)
    if name not in _work(request, job)["files"]:
        raise Unseen
    audit.saw(request.viewer, "downloaded", job.dossier, of_office=job.office_id, job=job.pk, name=name)
    return FileResponse((jobs.folder(job) / "out" / name).open("rb"), as_attachment=True, filename=name)


@router.post("/evaluations/{number}/comparison", response={200: Saved, **TROUBLE}, operation_id="take_comparison")
def take_comparison(request: HttpRequest, asked: Taking, number: int = Number) -> dict[str, Any]:
    """Put the results of a comparison into an evaluation as a new revision."""
    job = compared.of_number(request.viewer, asked.comparison)
    said = {name: text.replace("\x00", "") for name, text in asked.where.items()}
    made = compared.take(
        request.viewer, job, number, base=asked.base, code=asked.code, measure=asked.measure, where=said
    )
    return {"revision": made.number, "hash": made.hash}
