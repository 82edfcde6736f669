"""后台任务: a queue in the database; a worker takes one at a time, tells how far it is, and can be stopped.

Every file under `work/` is a kind of job of its name, with one function `run(job, progress)`; nothing registers it.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q

from jixiao import library
from jixiao.errors import JixiaoError
from jixiao.findings import Message
from jixiao.web import audit, clock
from jixiao.web.models import Job
from jixiao.web.permissions import of_account
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from jixiao.web.models import Account, Dossier
    from jixiao.web.permissions import Viewer

SILENT = timedelta(seconds=60)
MOST_TRIES = 3
MOST_WAITING = 5
_log = logging.getLogger("jixiao.web.jobs")


class Stopped(Exception):
    """A job that its owner has cancelled."""


class Progress:
    """How a job tells how far it is; it is stopped there as well."""

    def __init__(self, number: int) -> None:
        """Tell for the job of that number, at most twice a second."""
        self._number, self._told = number, 0.0

    def __call__(self, done: int, of: int) -> None:
        """Say that `done` of `of` parts are done; raises `Stopped` for a job that was cancelled."""
        if time.monotonic() - self._told < 0.5 and done < of:
            return
        self._told = time.monotonic()
        Job.objects.filter(pk=self._number).update(done=done, of=of, beat=clock.now())
        if Job.objects.filter(pk=self._number, stop=True).exists():
            raise Stopped


def kinds() -> tuple[str, ...]:
    """Return the kinds of job: the file names under `work/`."""
    return tuple(library.names("web/work", ".py"))


def folder(job: Job | int) -> Path:
    """Return where a job keeps what it was given and what it makes."""
    number = job if isinstance(job, int) else job.pk
    return Path(settings.DATA) / "jobs" / f"{number}"


def put(
    viewer: Viewer, account: Account, kind: str, *, title: str, args: dict[str, Any], dossier: Dossier | None = None,
    prepare: Callable[[Path], None] | None = None,
) -> Job:  # fmt: skip
    """Put a job into the queue; `prepare` lays down what it needs in its folder before anybody takes it up."""
    assert kind in kinds(), kind
    if Job.objects.filter(account=account, state__in=("waiting", "running")).count() >= MOST_WAITING:
        raise BadForm("too_many_jobs", most=MOST_WAITING)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, title=title[:200], args=json.dumps(args, ensure_ascii=False), account=account, dossier=dossier,
            at=clock.now(),
        )  # fmt: skip
        audit.record(viewer, "job_asked", dossier, job=job.pk, kind=kind, title=job.title)
        if prepare is not None:
            place = folder(job) / "in"
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            prepare(place)
    return job


def own(viewer: Viewer, number: int) -> Job:
    """Return a job of the viewer's; `Unseen` for anybody else's."""
    found: Job | None = Job.objects.filter(pk=number, account=viewer.account).first() if viewer.account else None
    if found is None:
        raise Unseen
    return found


@transaction.atomic
def cancel(viewer: Viewer, number: int) -> None:
    """Cancel a job: at once while it waits, at its next word while it runs."""
    job = own(viewer, number)
    found = Job.objects.select_for_update().get(pk=job.pk)
    if found.state == "waiting":
        found.state, found.ended = "cancelled", clock.now()
    elif found.state == "running":
        found.stop = True
    else:
        return
    found.save()
    audit.record(viewer, "job_cancelled", None, job=job.pk)


def result(job: Job) -> dict[str, Any]:
    """Return what a job left behind."""
    found: dict[str, Any] = json.loads(job.result)
    return found


def claim() -> Job | None:
    """Take up the next job, or one whose worker fell silent; None where there is nothing to do."""
    silent = Q(state="running", beat__lt=clock.now() - SILENT)
    with transaction.atomic():
        job: Job | None = (
            Job.objects.select_for_update(
                skip_locked=transaction.get_connection().features.has_select_for_update_skip_locked
            )
            .filter(Q(state="waiting") | silent)
            .order_by("at")
            .first()
        )
        if job is None:
            return None
        job.tries += 1
        job.state, job.beat = ("running", clock.now()) if job.tries <= MOST_TRIES else ("failed", job.beat)
        if job.state == "failed":
            job.ended, job.message = clock.now(), _said(Message("web.job.gave_up"))
        job.save()
        return job


def run(job: Job) -> None:
    """Do a job that was taken up; what it makes appears whole or not at all."""
    if job.state != "running":
        return
    out = folder(job) / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    state, message, left = "done", "", {}
    try:
        left = import_module(f"jixiao.web.work.{job.kind}").run(job, Progress(job.pk))
    except Stopped:
        state = "cancelled"
    except JixiaoError as problem:
        state, message = "failed", _said(problem.what)
    except Exception:
        _log.exception("job %s failed", job.pk)
        state, message = "failed", _said(Message("web.job.broken"))
    if state != "done":
        shutil.rmtree(out, ignore_errors=True)
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(
            state=state, message=message, result=json.dumps(left, ensure_ascii=False), ended=clock.now()
        )
        audit.record(of_account(job.account), f"job_{state}", job.dossier, job=job.pk)


def work(*, pause: float = 1.0, once: bool = False) -> None:
    """Do jobs until the process is ended; with `once` only until none is left."""
    while True:
        close_old_connections()
        job = claim()
        if job is not None:
            run(job)
        elif once:
            return
        else:
            time.sleep(pause)


def message_of(job: Job) -> Message | None:
    """Return what went wrong with a job."""
    return Message(**json.loads(job.message)) if job.message else None


def _said(message: Message) -> str:
    return json.dumps({"id": message.id, "args": {name: str(value) for name, value in message.args.items()}})
