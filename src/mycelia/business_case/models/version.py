"""A case frozen as it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.restored import RestoredRecord


class Version(RestoredRecord):
    """A frozen version of a case; beside the draft, which is the case itself.

    `snapshot` is the `CaseSheet` as it was, in JSON, with everything that was entered; `digest` is the SHA-256 of its
    canonical form. Once made it never changes: a trigger refuses to update or delete it.
    """

    case = models.ForeignKey("business_case.Case", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="business_case_version_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="business_case_version_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}: {self.title}"
