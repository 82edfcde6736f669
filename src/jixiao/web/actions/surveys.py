"""问卷的动作: put a questionnaire up, hand out links, take an answer in, close it, analyse what was answered."""

from __future__ import annotations

import hmac
import json
import secrets
import tempfile
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F

from jixiao.operations import survey_online
from jixiao.operations.survey_typed import typed
from jixiao.web import audit, clock, permissions
from jixiao.web.actions import evidence
from jixiao.web.models import Answer, Survey
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from jixiao.findings import Finding
    from jixiao.surveys.questionnaire import Questionnaire
    from jixiao.web.models import Dossier
    from jixiao.web.permissions import Viewer

MOST_LINKS, MOST_ANSWERS, LONGEST_TYPED = 5000, 1_000_000, 20_000
_ENDINGS = (".yaml", ".yml", ".xlsx")
_SALT, _LONGEST_TIME = "jixiao.survey", 86400


def put_up(viewer: Viewer, dossier: Dossier, upload: UploadedFile | None) -> tuple[Survey | None, tuple[Finding, ...]]:
    """Put a questionnaire up under an address of its own, unless something in it is wrong; return what was found."""
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    name = evidence.safe_name(upload.name or "") if upload is not None else ""
    if upload is None or not name.endswith(_ENDINGS):
        raise BadForm("survey_file")
    if upload.size is None or upload.size > settings.LARGEST_EVIDENCE:
        raise BadForm("file_large", name=name, largest=settings.LARGEST_EVIDENCE >> 20)
    return _put_up(viewer, dossier, name, upload.read())


def put_up_typed(viewer: Viewer, dossier: Dossier, title: str, text: str) -> tuple[Survey | None, tuple[Finding, ...]]:
    """Put a questionnaire up that was typed as plain text."""
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    if not title.strip() or not text.strip() or len(text) > LONGEST_TYPED:
        raise BadForm("survey_typed", longest=LONGEST_TYPED)
    form = typed(title[:100].replace("\x00", ""), text.replace("\x00", ""))
    return _put_up(viewer, dossier, "typed.yaml", survey_online.written(form))


def _put_up(viewer: Viewer, dossier: Dossier, name: str, raw: bytes) -> tuple[Survey | None, tuple[Finding, ...]]:
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        outcome = survey_online.taken(path)
    if outcome.exit_code():
        return None, outcome.findings
    form = outcome.value
    with transaction.atomic():
        made = Survey.objects.create(
            dossier=dossier, key=secrets.token_urlsafe(12), title=form.title[:200], version=form.version[:20],
            content=survey_online.written(form), by=viewer.name[:120], at=clock.now(),
        )  # fmt: skip
        audit.record(viewer, "survey_put_up", dossier, survey=made.pk, title=made.title)
    return made, outcome.findings


@transaction.atomic
def arrange(
    viewer: Viewer, dossier: Dossier, number: int, *, until: date | None, issued: int | None, only_links: bool,
    closed: bool,
) -> None:  # fmt: skip
    """Say until when a questionnaire is open, how many were handed out, and whether an own link is needed."""
    permissions.demand(permissions.why_not_fill(viewer, dossier))
    survey = of_dossier(dossier, number)
    survey.until, survey.issued, survey.only_links = until, issued, only_links
    survey.closed = (survey.closed or clock.now()) if closed else None
    survey.save()
    audit.record(viewer, "survey_arranged", dossier, survey=survey.pk, until=until, issued=issued, closed=closed)


def of_dossier(dossier: Dossier, number: int) -> Survey:
    """Return a questionnaire of a dossier; `Unseen` for another."""
    found: Survey | None = dossier.surveys.filter(pk=number).first()
    if found is None:
        raise Unseen
    return found


def of_key(key: str) -> Survey:
    """Return the questionnaire at an address; `Unseen` where there is none."""
    found: Survey | None = Survey.objects.filter(key=key).first()
    if found is None:
        raise Unseen
    return found


def is_open(survey: Survey) -> bool:
    """Return whether a questionnaire can still be answered."""
    return survey.closed is None and (survey.until is None or survey.until >= clock.today())


def form_of(survey: Survey) -> Questionnaire:
    """Return the questionnaire itself."""
    return _form(bytes(survey.content))


@lru_cache(maxsize=64)
def _form(content: bytes) -> Questionnaire:
    return survey_online.questionnaire(content)


def links(survey: Survey, count: int) -> list[str]:
    """Return the tokens of links that are good for one answer each; they are computed, not kept."""
    return [_token(survey, number) for number in range(1, min(count, MOST_LINKS) + 1)]


def _token(survey: Survey, number: int) -> str:
    said = hmac.new(settings.SECRET_KEY.encode(), f"{_SALT}/{survey.key}/{number}".encode(), sha256).hexdigest()
    return f"{number}-{said[:16]}"


def is_link(survey: Survey, token: str) -> bool:
    """Return whether a token belongs to a link of a questionnaire."""
    number, _, _ = token.partition("-")
    if not (number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= MOST_LINKS):
        return False
    return hmac.compare_digest(_token(survey, int(number[:6])).encode(), token.encode())


def begun(survey: Survey) -> str:
    """Return the pass that a form carries: when it was opened, and a number of its own."""
    return signing.dumps([secrets.token_urlsafe(9), int(clock.now().timestamp())], salt=f"{_SALT}/{survey.key}")


@transaction.atomic
def answer(survey: Survey, passed: str, token: str, given: Mapping[str, str]) -> bool:
    """Keep an answer and return True; the same form or link sent again changes nothing and returns False."""
    try:
        own, start = signing.loads(passed, salt=f"{_SALT}/{survey.key}", max_age=_LONGEST_TIME)
    except signing.BadSignature:
        raise BadForm("survey_old") from None
    if token and not is_link(survey, token):
        raise Unseen
    if survey.only_links and not token:
        raise BadForm("survey_link")
    if not is_open(survey) or survey.count >= MOST_ANSWERS:
        raise BadForm("survey_closed")
    try:
        with transaction.atomic():
            Answer.objects.create(
                survey=survey, token=token or own, at=clock.now(), seconds=max(0, int(clock.now().timestamp()) - start),
                said=json.dumps(given, ensure_ascii=False),
            )  # fmt: skip
    except IntegrityError:
        return False
    Survey.objects.filter(pk=survey.pk).update(count=F("count") + 1)
    return True


def answer_file(survey: Survey) -> bytes:
    """Return what was answered as the CSV file of the command line."""
    every = survey.answers.order_by("pk").values_list("token", "seconds", "said")
    return survey_online.answer_file(
        form_of(survey), ((token, seconds, json.loads(said)) for token, seconds, said in every.iterator(2000))
    )
