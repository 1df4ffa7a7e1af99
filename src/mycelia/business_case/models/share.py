"""Links under which a frozen version can be read without signing in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ShareLink(models.Model):
    """A link to one version.

    States: in force; expired (`expires_at` has passed); revoked (`revoked_at` is set). Only the SHA-256 of its word
    is kept, so that nobody who reads the database can open it.
    """

    version = models.ForeignKey("business_case.Version", models.CASCADE, related_name="links")
    word_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="business_case_share_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} until {self.expires_at}"
