"""后台任务: long work waiting in the database, its progress and what came of it."""

from __future__ import annotations

from django.db import models

STATES = ("waiting", "running", "done", "failed", "cancelled")


class Job(models.Model):
    """A piece of long work. `args` and `result` are JSON; `message` is the JSON of a Message for people.

    A running job's `beat` is renewed; one whose worker fell silent is taken up again.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    args = models.TextField(default="{}")
    account = models.ForeignKey("web.Account", models.CASCADE, related_name="jobs")
    dossier = models.ForeignKey("web.Dossier", models.CASCADE, null=True, related_name="jobs")
    state = models.CharField(max_length=10, default="waiting", choices=[(state, state) for state in STATES])
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.TextField(default="{}")
    stop = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    beat = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        """The queue is read by state and time."""

        indexes = [models.Index(fields=["state", "at"], name="job_state_at")]

    @property
    def percent(self) -> int:
        """Return the progress in percent."""
        return 100 if self.state == "done" else 100 * self.done // self.of if self.of else 0
