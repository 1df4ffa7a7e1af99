"""The act of presenting a case, with the figures as they were."""

from __future__ import annotations

from django.db import models


class Presentation(models.Model):
    """One presentation of a case.

    `snapshot` is the `CaseSheet` as it was, in JSON; `digest` is the SHA-256 of its canonical form. Once made it
    never changes: a trigger refuses to update these columns.
    """

    case = models.ForeignKey("business_case.Case", models.PROTECT, related_name="presentations")
    number = models.PositiveIntegerField()
    presented_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    presented_by_name = models.CharField(max_length=200)
    presented_at = models.DateTimeField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="business_case_presentation_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"
