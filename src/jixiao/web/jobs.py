"""后台任务: a queue in the database; a worker takes one at a time, tells how far it is, and can be stopped.

Every file under `work/` is a kind of job of its name, with one function `run(job, progress)`; nothing registers it.
One that is `LARGE` takes minutes and gigabytes.
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
from jixiao.web.models import CaseList, Job
from jixiao.web.permissions import demand, of_account, of_token, sees_office, why_not_compare
from jixiao.web.refusals import BadForm, Unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from jixiao.web.models import Account, Dossier, Office
    from jixiao.web.permissions import Viewer
    from jixiao.web.refusals import Refused

SILENT = timedelta(seconds=60)
MOST_TRIES = 3
MOST_WAITING = 5
SCRATCH = "scratch"
ENDED = ("done", "failed", "cancelled")
_ROUND = 3600
_log = logging.getLogger("jixiao.web.jobs")


class Stopped(Exception):
    """A job that its owner has cancelled."""


class Progress:
    """How a job tells how far it is; it is stopped there as well."""

    def __init__(self, number: int) -> None:
        """Tell for the job of that number, at most twice a second."""
        self._number, self._told = number, 0.0

    def __call__(self, done: int, of: int, stage: str = "") -> None:
        """Say that `done` of `of` parts are done, or a stage begins; raises `Stopped` for a job that was cancelled."""
        if time.monotonic() - self._told < 0.5 and done < of and not stage:
            return
        self._told = time.monotonic()
        Job.objects.filter(pk=self._number).update(done=done, of=of, stage=stage, beat=clock.now())
        if Job.objects.filter(pk=self._number, stop=True).exists():
            raise Stopped

    def stages(self, of: int) -> Callable[[str], None]:
        """Return what an operation tells its stages to, of which there are `of`; one more is not counted."""
        heard = 0

        def tell(stage: str) -> None:
            nonlocal heard
            self(min(heard, of - 1), of, stage)
            heard += 1

        return tell


def kinds() -> tuple[str, ...]:
    """Return the kinds of job: the file names under `work/`."""
    return tuple(library.names("web/work", ".py"))


def folder(job: Job | int) -> Path:
    """Return where a job keeps what it was given and what it makes."""
    number = job if isinstance(job, int) else job.pk
    return Path(settings.DATA) / "jobs" / f"{number}"


def large_kinds() -> tuple[str, ...]:
    """Return the kinds that take minutes and gigabytes; they wait for one another and hold nothing else up."""
    return tuple(kind for kind in kinds() if getattr(_module(kind), "LARGE", False))


def _module(kind: str) -> Any:
    return import_module(f"jixiao.web.work.{kind}")


def laid(job: Job) -> Path:
    """Return a job's folder, made for nobody but the server to open."""
    place = folder(job)
    for path in (place.parent, place):
        path.mkdir(mode=0o700, exist_ok=True)
    return place


def viewer_of(job: Job) -> Viewer:
    """Return for whom a job works, with the roles held now."""
    return of_account(job.account) if job.account is not None else of_token(job.token)


def put(
    viewer: Viewer, account: Account | None, kind: str, *, title: str, args: dict[str, Any],
    dossier: Dossier | None = None, office: Office | None = None, prepare: Callable[[Path], None] | None = None,
) -> Job:  # fmt: skip
    """Put a job into the queue; `prepare` lays down what it needs in its folder before anybody takes it up.

    Without an account it is one that the viewer, an office's program, asks for.
    """
    assert kind in kinds(), kind
    waiting = Job.objects.filter(account=account, token=viewer.token, state__in=("waiting", "running"))
    if waiting.count() >= MOST_WAITING:
        raise BadForm("too_many_jobs", most=MOST_WAITING)
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind, title=title[:200], args=json.dumps(args, ensure_ascii=False), account=account, dossier=dossier,
            token_id=viewer.token, office=office, at=clock.now(),
        )  # fmt: skip
        audit.record(viewer, "job_asked", dossier, of_office=_office(job), job=job.pk, kind=kind, title=job.title)
        if prepare is not None:
            place = laid(job) / "in"
            place.mkdir(mode=0o700)
            prepare(place)
    return job


def own(viewer: Viewer, number: int) -> Job:
    """Return a job of the viewer's, or one of an office that the viewer works at; `Unseen` for any other."""
    found: Job | None = Job.objects.select_related("office").filter(pk=number).first()
    if found is None or not _is_own(viewer, found):
        raise Unseen
    return found


def _is_own(viewer: Viewer, job: Job) -> bool:
    if job.office is not None:
        return sees_office(viewer, job.office)
    return viewer.account is not None and job.account_id == viewer.account


@transaction.atomic
def cancel(viewer: Viewer, number: int) -> None:
    """Cancel a job: at once while it waits, within a second while it runs."""
    job = own(viewer, number)
    demand(why_not_run(viewer, job))
    found = Job.objects.select_for_update().get(pk=job.pk)
    if found.state == "waiting":
        found.state, found.ended = "cancelled", clock.now()
    elif found.state == "running":
        found.stop = True
    else:
        return
    found.save()
    audit.record(viewer, "job_cancelled", job.dossier, of_office=_office(job), job=job.pk)


@transaction.atomic
def again(viewer: Viewer, number: int) -> None:
    """Put a job that failed or was cancelled back into the queue, with what it was given."""
    job = own(viewer, number)
    demand(why_not_run(viewer, job))
    found = Job.objects.select_for_update().get(pk=job.pk)
    if found.state not in ("failed", "cancelled") or found.cleared is not None:
        raise BadForm("job_not_again")
    found.state, found.message, found.stop, found.tries, found.done, found.ended = "waiting", "", False, 0, 0, None
    found.save()
    audit.record(viewer, "job_again", job.dossier, of_office=_office(job), job=job.pk)


