"""Simulations that were asked for, and what they gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

STATES = ("waiting", "running", "done", "failed")


class SimulationRun(models.Model):
    """One simulation of one option of a case.

    States: `waiting` (queued), `running` (`progress` from 0 to 1), `done` (`result` is set), `failed` (`failure` says
    why). A result belongs to the model whose SHA-256 is `model_digest`; when the case has another one now, the
    result is stale and shown as such. A run that began and was not heard of for a while, since `told_at`, has lost its
    worker.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="simulations")
    option = models.CharField(max_length=64)
    draws = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    model_digest = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=16, default="waiting")
    progress = models.FloatField(default=0)
    result = models.JSONField(null=True)
    failure = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["case", "option", "-id"], name="business_case_simulation_of")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="business_case_simulation_state"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(result__isnull=False), name="business_case_simulation_has_its_result"
            ),
            models.UniqueConstraint(
                fields=["case", "option", "draws", "seed", "model_digest"],
                condition=Q(state="done"),
                name="business_case_simulation_kept_once",
            ),
            models.UniqueConstraint(
                fields=["case", "option", "draws", "seed"],
                condition=Q(state="waiting"),
                name="business_case_simulation_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.option}: {self.state}"
