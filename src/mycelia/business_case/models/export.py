"""Documents of a case that take a while to make, kept as they were made last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

STATES = ("waiting", "running", "done", "failed")


class Export(models.Model):
    """One document of a case: the newest that was made, and the work on the next.

    States: `waiting` (queued), `running` (`progress` from 0 to 1, `told_at` its last sign of life), `done`, `failed`
    (`failure` says why). `content` is the file that was made last and stays while, or although, a newer one is made;
    None before the first. A case has one row for each name of a file, so what is kept is bounded.

    `digest` is the SHA-256 of everything `content` was made from, `next_digest` that of what the work under way began
    with. `presentation_number` is the presentation that `content` shows; null for a draft.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="exports")
    file_name = models.CharField(max_length=40)
    state = models.CharField(max_length=16, default="waiting")
    progress = models.FloatField(default=0)
    failure = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField()
    next_digest = models.CharField(max_length=64, blank=True, default="")
    content = models.BinaryField(null=True)
    content_bytes = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")
    presentation_number = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["case", "file_name"]
        constraints = [
            models.UniqueConstraint(fields=["case", "file_name"], name="business_case_export_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="business_case_export_state"),
            models.CheckConstraint(
                condition=Q(content__isnull=True, made_at__isnull=True, digest="")
                | (Q(content__isnull=False, made_at__isnull=False) & ~Q(digest="")),
                name="business_case_export_content_says_what_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(content__isnull=False), name="business_case_export_done_has_its_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.file_name}: {self.state}"
