"""Other stores that statements are sent to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Destination(models.Model):
    """Another record store that statements are forwarded to, in the order of the store.

    States: active, paused (`pause_reason` is set). `cursor_stored` and `cursor_sequence` are the place up to which
    every statement that matches was acknowledged or is a dead letter; both None is the beginning. `rewinds` counts how
    often it was set back, so that a runner notices whose batch is older than that. `secret` is sealed.
    `agent` and `authority` are the three parts of an `AgentKey`. Counters only grow.
    """

    name = models.CharField(max_length=200, unique=True)
    endpoint = models.CharField(max_length=500)
    version = models.CharField(max_length=8)
    key = models.CharField(max_length=200)
    secret = models.BinaryField()
    agent = ArrayField(models.TextField(), null=True, blank=True, size=3)
    verb = models.TextField(blank=True, default="")
    activity = models.TextField(blank=True, default="")
    related_agents = models.BooleanField(default=False)
    related_activities = models.BooleanField(default=False)
    authority = ArrayField(models.TextField(), null=True, blank=True, size=3)
    since = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=24, blank=True, default="")
    cursor_stored = models.DateTimeField(null=True, blank=True)
    cursor_sequence = models.BigIntegerField(null=True, blank=True)
    rewinds = models.IntegerField(default=0)
    delivered = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)
    consecutive_failures = models.IntegerField(default=0)
    refused_in_a_row = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DeadLetter(models.Model):
    """A statement that a destination refused for what it is.

    States: waiting, to be sent again (`is_replaying`); delivering or discarding it removes the row. `status` is that
    of the last answer, None where none was asked for. The statement itself stays in the store alone.
    """

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="dead_letters")
    statement_id = models.UUIDField()
    status = models.IntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    first_refused_at = models.DateTimeField()
    last_refused_at = models.DateTimeField()
    attempts = models.IntegerField(default=1)
    is_replaying = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("destination", "statement_id"), name="records_deadletter_once"),)
        indexes = (
            models.Index("destination", condition=models.Q(is_replaying=True), name="records_deadletter_replaying"),
            models.Index("statement_id", name="records_deadletter_statement"),
        )

    def __str__(self) -> str:
        return str(self.statement_id)


class DeliveryCount(models.Model):
    """What became of forwarding to a destination in an hour: statements delivered and refused, attempts that failed."""

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    delivered = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("destination", "since"), name="records_deliverycount_once"),)

    def __str__(self) -> str:
        return f"{self.destination_id} {self.since}"
