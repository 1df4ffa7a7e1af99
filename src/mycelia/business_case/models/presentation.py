"""The act of presenting a case, with the figures as they were."""

from __future__ import annotations

from typing import Any

from django.db import models

from mycelia.business_case.models.restored import RestoredRecord


class Presentation(RestoredRecord):
    """One presentation of a case, of the version that holds its figures.

    Once made it never changes: a trigger refuses to update these columns. `case_name`, `scope_unit` and `unit_text` are
    those of the case as it was presented, and mean what they mean there; one from a file has no unit, only the text.
    """

    case = models.ForeignKey("business_case.Case", models.PROTECT, related_name="presentations")
    number = models.PositiveIntegerField()
    version = models.OneToOneField("business_case.Version", models.PROTECT, related_name="presentation")
    presented_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    presented_by_name = models.CharField(max_length=200)
    presented_at = models.DateTimeField()
    case_name = models.CharField(max_length=200)
    scope_unit = models.ForeignKey("people.OrganisationUnit", models.PROTECT, null=True, related_name="+")
    unit_text = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="business_case_presentation_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

    @property
    def snapshot(self) -> dict[str, Any]:
        """Return the sheet as it was presented, in JSON."""
        snapshot: dict[str, Any] = self.version.snapshot
        return snapshot

    @property
    def digest(self) -> str:
        """Return the fingerprint of what was presented."""
        return self.version.digest
