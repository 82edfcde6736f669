"""账号: people with their duties at offices, their sign-ins, and the tokens of offices' programs."""

from __future__ import annotations

from django.db import models

ROLES = ("fill", "check", "approve", "evaluate", "review", "final_review", "publish", "manage")


class Account(models.Model):
    """A person who signs in: password hash, sealed secret of the second factor, failures so far.

    `subject` is the hash of who they are at the organisation's own service, where that signs them in.
    """

    name = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=60)
    password = models.CharField(max_length=128)
    secret = models.TextField(blank=True)
    last_code = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=True)
    subject = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        """Return the person's name."""
        return str(self.full_name)


class Duty(models.Model):
    """A role that a person has at an office."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="duties")
    office = models.ForeignKey("web.Office", models.CASCADE, related_name="duties")
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])

    class Meta:
        """A duty is held once."""

        constraints = [models.UniqueConstraint(fields=["account", "office", "role"], name="duty_once")]


class SignIn(models.Model):
    """A session: only the hash of its key is kept."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sign_ins")
    started = models.DateTimeField()
    seen = models.DateTimeField()
    agent = models.CharField(max_length=120, blank=True)


class Token(models.Model):
    """A key for an office's program, with the roles that it may act in; only its hash is kept."""

    office = models.ForeignKey("web.Office", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    roles = models.CharField(max_length=120)
    by = models.ForeignKey(Account, models.PROTECT)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True)
