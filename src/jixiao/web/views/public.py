"""公开页: what nobody signs in for: a questionnaire to answer, and what was approved for publication, with its data."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.operations import publication, survey_online
from jixiao.web.actions import surveys
from jixiao.web.actions.dossiers import revision
from jixiao.web.models import Dossier
from jixiao.web.pages import everybody, file, page
from jixiao.web.refusals import BadForm, Unseen
from jixiao.web.standing import of_revision

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from jixiao.findings import Message
    from jixiao.surveys.questionnaire import Question, Questionnaire, Section

PER_PAGE = 50
_KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@everybody
@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, key: str) -> HttpResponse:
    """Show a questionnaire and take an answer; what was chosen stands again where something is missing."""
    survey, token = surveys.of_key(key), request.GET.get("t", "")
    form = surveys.form_of(survey)
    given, wrong, problem = _given(form, request), {}, None if surveys.is_open(survey) else BadForm("survey_closed")
    if request.method == "POST":
        wrong = survey_online.wrong(form, given)
        if not wrong:
            try:
                surveys.answer(survey, request.POST.get("begun", ""), token, survey_online.fitting(form, given))
                return page(request, "respond_thanks.html", survey=survey, form=form)
            except BadForm as refused:
                problem = refused
    return page(
        request, "respond.html", 400 if wrong or problem else 200, survey=survey, form=form, problem=problem,
        wrong=wrong, sections=_sections(form, given, wrong),
        begun=request.POST.get("begun") or surveys.begun(survey),
    )  # fmt: skip


class Asked(NamedTuple):
    """A question with its number, what was said to it, the options that were chosen, and what is wrong with that."""

    number: int
    question: Question
    said: str
    chosen: list[str]
    wrong: Message | None


def _sections(
    form: Questionnaire, given: dict[str, str], wrong: dict[str, Message]
) -> list[tuple[Section, list[Asked]]]:
    numbers = count(1)
    found = []
    for section in form.sections:
        asked = []
        for one in section.questions:
            said = given.get(one.code, "")
            asked.append(Asked(next(numbers), one, said, said.split(survey_online.SEVERAL), wrong.get(one.code)))
        found.append((section, asked))
    return found


def _given(form: Questionnaire, request: HttpRequest) -> dict[str, str]:
    """Return what was chosen, by question."""
    found = {}
    for question in form.questions():
        said = [one.replace("\x00", "").strip() for one in request.POST.getlist(f"q-{question.code}")]
        found[question.code] = survey_online.SEVERAL.join(dict.fromkeys(filter(None, said)))
    return found


@everybody
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """List what was published, the latest first."""
    found = Dossier.objects.filter(step="published").select_related("office")
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:80]
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(office__name__icontains=word))
    shown = Paginator(found.order_by("-year", "-changed", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    return page(request, "public.html", shown=shown, words=words, kept=kept.urlencode())


def _published(number: int) -> Dossier:
    found: Dossier | None = Dossier.objects.filter(pk=number, step="published").select_related("office").first()
    if found is None:
        raise Unseen
    return found


@everybody
@require_GET
def result(request: HttpRequest, number: int) -> HttpResponse:
    """Show a published result: scores and money, nothing that was written about them."""
    dossier = _published(number)
    of = of_revision(revision(dossier, dossier.head)).of
    since = dossier.moves.filter(action="publish").order_by("-pk").values_list("at", flat=True).first()
    return page(
        request, "public_result.html", dossier=dossier, rows=publication.lines(of), money=publication.money(of),
        since=since, names=list(publication.published(of, dossier.title, dossier.office.name)),
    )  # fmt: skip


@everybody
@require_GET
def data(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Return one of the files of a published result."""
    dossier = _published(number)
    raw = publication.published(
        of_revision(revision(dossier, dossier.head)).of, dossier.title, dossier.office.name
    ).get(name)
    if raw is None:
        raise Unseen
    return file(raw, name, _KINDS[name.rpartition(".")[2]])
