"""Imports of people files: what was sent, what it would change, what was done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("Waiting to be checked")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")


class ImportRun(models.Model):
    """One people file on its way.

    States: uploaded → checking → checked → applying → applied. Checking and applying can end in failed, from
    where the file may be checked again; whatever is not applied can be discarded. The file's content is kept until
    it is applied or discarded; its digest, the counts and the changes stay as the record of what was done.
    """

    State = ImportState

    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    file_bytes = models.PositiveBigIntegerField()
    content = models.BinaryField(null=True)
    full = models.BooleanField(default=False)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    failure = models.TextField(blank=True, default="")
    encoding = models.CharField(max_length=20, blank=True, default="")
    delimiter = models.CharField(max_length=1, blank=True, default="")
    row_count = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    reactivated = models.PositiveIntegerField(default=0)
    deactivated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    employed = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    additions = models.JSONField(default=list, blank=True)
    plan_digest = models.CharField(max_length=64, blank=True, default="")
    confirmed_deactivations = models.PositiveIntegerField(null=True)
    brake_released = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    state_since = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="people_import_state"),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "discarded"], content__isnull=True)
                | (~Q(state__in=["applied", "discarded"]) & Q(content__isnull=False)),
                name="people_import_content_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class ImportProblem(models.Model):
    """One problem of a file, as `people.types.Problem` has it."""

    run = models.ForeignKey("people.ImportRun", models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=254)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["run", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"


class ImportChange(models.Model):
    """One person's change by an import; planned until the run is applied, then what was done."""

    run = models.ForeignKey("people.ImportRun", models.CASCADE, related_name="changes")
    line = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=12)
    employee_number = models.CharField(max_length=40)
    name = models.CharField(max_length=254)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ["run", "pk"]
        indexes = [models.Index(fields=["run", "kind", "id"], name="people_change_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.employee_number}"
