"""接口: the same evaluations for offices' programs: read, write, scorecards, findings; OpenAPI describes it.

A token acts at its office in the roles it was given; what it may see and do is decided where pages ask as well.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q
from django.http import HttpResponse
from ninja import Field, NinjaAPI, Router, Schema, Status
from ninja.errors import AuthenticationError, ValidationError
from ninja.files import UploadedFile
from ninja.params.functions import Form, Query

import jixiao
from jixiao.errors import JixiaoError
from jixiao.operations import stored
from jixiao.web import audit, permissions, steps
from jixiao.web.actions import dossiers, evidence
from jixiao.web.api_data import router as data_router
from jixiao.web.api_parts import TROUBLE, Bearer, Number, Saved, Sent
from jixiao.web.refusals import BadForm, SignedOut
from jixiao.web.standing import of_revision
from jixiao.web.views.troubles import as_json

if TYPE_CHECKING:
    from django.http import HttpRequest

    from jixiao.web.models import Dossier

LARGEST = 2 * 2**20


class Summary(Schema):
    """An evaluation as lists show it."""

    number: int
    title: str
    office: str
    kind: str
    year: int
    step: str
    revision: int
    total: str
    grade: str
    errors: int
    warnings: int
    due: int
    filled: int


class Listing(Schema):
    """A page of evaluations."""

    count: int
    evaluations: list[Summary]


class NewEvaluation(Schema):
    """What a new evaluation starts from."""

    title: str = Field(..., min_length=1, max_length=200)
    kind: Literal["self-evaluation", "transfer", "fund"]
    year: int = Field(..., ge=dossiers.FIRST_YEAR, le=dossiers.LAST_YEAR)
    catalogue: str | None = Field(None, max_length=80)


class Stored(Schema):
    """An evaluation with the number of its revision; `content` is the tree of a bundle."""

    revision: int
    hash: str
    content: dict[str, Any]


class Saving(Schema):
    """A new content on top of revision `base`."""

    base: int = Field(..., ge=1)
    reason: str = Field("", max_length=300)
    content: dict[str, Any]


class Results(Schema):
    """Results of engines (`result/1`) to be put beside the actual values that are bound to them."""

    base: int = Field(..., ge=1)
    reason: str = Field("", max_length=300)
    results: list[dict[str, Any]] = Field(..., min_length=1, max_length=1000)


class TakenIn(Schema):
    """The revision after an upload, and what of it did not fit (as in `findings/1`)."""

    revision: int
    findings: list[dict[str, Any]]


router = Router(auth=Bearer())


def _row(one: Dossier) -> dict[str, Any]:
    names = ("title", "kind", "year", "step", "total", "grade", "errors", "warnings", "due", "filled")
    return {
        "number": one.pk,
        "office": one.office.name,
        "revision": one.head,
        **{name: getattr(one, name) for name in names},
    }


@router.get("/evaluations", response={200: Listing, **TROUBLE}, operation_id="list_evaluations")
def list_evaluations(
    request: HttpRequest,
    year: int | None = Query(None, ge=1900, le=2200),
    step: str | None = Query(None, max_length=12),
    q: str = Query("", max_length=80),
    page: int = Query(1, ge=1, le=10_000),
) -> dict[str, Any]:
    """List the evaluations that the token's office sees, a hundred a page."""
    found = permissions.dossiers(request.viewer)
    if year is not None:
        found = found.filter(year=year)
    if step in steps.STEPS:
        found = found.filter(step=step)
    for word in q.replace("\x00", " ").split():
        found = found.filter(Q(title__icontains=word) | Q(office__name__icontains=word))
    shown = found.order_by("-changed", "-pk")[(page - 1) * 100 : page * 100]
    return {"count": found.count(), "evaluations": [_row(one) for one in shown]}


@router.post("/evaluations", response={201: Summary, **TROUBLE}, operation_id="create_evaluation")
def create_evaluation(request: HttpRequest, asked: NewEvaluation) -> Status[dict[str, Any]]:
    """Create an evaluation of the token's office from the catalogue."""
    office = permissions.office(request.viewer, request.viewer.office or 0, ("fill",))
    evaluation = dossiers.drafted(asked.kind, asked.year, asked.catalogue, None, office)
    title = asked.title.replace("\x00", "")
    return Status(201, _row(dossiers.create(request.viewer, office, evaluation, title=title)))


@router.get("/evaluations/{number}", response={200: Stored, **TROUBLE}, operation_id="read_evaluation")
def read_evaluation(request: HttpRequest, number: int = Number) -> dict[str, Any]:
    """Return the latest revision of an evaluation."""
    one = permissions.dossier(request.viewer, number)
    latest = dossiers.revision(one, one.head)
    audit.saw(request.viewer, "read", one, revision=one.head)
    return {"revision": latest.number, "hash": latest.hash, "content": json.loads(bytes(latest.content))}


