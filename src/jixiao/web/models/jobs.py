"""后台任务: long work waiting in the database, its progress, what came of it, and the case lists that it left."""

from __future__ import annotations

from django.db import models

STATES = ("waiting", "running", "done", "failed", "cancelled")


class Job(models.Model):
    """A piece of long work. `args` and `result` are JSON; `message` is the JSON of a Message for people.

    It was asked for by a person or by an office's program (`token`). One on an office's registers names that `office`,
    and belongs to it. `stage` is the step it has come to. A running job's `beat` is renewed; one whose worker fell
    silent is taken up again. `cleared`: its files are gone.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    args = models.TextField(default="{}")
    account = models.ForeignKey("web.Account", models.CASCADE, null=True, related_name="jobs")
    token = models.ForeignKey("web.Token", models.CASCADE, null=True, related_name="jobs")
    office = models.ForeignKey("web.Office", models.CASCADE, null=True, related_name="jobs")
    dossier = models.ForeignKey("web.Dossier", models.CASCADE, null=True, related_name="jobs")
    state = models.CharField(max_length=10, default="waiting", choices=[(state, state) for state in STATES])
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=20, blank=True)
    message = models.TextField(blank=True)
    result = models.TextField(default="{}")
    stop = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    beat = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    cleared = models.DateTimeField(null=True)

    class Meta:
        """The queue is read by state and time."""

        indexes = [models.Index(fields=["state", "at"], name="job_state_at")]

    @property
    def percent(self) -> int:
        """Return the progress in percent."""
        return 100 if self.state == "done" else 100 * self.done // self.of if self.of else 0


class CaseList(models.Model):
    """A list of persons that a job left for one office: under which code, how many lines, its sealed password.

    The password is shown once; `shown` and `by` say when and to whom, and then it is gone from here.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="lists")
    office = models.ForeignKey("web.Office", models.CASCADE, related_name="lists")
    code = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    password = models.TextField(blank=True)
    shown = models.DateTimeField(null=True)
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        """One list per code."""

        constraints = [models.UniqueConstraint(fields=["job", "code"], name="case_list_once")]
