"""看管: a job's process is kept alive, told to stop, taken up again after a restart; nothing of it is left behind.

A file of 200 GB without a byte on the disk keeps a comparison at its first stage for minutes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

import jixiao
from jixiao.web import attending, clock, jobs
from jixiao.web.actions import data
from jixiao.web.models import Account, Entry, Job

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked at under /proc")


@pytest.fixture
def endless(site, office, who, monkeypatch, tmp_path):
    """Return a comparison that goes on for minutes, and the file that makes it do so."""
    county = office("某县医疗")
    folder = tmp_path / "laid" / f"{county.pk}" / "big"
    jixiao.enrolment_sample(300, 1, folder, kind="csv")
    big = folder / "own" / "part-99.csv"
    big.touch()
    os.truncate(big, 200 * 2**30)
    monkeypatch.setattr(settings, "REGISTERS", folder.parent.parent)
    monkeypatch.setenv("JIXIAO_REGISTERS", str(folder.parent.parent))
    monkeypatch.setenv("JIXIAO_DATA", str(site.data))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    job = data.start(who("filler"), Account.objects.get(name="filler"), county, "big", "registers", lang="zh")
    return job, big


def children(of):
    """Return the processes that were started for a job."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if path.read_bytes().split(b"\0")[1:4] == [b"-m", b"jixiao.web.worker", str(of.pk).encode()]:
                found.append(int(path.parent.name))
    return found


def until(said, seconds=30):
    for _ in range(seconds * 10):
        if said():
            return True
        time.sleep(0.1)
    return False


def state(of):
    connection.close()
    return Job.objects.get(pk=of.pk).state


def stage(of):
    connection.close()
    return Job.objects.get(pk=of.pk).stage


@pytest.fixture
def worker(endless):
    """Return a function that starts a worker; all of them are ended with the test."""
    started = []

    def start(*asked):
        started.append(subprocess.Popen([sys.executable, "-m", "jixiao.web.worker", *asked], env=dict(os.environ)))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


def test_cancelling_ends_the_process_and_leaves_nothing(endless, worker, who):
    job, _ = endless
    worker("large")
    assert until(lambda: stage(job) == "digests") and len(children(job)) == 1

    jobs.cancel(who("filler"), job.pk)

    assert until(lambda: state(job) == "cancelled", 5)
    assert children(job) == []
    assert list(jobs.folder(job).iterdir()) == []
    told = list(Entry.objects.filter(what__startswith="job_").order_by("number").values_list("what", flat=True))
    assert told == ["job_asked", "job_cancelled", "job_cancelled"]


def test_worker_that_is_told_to_end_gives_the_job_back_and_another_does_it(endless, worker):
    job, big = endless
    first = worker()
    assert until(lambda: stage(job) == "digests")

    first.send_signal(signal.SIGTERM)
    first.wait(10)
    assert (state(job), children(job), Job.objects.get(pk=job.pk).tries) == ("waiting", [], 0)
    big.unlink()
    worker()

    assert until(lambda: state(job) == "done"), Job.objects.get(pk=job.pk).message


def test_process_that_dies_is_started_again_and_given_up_after_three(endless, worker):
    job, _ = endless
    worker()
    for turn in range(jobs.MOST_TRIES):
        assert until(lambda: stage(job) == "digests" and children(job)), turn
        Job.objects.filter(pk=job.pk).update(stage="")
        os.kill(children(job)[0], signal.SIGKILL)

    assert until(lambda: state(job) == "failed")
    assert jobs.message_of(Job.objects.get(pk=job.pk)).text("zh") == "三次中断，已放弃"
    assert Entry.objects.filter(what="job_failed").count() == 1


def test_process_does_not_outlive_a_worker_that_is_killed(endless, worker):
    job, _ = endless
    first = worker()
    assert until(lambda: len(children(job)) == 1 and stage(job) == "digests")

    first.kill()

    assert until(lambda: children(job) == [], 10)


def test_process_whose_worker_is_gone_before_it_begins_does_nothing(endless):
    job, _ = endless
    jobs.claim()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    orphan = subprocess.Popen([sys.executable, "-m", "jixiao.web.worker", str(job.pk), str(gone.pid)])

    assert orphan.wait(20) == 0
    assert state(job) == "running"


def test_beat_is_kept_while_a_stage_takes_long(endless, worker):
    job, _ = endless
    worker()
    assert until(lambda: stage(job) == "digests")
    first = Job.objects.get(pk=job.pk).beat

    assert until(lambda: state(job) == "running" and Job.objects.get(pk=job.pk).beat > first, 5)


def test_small_jobs_do_not_wait_for_large_ones(endless, worker, who):
    job, _ = endless
    review = jobs.put(who("filler"), Account.objects.get(name="filler"), "verify", title="核验", args={})
    worker("large")
    worker("small")

    assert until(lambda: state(review) == "done") and until(lambda: state(job) == "running")


def test_worker_clears_old_jobs_and_uploads_when_it_starts(endless, worker, who, monkeypatch):
    job, big = endless
    big.unlink()
    jobs.run(jobs.claim())
    Job.objects.update(ended=clock.now() - timedelta(days=31))
    upload = settings.DATA / "registers" / f"{job.office_id}" / "old"
    upload.mkdir(parents=True)
    os.utime(upload, (0, 0))
    worker()

    assert until(lambda: not jobs.folder(job).exists() and not upload.exists())
    assert upload.parent.exists()


def test_job_that_is_done_in_a_process_of_its_own_is_as_one_done_here(endless):
    job, big = endless
    big.unlink()

    attending.attended(jobs.claim())

    job.refresh_from_db()
    assert (job.state, jobs.result(job)["files"][0]) == ("done", "enrolment.json")
    assert sorted(path.name for path in jobs.folder(job).iterdir()) == ["out"]
