"""What each person changed, so that it can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

STATES = ("done", "undone", "discarded")


class Change(models.Model):
    """One act of one person on a case: one item or many at once.

    States: `done`; `undone` (can be done again); `discarded` (undone, and something else was done since).
    `entries` lists what happened to each item: kind, key, value before and after (null: it was not there), its
    revision afterwards and its place. `order` is set instead for a change of order: kind, keys before and after.
    So is `readings` for readings of a KPI: its key, those before and those after.
    The audit log keeps what happened for good; these rows are kept while they can be undone.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="changes")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    changed_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="done")
    entries = models.JSONField(default=list)
    order = models.JSONField(null=True)
    readings = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["case", "person", "state", "id"], name="business_case_change_of")]
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="business_case_change_state")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.pk}"
