"""看管: a job in a process of its own, which is ended with all that it started when the job is cancelled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings

from jixiao.web import clock, jobs
from jixiao.web.models import Job

if TYPE_CHECKING:
    from jixiao.web.models import Job as Taken

_PAUSE = 0.5


def attended(job: Taken) -> None:
    """Have a job done by another process: keep its beat, end it when it is cancelled, take it back when it dies.

    What the process leaves in temporary files lies in the job's folder and goes with it. Where this process itself is
    told to end, the job goes back into the queue.
    """
    if job.state != "running":
        return
    scratch = jobs.laid(job) / jobs.SCRATCH
    scratch.mkdir(mode=0o700, exist_ok=True)
    env = {**os.environ, "JIXIAO_DATA": str(settings.DATA), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "jixiao.web.worker", str(job.pk), str(os.getpid())]
    child = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        _wait(child, job)
    except (SystemExit, KeyboardInterrupt):
        _end(child)
        Job.objects.filter(pk=job.pk, state="running").update(state="waiting", tries=max(0, job.tries - 1))
        raise
    finally:
        _end(child)
    jobs.left_alone(job)


def _wait(child: subprocess.Popen[bytes], job: Taken) -> None:
    while True:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_PAUSE)
            return
        Job.objects.filter(pk=job.pk).update(beat=clock.now())
        if Job.objects.filter(pk=job.pk, stop=True).exists():
            return


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a process and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