@router.put("/evaluations/{number}", response={200: Saved, **TROUBLE}, operation_id="write_evaluation")
def write_evaluation(request: HttpRequest, asked: Saving, number: int = Number) -> dict[str, Any]:
    """Add a revision; 409 where another came since `base`."""
    one = permissions.dossier(request.viewer, number)
    permissions.demand(permissions.why_not_fill(request.viewer, one))
    evaluation = stored.read(json.dumps(asked.content, ensure_ascii=False).encode("utf-8", "replace")).value
    reason = asked.reason.replace("\x00", "")
    made = dossiers.save(request.viewer, number, evaluation, base=asked.base, reason=reason)
    return {"revision": made.number, "hash": made.hash}


@router.post("/evaluations/{number}/form", response={200: TakenIn, **TROUBLE}, operation_id="upload_form")
def upload_form(request: HttpRequest, number: int = Number, file: UploadedFile = Sent) -> dict[str, Any]:
    """Take in a filled Excel form as a new revision; nothing changes where nothing in it is new."""
    one = permissions.dossier(request.viewer, number)
    _, at, found = evidence.take_form(request.viewer, one, file)
    return {"revision": at.base, "findings": jixiao.findings_json(found, request.lang)["findings"]}


@router.post("/evaluations/{number}/evidence", response={201: Saved, **TROUBLE}, operation_id="upload_evidence")
def upload_evidence(
    request: HttpRequest,
    number: int = Number,
    code: str = Form(..., max_length=40, description="code of the indicator that it proves"),
    title: str = Form("", max_length=120),
    file: UploadedFile = Sent,
) -> Status[dict[str, Any]]:
    """Take in a file as evidence of an indicator, as a new revision."""
    one = permissions.dossier(request.viewer, number)
    evidence.attach(request.viewer, one, file, code.replace("\x00", ""), title.replace("\x00", ""))
    return Status(201, _latest(permissions.dossier(request.viewer, number)))


@router.post("/evaluations/{number}/results", response={200: Saved, **TROUBLE}, operation_id="upload_results")
def upload_results(request: HttpRequest, asked: Results, number: int = Number) -> dict[str, Any]:
    """Put results of engines beside the values bound to them, as a new revision on top of `base`."""
    one = permissions.dossier(request.viewer, number)
    permissions.demand(permissions.why_not_fill(request.viewer, one))
    latest = of_revision(dossiers.revision(one, one.head)).of.evaluation
    evaluation = stored.with_results(latest, asked.results)
    made = dossiers.save(request.viewer, number, evaluation, base=asked.base, reason=asked.reason.replace("\x00", ""))
    return {"revision": made.number, "hash": made.hash}


def _latest(one: Dossier) -> dict[str, Any]:
    found = dossiers.revision(one, one.head)
    return {"revision": found.number, "hash": found.hash}


@router.get("/evaluations/{number}/scorecard", response={200: dict[str, Any], **TROUBLE}, operation_id="scorecard")
def scorecard(request: HttpRequest, number: int = Number) -> HttpResponse:
    """Return `scorecard/1` of the latest revision."""
    one = permissions.dossier(request.viewer, number)
    found = of_revision(dossiers.revision(one, one.head))
    audit.saw(request.viewer, "read", one, document="scorecard")
    return _json(jixiao.scorecard_json(found.of, request.lang))


@router.get("/evaluations/{number}/findings", response={200: dict[str, Any], **TROUBLE}, operation_id="findings")
def findings(request: HttpRequest, number: int = Number) -> HttpResponse:
    """Return `findings/1` of the latest revision."""
    one = permissions.dossier(request.viewer, number)
    found = of_revision(dossiers.revision(one, one.head))
    audit.saw(request.viewer, "read", one, document="findings")
    return _json(jixiao.findings_json(found.findings, request.lang))


def _json(document: dict[str, Any], status: int = 200) -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


api = NinjaAPI(title="jixiao", version=jixiao.__version__, docs_url=None, openapi_url="openapi.json")
api.add_router("", router)
api.add_router("", data_router)


@api.exception_handler(JixiaoError)
def _refused(request: HttpRequest, problem: JixiaoError) -> HttpResponse:
    return _json(as_json(problem, request.lang), getattr(problem, "status", 400))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    first = problem.errors[0] if problem.errors else {}
    where = "/".join(str(part) for part in first.get("loc", ()))
    return _json(as_json(BadForm("api_field", where=where, why=first.get("msg", "")), request.lang), 400)


@api.exception_handler(AuthenticationError)
def _unauthorised(request: HttpRequest, problem: Exception) -> HttpResponse:
    return _json(as_json(SignedOut(), request.lang), 401)
