"""评价项目: an evaluation as a chain of revisions, its drafts, who it was given to, and the steps it went."""

from __future__ import annotations

from django.db import models

from jixiao.web.steps import FIRST, OPEN, STEPS


class Dossier(models.Model):
    """One evaluation of an office, with what lists show of its latest revision.

    `evaluator` is the office that fills a third-party evaluation. `last` is last year's. `head` is the number of the
    latest revision; `total`, `grade`, `due`, `filled`, `errors` and `warnings` are computed from it when it is saved.
    """

    office = models.ForeignKey("web.Office", models.PROTECT, related_name="dossiers")
    evaluator = models.ForeignKey("web.Office", models.PROTECT, null=True, related_name="evaluates")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12, default=FIRST, choices=[(step, step) for step in STEPS])
    deadline = models.DateField(null=True)
    last = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    head = models.PositiveIntegerField(default=0)
    total = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=8, blank=True)
    due = models.PositiveSmallIntegerField(default=0)
    filled = models.PositiveSmallIntegerField(default=0)
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)
    changed = models.DateTimeField()

    class Meta:
        """Lists go by office, step and time."""

        indexes = [
            models.Index(fields=["office", "step"], name="dossier_office_step"),
            models.Index(fields=["-changed", "-id"], name="dossier_changed"),
            models.Index(fields=["step", "deadline"], name="dossier_step_deadline"),
        ]

    def __str__(self) -> str:
        """Return its title."""
        return str(self.title)

    @property
    def percent(self) -> int:
        """Return how much of what is due is filled in, in percent, rounded down."""
        return 100 * self.filled // self.due if self.due else 0

    @property
    def is_open(self) -> bool:
        """Return whether somebody still has to do something before the deadline."""
        return self.step in OPEN

    @property
    def total_percent(self) -> int:
        """Return the total in whole points, for a bar."""
        return min(100, int(self.total.partition(".")[0] or 0))


class Revision(models.Model):
    """A saved version: never changed, never deleted; its hash covers the one before."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    author = models.ForeignKey("web.Account", models.PROTECT, null=True, related_name="revisions")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Numbers count up within a dossier."""

        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="revision_number_once")]


class Draft(models.Model):
    """What one person has typed and not yet saved, on top of revision `base`."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="drafts")
    account = models.ForeignKey("web.Account", models.CASCADE)
    base = models.PositiveIntegerField()
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """One draft per person."""

        constraints = [models.UniqueConstraint(fields=["dossier", "account"], name="draft_once")]


class Gift(models.Model):
    """A dossier given to another office to look at, or to review."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="gifts")
    office = models.ForeignKey("web.Office", models.CASCADE, related_name="gifts")
    purpose = models.CharField(max_length=10)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        """Given once to one office."""

        constraints = [models.UniqueConstraint(fields=["dossier", "office"], name="gift_once")]


class Move(models.Model):
    """A step that was taken: by whom, in which role, from where to where, with what remark."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="moves")
    action = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    account = models.ForeignKey("web.Account", models.PROTECT, null=True)
    by = models.CharField(max_length=120)
    role = models.CharField(max_length=12)
    at = models.DateTimeField()
    remark = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField()
