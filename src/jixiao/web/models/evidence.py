"""佐证文件: files outside the chain, known by their SHA-256; the record stays when a file is erased."""

from __future__ import annotations

from django.db import models


class File(models.Model):
    """A file of a dossier: its name, size, kind by content; `erased` says when its bytes were removed."""

    dossier = models.ForeignKey("web.Dossier", models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    erased = models.DateTimeField(null=True)

    class Meta:
        """The same bytes are kept once for a dossier."""

        constraints = [models.UniqueConstraint(fields=["dossier", "sha256"], name="file_once")]
