"""Who may send and read, and how often they did."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Credential(models.Model):
    """A key and secret with which a system sends and reads.

    States: valid, expired (`expires_at` is past), withdrawn (`withdrawn_at` is set). The secret is 256 random bits,
    so its SHA-256 is as good as a slow hash and costs a request nothing. `origins` are the web origins that browsers
    may use it from. After a rotation the previous secret may go on until `previous_until`.
    """

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=64, unique=True)
    secret_hash = models.BinaryField()
    previous_hash = models.BinaryField(null=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=32))
    origins = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    requests_per_minute = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    rotated_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class CredentialUse(models.Model):
    """How many requests came under a credential in a minute (older ones: in an hour), by what became of them.

    `outcome` is "accepted" or the code of the refusal; without a credential are those that named none that exists.
    """

    credential = models.ForeignKey(Credential, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    outcome = models.CharField(max_length=40)
    requests = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("credential", "since", "outcome"), nulls_distinct=False, name="records_credentialuse_once"
            ),
        )
        indexes = (models.Index("since", name="records_credentialuse_since"),)

    def __str__(self) -> str:
        return f"{self.credential_id} {self.since} {self.outcome}"
