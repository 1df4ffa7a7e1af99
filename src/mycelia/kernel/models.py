"""Tables of the kernel: the outbox of events that were committed and are still to be handled."""

from __future__ import annotations

from django.db import models


class OutboxEvent(models.Model):
    """An event committed with the change it tells of.

    States: waiting (row exists), handled (row deleted). `failures` counts attempts that raised; the row stays
    until every handler has succeeded, so an event outlives the death of any process.
    """

    name = models.CharField(max_length=120)
    payload = models.JSONField()
    published_at = models.DateTimeField(db_index=True)
    retry_at = models.DateTimeField(db_index=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"{self.name} ({self.published_at:%Y-%m-%d %H:%M:%S})"
