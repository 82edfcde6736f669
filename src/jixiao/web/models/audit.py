"""审计: who did, saw and downloaded what; a chain that can only grow."""

from __future__ import annotations

from django.db import models


class Link(models.Model):
    """The end of the chain: locked while an entry is added, so that entries follow one another."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Entry(models.Model):
    """One entry: number, time, who, at which office, what, about which dossier, with which details (JSON)."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    account = models.BigIntegerField(null=True, db_index=True)
    who = models.CharField(max_length=120)
    office = models.BigIntegerField(null=True, db_index=True)
    what = models.CharField(max_length=40)
    dossier = models.BigIntegerField(null=True, db_index=True)
    details = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
