"""网上问卷: a questionnaire at an address of its own, and what was answered there by nobody in particular."""

from __future__ import annotations

from django.db import models


class Survey(models.Model):
    """A questionnaire in one version: its file, its address, until when it is open, how many were handed out."""

    dossier = models.ForeignKey("web.Dossier", models.CASCADE, related_name="surveys")
    key = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    content = models.BinaryField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    until = models.DateField(null=True)
    closed = models.DateTimeField(null=True)
    issued = models.PositiveIntegerField(null=True)
    only_links = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=0)


class Answer(models.Model):
    """What one respondent said, as JSON; `token` is the form's or the link's, so that nobody is counted twice."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    token = models.CharField(max_length=40)
    at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    said = models.TextField()

    class Meta:
        """A form, or a link, is answered once."""

        constraints = [models.UniqueConstraint(fields=["survey", "token"], name="answer_once")]
