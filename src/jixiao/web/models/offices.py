"""单位: the tree of offices; an office sees itself and everything below it."""

from __future__ import annotations

from typing import Any

from django.db import models

KINDS = ("bureau", "finance", "centre", "agency", "other")
LEVELS = ("nation", "province", "prefecture", "county")
STEP = 7  # signs that one level of the tree takes in a path


class Office(models.Model):
    """An office: its name, what it is, the region it serves, the office above it.

    `path` names the offices above and itself by their numbers, six digits and a slash each, so that what lies below an
    office is what begins with its path. `finance` is the finance office that reviews its evaluations. `code` is the
    six-digit code of the region whose case lists are this office's to work through.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    level = models.CharField(max_length=10, choices=[(level, level) for level in LEVELS])
    region = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=6, blank=True, db_index=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")
    path = models.CharField(max_length=140, db_index=True)
    finance = models.ForeignKey("self", models.PROTECT, null=True, related_name="reviews")
    active = models.BooleanField(default=True)

    class Meta:
        """An office's name is unique below the one above it."""

        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="office_once_below_another")]

    def __str__(self) -> str:
        """Return its name."""
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and give a new office its path."""
        super().save(*args, **kwargs)
        above = self.parent.path if self.parent is not None else ""
        path = f"{above}{self.pk:06d}/"
        if self.path != path:
            type(self).objects.filter(pk=self.pk).update(path=path)
            self.path = path