def why_not_run(viewer: Viewer, job: Job) -> Refused | None:
    """Return why a viewer may not start or stop a job, or None: one on an office's registers is its data officers'."""
    return why_not_compare(viewer, job.office) if job.office is not None else None


def _office(job: Job) -> int | None:
    number: int | None = job.office_id
    return number


def args(job: Job) -> dict[str, Any]:
    """Return what a job was given to work on."""
    found: dict[str, Any] = json.loads(job.args)
    return found


def result(job: Job) -> dict[str, Any]:
    """Return what a job left behind."""
    found: dict[str, Any] = json.loads(job.result)
    return found


def claim(of: Collection[str] | None = None) -> Job | None:
    """Take up the next job of some kinds, or one whose worker fell silent; None where there is nothing to do."""
    silent = Q(state="running", beat__lt=clock.now() - SILENT)
    with transaction.atomic():
        job: Job | None = (
            Job.objects.select_for_update(
                skip_locked=transaction.get_connection().features.has_select_for_update_skip_locked
            )
            .filter(Q(state="waiting") | silent, kind__in=kinds() if of is None else of)
            .order_by("at")
            .first()
        )
        if job is None:
            return None
        job.tries += 1
        job.state, job.beat = ("running", clock.now()) if job.tries <= MOST_TRIES else ("failed", job.beat)
        if job.state == "failed":
            job.ended, job.message = clock.now(), _said(Message("web.job.gave_up"))
            audit.record(viewer_of(job), "job_failed", job.dossier, of_office=_office(job), job=job.pk)
        job.save()
        return job


def run(job: Job) -> None:
    """Do a job that was taken up; what it makes appears whole or not at all."""
    if job.state != "running":
        return
    out = laid(job) / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(mode=0o700)
    state, message, left = "done", "", {}
    try:
        left = _module(job.kind).run(job, Progress(job.pk))
    except Stopped:
        state = "cancelled"
    except JixiaoError as problem:
        state, message = "failed", _said(problem.what)
    except Exception:
        _log.exception("job %s failed", job.pk)
        state, message = "failed", _said(Message("web.job.broken"))
    _finish(job, state, message, left)


@transaction.atomic
def _finish(job: Job, state: str, message: str = "", left: dict[str, Any] | None = None) -> None:
    """Leave a running job as what it has become, and nothing in its folder but what it was given and has made."""
    if not Job.objects.select_for_update().filter(pk=job.pk, state="running").exists():
        return
    kept = ("in", "out") if state == "done" else ("in",)
    for path in folder(job).iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    if state != "done":
        CaseList.objects.filter(job=job).delete()
    Job.objects.filter(pk=job.pk).update(
        state=state, message=message, result=json.dumps(left or {}, ensure_ascii=False), stage="", ended=clock.now()
    )
    audit.record(viewer_of(job), f"job_{state}", job.dossier, of_office=_office(job), job=job.pk)


def left_alone(job: Job) -> None:
    """Say what becomes of a running job whose process is gone: cancelled if it was to stop, else into the queue again.

    One that was taken up often enough is given up when it is claimed.
    """
    found = Job.objects.get(pk=job.pk)
    if found.state == "running" and found.stop:
        _finish(found, "cancelled")
    elif found.state == "running":
        Job.objects.filter(pk=job.pk).update(state="waiting")
    shutil.rmtree(folder(job) / SCRATCH, ignore_errors=True)


def clear() -> int:
    """Remove the files of the jobs that ended more than `settings.KEEP_DAYS` ago; return of how many."""
    before = clock.now() - timedelta(days=settings.KEEP_DAYS)
    old = list(Job.objects.filter(state__in=ENDED, ended__lt=before, cleared__isnull=True))
    for job in old:
        emptied(job)
    return len(old)


@transaction.atomic
def emptied(job: Job, by: Viewer | None = None) -> None:
    """Remove what a job was given and has made, in time or when somebody asks for it; that it was done stays."""
    if by is not None:
        audit.record(by, "job_cleared", job.dossier, of_office=_office(job), job=job.pk)
    CaseList.objects.filter(job=job).delete()
    Job.objects.filter(pk=job.pk).update(cleared=clock.now())
    shutil.rmtree(folder(job), ignore_errors=True)


def work(
    *, pause: float = 1.0, once: bool = False, of: Collection[str] | None = None,
    do: Callable[[Job], None] | None = None, sweep: Callable[[], object] = clear,
) -> None:  # fmt: skip
    """Do jobs of some kinds until the process is ended, or with `once` until none is left; `do` does one.

    Every hour `sweep` removes what has been kept long enough.
    """
    swept: float = -_ROUND
    while True:
        close_old_connections()
        if time.monotonic() - swept >= _ROUND:
            swept = time.monotonic()
            sweep()
        job = claim(of)
        if job is not None:
            (do or run)(job)
        elif once:
            return
        else:
            time.sleep(pause)


def message_of(job: Job) -> Message | None:
    """Return what went wrong with a job."""
    return _read(json.loads(job.message)) if job.message else None


def _said(message: Message) -> str:
    return json.dumps(_plain(message), ensure_ascii=False)


def _plain(value: object) -> Any:
    """Return a message, or what is in one, as JSON keeps it: it is told in the language of whoever reads it."""
    if isinstance(value, Message):
        return {"id": value.id, "args": {name: _plain(one) for name, one in value.args.items()}}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        return Message(value["id"], {name: _read(one) for name, one in value["args"].items()})
    return [_read(one) for one in value] if isinstance(value, list) else value
