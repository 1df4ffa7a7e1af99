"""What people say about the items of a case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.restored import RestoredRecord


class Comment(RestoredRecord):
    """A comment on an item, by the item's key; it stays when the item is removed.

    States: open; resolved (`resolved_at` is set), from which it can be opened again.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="comments")
    item = models.CharField(max_length=64)
    text = models.TextField(_("comment"))
    written_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    resolved_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    resolved_by_name = models.CharField(max_length=200, blank=True, default="")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["case", "item", "-written_at"], name="business_case_comment_on")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="business_case_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=False) | Q(resolved_by_name=""), name="business_case_comment_resolved"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
