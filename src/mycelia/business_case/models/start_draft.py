"""What somebody has typed into a guided start and not begun a case from yet."""

from __future__ import annotations

from django.db import models


class StartDraft(models.Model):
    """The answers of one person to the questions of one template, as typed; gone once a case is begun from them."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    template = models.CharField(max_length=64)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "template"], name="business_case_start_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template} of {self.person_id}"
